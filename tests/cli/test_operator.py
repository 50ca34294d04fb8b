"""Whoever runs the service is made on the command line."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.running import run
from tests.databases import Database
from tests.members import SECRET, Service, make_uscc, serve
from tests.people import sign_in

PASSWORD = "six words of the operator"  # noqa: S105 - of tests
EMAIL = "Chen@operator.example.com"


@pytest.fixture
def service(database: Database) -> Iterator[Service]:
    with serve(database) as running:
        yield running


def create(database: Database, *options: str, email: str = EMAIL, given: str = PASSWORD) -> Any:
    return run(
        *("operator", "create", "--email", email, "--name", "Chen", *options),
        given=f"{given}\n",
        GREENCHAIN_DATABASE_URL=database.url,
        GREENCHAIN_SECRET=SECRET,
    )


def test_an_operator_signs_in_and_registers_members(database: Database, service: Service) -> None:
    done = create(database)
    assert done.exit_code == 0, done.stderr
    assert "POST http://127.0.0.1:8000/v1/organisations" in done.stderr
    assert PASSWORD not in done.output
    signed_in = sign_in(service, EMAIL, PASSWORD).json()
    asked = {
        "name": {"zh": "示例", "en": "Example"},
        "identifier": {"scheme": "uscc", "value": make_uscc()},
        "roles": ["lead"],
        "administrator_email": "first@lead.example.com",
    }
    headers = {"Authorization": f"Bearer {signed_in['token']}"}
    made = service.client.post("/v1/organisations", json=asked, headers=headers)
    assert made.status_code == 201


def test_a_person_is_made_once_and_colleagues_share_the_organisation(
    database: Database, service: Service
) -> None:
    uscc = make_uscc()
    assert create(database, "--uscc", uscc, "--organisation", "Platform").exit_code == 0
    again = create(database, "--uscc", uscc)
    assert again.exit_code == 2
    assert "Somebody signs in with this address already." in again.stderr
    assert create(database, "--uscc", uscc, email="b@operator.example.com").exit_code == 0
    people = [sign_in(service, each, PASSWORD).json() for each in (EMAIL, "b@operator.example.com")]
    headers = [{"Authorization": f"Bearer {each['token']}"} for each in people]
    seen = [service.client.get("/v1/sessions/current", headers=each).json() for each in headers]
    assert seen[0]["organisation_id"] == seen[1]["organisation_id"]
    assert seen[0]["roles"] == ["operator"]


def test_what_cannot_be_is_refused_before_anything_is_made(
    database: Database, service: Service
) -> None:
    member = service.join("Firm").member
    weak = create(database, given="short")
    taken = create(database, "--uscc", member.identifier.value)
    wrong = create(database, "--uscc", "91610131MA6TXWP24Z")
    nowhere = create(database, email="chen")
    assert [each.exit_code for each in (weak, taken, wrong, nowhere)] == [2] * 4
    assert "12 to 256 characters" in weak.stderr
    assert "registered already" in taken.stderr
    assert "short" not in weak.output
    assert sign_in(service, EMAIL, PASSWORD).status_code == 401
