"""Organisations and their sites over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.domain.organisation import Role
from tests.members import Seat, Service, make_uscc
from tests.people import PASSWORD, list_letters, read_link, sign_in

ANY: dict[str, Any] = {"headers": {"If-Match": "*"}}


def describe(**more: Any) -> dict[str, Any]:
    return {
        "name": {"zh": "示例", "en": "Example"},
        "identifier": {"scheme": "uscc", "value": make_uscc()},
        "roles": ["supplier", "recycler"],
        "industry": "C3130",
        "administrator_email": "Li@example.com",
    } | more


@pytest.fixture
def operator(service: Service) -> Seat:
    return service.join("Operator", Role.OPERATOR)


def test_a_member_reads_itself_and_a_stranger_is_not_there(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    rival = service.join("Rival", Role.LEAD)
    own = lead.get(f"/v1/organisations/{lead.id}")
    assert own.status_code == 200
    assert own.json()["name"]["en"] == "Lead"
    foreign, missing = (lead.get(f"/v1/organisations/{i}") for i in (rival.id, rival.id.hex[::-1]))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["errors"] == missing.json()["errors"]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x.y.z", "Basic abc"])
def test_without_a_valid_token_nothing_is_read(service: Service, token: str) -> None:
    answer = service.client.get(
        f"/v1/organisations/{service.join('Lead').id}", headers={"Authorization": token}
    )
    assert answer.status_code == 401


def test_a_registered_firm_joins_by_the_letter_to_its_administrator(
    service: Service, operator: Seat
) -> None:
    made = operator.post("/v1/organisations", json=describe())
    assert (made.status_code, made.json()["industry"]) == (201, "C3130")
    token = read_link(service)
    assert list_letters(service)[0].to == "li@example.com"
    asked = {"token": token, "name": "Li Na", "password": PASSWORD}
    joined = service.client.post("/v1/joinings", json=asked).json()
    assert joined["rights"] == ["administer", "edit", "read"]
    session = sign_in(service, "li@example.com").json()
    headers = {"Authorization": f"Bearer {session['token']}"}
    told = service.client.get("/v1/sessions/current", headers=headers).json()
    assert told["organisation_id"] == made.json()["id"]


def test_a_number_is_registered_once_and_tells_nothing_of_its_firm(
    service: Service, operator: Seat
) -> None:
    known = service.join("Secretive", Role.LEAD).member.identifier.value
    asked = describe(identifier={"scheme": "uscc", "value": known})
    refused = operator.post("/v1/organisations", json=asked)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-registered")
    assert "Secretive" not in refused.text
    assert list_letters(service) == []


def test_one_of_two_registrations_at_the_same_time_succeeds(operator: Seat) -> None:
    asked = describe()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: operator.post("/v1/organisations", json=asked), range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"identifier": {"scheme": "uscc", "value": "91610131MA6TXWP24Z"}}, "invalid-identifier"),
        ({"industry": "Z9999"}, "invalid-member"),
        ({"roles": ["operator"]}, "invalid-member"),
        ({"roles": []}, "invalid-request"),
        ({"administrator_email": "nobody"}, "invalid-email"),
    ],
)
def test_what_cannot_be_is_not_registered(
    operator: Seat, wrong: dict[str, Any], problem: str
) -> None:
    refused = operator.post("/v1/organisations", json=describe(**wrong))
    assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{problem}")


def test_the_operator_lists_all_and_others_those_they_see(service: Service, operator: Seat) -> None:
    lead, _ = service.join("Lead", Role.LEAD), service.join("Rival", Role.VERIFIER)
    names = [each["name"]["en"] for each in operator.get("/v1/organisations").json()["items"]]
    assert names == ["Lead", "Operator", "Rival"]
    leads = operator.get("/v1/organisations", params={"role": "lead"}).json()["items"]
    assert [each["name"]["en"] for each in leads] == ["Lead"]
    own = lead.get("/v1/organisations").json()["items"]
    assert [each["name"]["en"] for each in own] == ["Lead"]


def test_a_firm_changes_itself_on_the_version_that_it_read(service: Service) -> None:
    lead, rival = service.join("Lead", Role.LEAD), service.join("Rival")
    path, new = f"/v1/organisations/{lead.id}", {"name": {"zh": "新", "en": "New"}}
    assert lead.call("PATCH", path, json=new).status_code == 428
    changed = lead.call("PATCH", path, json=new, headers={"If-Match": '"1"'})
    assert (changed.json()["name"]["en"], changed.headers["etag"]) == ("New", '"2"')
    assert lead.call("PATCH", path, json=new, headers={"If-Match": '"1"'}).status_code == 412
    assert lead.call("PATCH", path, json={"roles": ["operator"]}, **ANY).status_code == 422
    assert lead.call("PATCH", path, json={"identifier": "x"}, **ANY).status_code == 422
    assert rival.call("PATCH", path, json=new, **ANY).status_code == 404


def test_an_operator_changes_itself_alone_and_stays_operator(
    service: Service, operator: Seat
) -> None:
    foreign = f"/v1/organisations/{service.join('Lead', Role.LEAD).id}"
    assert operator.call("PATCH", foreign, json={"roles": ["lead"]}, **ANY).status_code == 404
    own = f"/v1/organisations/{operator.id}"
    changed = operator.call("PATCH", own, json={"roles": ["verifier"]}, **ANY)
    assert changed.json()["roles"] == ["operator", "verifier"]
    assert operator.call("PUT", f"{own}/suspension").status_code == 409


def test_members_neither_register_nor_suspend(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    assert lead.post("/v1/organisations", json=describe()).status_code == 403
    assert lead.call("PUT", f"/v1/organisations/{lead.id}/suspension").status_code == 403


def test_sites_are_kept_by_their_firm_alone(service: Service) -> None:
    firm, rival = service.join("Firm", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    made = firm.post("/v1/sites", json={"name": "Plant 1", "province": "CN-SN"})
    path = made.headers["location"]
    assert firm.post("/v1/sites", json={"name": "X", "province": "Shaanxi"}).status_code == 422
    moved = firm.call("PATCH", path, json={"province": "CN-JS"}, headers={"If-Match": '"1"'})
    assert (moved.json()["province"], moved.headers["etag"]) == ("CN-JS", '"2"')
    assert firm.get(path).json()["name"] == "Plant 1"
    assert rival.get("/v1/sites").json()["items"] == []
    others = (
        rival.get(path),
        rival.call("PATCH", path, json={"name": "Mine"}, **ANY),
        rival.call("DELETE", path),
    )
    assert [answer.status_code for answer in others] == [404] * 3
    assert firm.call("DELETE", path).status_code == 204
    assert firm.get("/v1/sites").json()["items"] == []
