"""Machines get tokens for their secrets, and lose them."""

from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from service.domain.access import Scope
from service.domain.organisation import Role
from tests.members import Seat, Service
from tests.people import Human, hire

ASKED: dict[str, Any] = {"name": "ERP", "scopes": ["read", "chains"]}


@pytest.fixture
def firm(service: Service) -> Seat:
    return service.join("Firm", Role.LEAD)


@pytest.fixture
def wang(service: Service, firm: Seat) -> Human:
    return hire(service, firm.id, "wang@firm.example.com").sign_in()


@pytest.fixture
def made(wang: Human) -> tuple[str, str]:
    """Id and secret of a new client."""
    answer = wang.call("POST", "/v1/clients", json=ASKED)
    assert answer.status_code == 201
    return answer.json()["client"]["client_id"], answer.json()["client_secret"]


def ask(service: Service, made: tuple[str, str], **fields: str) -> Any:
    form = {"grant_type": "client_credentials"} | fields
    return service.client.post("/auth/token", data=form, auth=made)


def read_own(service: Service, firm: Seat, token: str) -> int:
    path, headers = f"/v1/organisations/{firm.id}", {"Authorization": f"Bearer {token}"}
    return int(service.client.get(path, headers=headers).status_code)


def test_a_machine_gets_a_token_and_calls_for_fifteen_minutes(
    service: Service, firm: Seat, made: tuple[str, str]
) -> None:
    answer = ask(service, made)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    told = answer.json()
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 900)
    assert told["scope"] == "chains read"
    assert read_own(service, firm, told["access_token"]) == 200
    service.clock.pass_by(timedelta(minutes=15))
    assert read_own(service, firm, told["access_token"]) == 401


def test_credentials_may_stand_in_the_form_and_the_use_is_told(
    service: Service, made: tuple[str, str], wang: Human
) -> None:
    form = {"grant_type": "client_credentials", "client_id": made[0], "client_secret": made[1]}
    assert service.client.post("/auth/token", data=form).status_code == 200
    items = wang.call("GET", "/v1/clients").json()["items"]
    (kept,) = (each for each in items if each["client_id"] == made[0])
    assert kept["last_used_at"] is not None
    assert made[1] not in str(items) + service.dump("client", "audit_entry")


def test_a_token_verifies_with_the_published_keys_and_names_nobody(
    service: Service, made: tuple[str, str]
) -> None:
    found = service.client.get("/.well-known/oauth-authorization-server").json()
    assert found == service.client.get("/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == found["issuer"] + "/auth/token"
    keys = service.client.get("/.well-known/jwks.json").json()
    assert all("d" not in key for key in keys["keys"])
    token = ask(service, made, scope="read").json()["access_token"]
    read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=["Ed25519"])
    assert (read.header["typ"], read.claims["scope"]) == ("at+jwt", "read")
    said = {"iss", "aud", "sub", "client_id", "organisation", "scope", "iat", "exp", "jti"}
    assert set(read.claims) == said


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"scope": "read submissions"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"client_secret": "another"}, "invalid_request"),
    ],
)
def test_refusals_have_the_shape_of_the_standard(
    service: Service, made: tuple[str, str], fields: dict[str, str], error: str
) -> None:
    answer = ask(service, made, **fields)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_that_is_no_form_is_refused_in_that_shape(service: Service) -> None:
    answer = service.client.post("/auth/token", json={"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_unknown_clients_and_wrong_secrets_answer_alike(
    service: Service, made: tuple[str, str], firm: Seat
) -> None:
    wrong = ask(service, (made[0], "wrong"))
    unknown = ask(service, (str(firm.id), made[1]))
    nonsense = ask(service, ("nonsense", made[1]))
    assert wrong.json() == unknown.json() == nonsense.json()
    assert wrong.json()["error"] == "invalid_client"
    assert {each.status_code for each in (wrong, unknown, nonsense)} == {401}
    assert wrong.headers["www-authenticate"].startswith("Basic")


def test_wrong_secrets_wait_and_the_right_one_never(
    service: Service, made: tuple[str, str]
) -> None:
    statuses = [ask(service, (made[0], "wrong")).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert ask(service, made).status_code == 200


def test_a_former_secret_overlaps_as_long_as_said(
    service: Service, made: tuple[str, str], wang: Human
) -> None:
    path, first = f"/v1/clients/{made[0]}/rotation", {"If-Match": '"1"'}
    rotated = wang.call("POST", path, json={"overlap_hours": 1}, headers=first)
    assert (rotated.status_code, rotated.headers["etag"]) == (201, '"2"')
    assert wang.call("POST", path, json={}, headers=first).status_code == 412
    new = made[0], rotated.json()["client_secret"]
    assert [ask(service, each).status_code for each in (made, new)] == [200, 200]
    service.clock.pass_by(timedelta(hours=1))
    assert [ask(service, each).status_code for each in (made, new)] == [401, 200]
    second = {"If-Match": '"2"'}
    rotated = wang.call("POST", path, json={"overlap_hours": 0}, headers=second)
    newest = made[0], rotated.json()["client_secret"]
    assert [ask(service, each).status_code for each in (new, newest)] == [401, 200]


def test_a_revoked_client_and_its_tokens_stop_at_once(
    service: Service, firm: Seat, made: tuple[str, str], wang: Human
) -> None:
    path, token = f"/v1/clients/{made[0]}", ask(service, made).json()["access_token"]
    assert [wang.call("DELETE", path).status_code for _ in range(2)] == [204, 204]
    assert read_own(service, firm, token) == 401
    assert ask(service, made).status_code == 401
    rotated = wang.call("POST", f"{path}/rotation", json={}, headers={"If-Match": "*"})
    assert rotated.status_code == 404


def test_a_suspended_firm_gets_no_tokens_and_those_it_has_stop(
    service: Service, firm: Seat, made: tuple[str, str]
) -> None:
    token = ask(service, made).json()["access_token"]
    operator = service.join("Operator", Role.OPERATOR)
    operator.call("PUT", f"/v1/organisations/{firm.id}/suspension")
    assert read_own(service, firm, token) == 401
    assert ask(service, made).status_code == 401


def test_clients_of_others_are_not_there(service: Service, made: tuple[str, str]) -> None:
    rival = hire(service, service.join("Rival").id, "rival@rival.example.com").sign_in()
    path = f"/v1/clients/{made[0]}"
    assert rival.call("GET", path).status_code == 404
    assert rival.call("DELETE", path).status_code == 404
    assert ask(service, made).status_code == 200


def test_machines_let_no_machines_in(firm: Seat) -> None:
    assert firm.post("/v1/clients", json=ASKED).status_code == 403


def test_a_token_does_no_more_than_it_was_given(service: Service, firm: Seat) -> None:
    assert read_own(service, firm, firm.token(Scope.CHAINS)) == 403
