"""What every answer carries: an id, restraint for browsers, and compression where it is safe."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from service.domain.access import SERVICE
from service.domain.organisation import Role
from service.store.session import open_transaction
from service.store.tables.operations import AuditEntryRow
from tests.api.polite_app import Polite, run_polite_app
from tests.members import Service

LONG = {"name": "m" * 5_000}
CHOSEN = "a-trace.of_MINE-1"


@pytest.fixture
def polite(service: Service) -> Iterator[Polite]:
    with run_polite_app(service) as running:
        yield running


@pytest.mark.parametrize("path", ["/healthz", "/v1/organisations/x", "/nothing", "/v1/background"])
def test_every_answer_has_an_id_and_keeps_browsers_off(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert UUID(headers["x-request-id"]).version == 7
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_caller_may_name_its_request(client: TestClient) -> None:
    answer = client.get("/nothing", headers={"X-Request-ID": CHOSEN})
    assert answer.headers["x-request-id"] == CHOSEN
    assert answer.json()["instance"] == f"/nothing#{CHOSEN}"


def test_the_audit_log_knows_the_request(service: Service) -> None:
    site = {"name": "Works", "province": "CN-SN"}
    made = service.join("Mill", Role.SUPPLIER).post(
        "/v1/sites", json=site, headers={"X-Request-ID": CHOSEN}
    )
    assert made.status_code == 201
    with open_transaction(service.wiring.members.engine, SERVICE, reading=True) as session:
        (entry,) = session.exec(select(AuditEntryRow))
    assert entry.request_id == CHOSEN


@pytest.mark.parametrize("given", ["short", "x" * 65, "two words", 'a"quote"here', "line%0abreak"])
def test_an_unfit_name_is_replaced(client: TestClient, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert UUID(answer.headers["x-request-id"]).version == 7


def test_who_did_not_sign_in_is_told_how_to(client: TestClient) -> None:
    refused = client.get(f"/v1/organisations/{UUID(int=7)}")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer realm="greenchain"'


def test_answers_to_readers_are_compressed_and_those_with_secrets_never(polite: Polite) -> None:
    polite.client.headers["Accept-Encoding"] = "gzip"
    assert "content-encoding" not in polite.post(LONG).headers
    packed = polite.client.get("/v1/sites")
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.json()["items"][0] == LONG | {"site_id": None}
