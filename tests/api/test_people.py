"""The people of a firm: changed and removed by its administrators alone."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.domain.access import Right
from service.domain.organisation import Role
from tests.members import Seat, Service
from tests.people import PASSWORD, Human, hire, read_link, sign_in

EMAIL, COLLEAGUE = "wang@firm.example.com", "li@firm.example.com"
ANY: dict[str, Any] = {"headers": {"If-Match": "*"}}


@pytest.fixture
def firm(service: Service) -> Seat:
    return service.join("Firm", Role.SUPPLIER)


@pytest.fixture
def wang(service: Service, firm: Seat) -> Human:
    return hire(service, firm.id, EMAIL).sign_in()


def test_who_leaves_is_signed_out_and_its_address_is_free(service: Service, wang: Human) -> None:
    li = hire(service, wang.person.organisation_id, COLLEAGUE, Right.EDIT).sign_in()
    service.client.post("/v1/password-resets", json={"email": COLLEAGUE})
    reset = {"token": read_link(service), "password": PASSWORD}
    assert wang.call("DELETE", f"/v1/people/{li.person.id}").status_code == 204
    assert wang.call("GET", f"/v1/people/{li.person.id}").status_code == 404
    assert li.call("GET", "/v1/sessions/current").status_code == 401
    assert sign_in(service, COLLEAGUE).status_code == 401
    assert service.client.post("/v1/passwords", json=reset).status_code == 410
    assert COLLEAGUE not in service.dump("person")
    hire(service, service.join("Next firm").id, COLLEAGUE)
    assert sign_in(service, COLLEAGUE).status_code == 201


def test_two_administrators_who_remove_each_other_leave_one(service: Service, wang: Human) -> None:
    li = hire(service, wang.person.organisation_id, COLLEAGUE).sign_in()
    pairs = ((wang, li), (li, wang))
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].call("DELETE", f"/v1/people/{pair[1].person.id}"), pairs)
        )
    # Whoever comes second is nobody any more, or finds itself the last.
    assert sorted(answer.status_code for answer in answers) in ([204, 401], [204, 409])


def test_the_last_administrator_neither_leaves_nor_steps_down(
    service: Service, wang: Human
) -> None:
    path, reading = f"/v1/people/{wang.person.id}", {"rights": ["read"]}
    assert wang.call("DELETE", path).status_code == 409
    assert wang.call("PATCH", path, json=reading, **ANY).status_code == 409
    hire(service, wang.person.organisation_id, COLLEAGUE)
    old = {"If-Match": '"7"'}
    assert wang.call("PATCH", path, json=reading, headers=old).status_code == 412
    changed = wang.call("PATCH", path, json=reading, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert wang.call("GET", "/v1/people").status_code == 403  # its session has the new rights


def test_people_of_others_are_not_there(service: Service, wang: Human) -> None:
    rival = hire(service, service.join("Rival").id, "rival@rival.example.com")
    path = f"/v1/people/{rival.person.id}"
    asked = {"email": "new@rival.example.com", "rights": ["read"]}
    link_id = rival.sign_in().call("POST", "/v1/joining-links", json=asked).json()["id"]
    answers = [
        wang.call("GET", path),
        wang.call("PATCH", path, json={"name": "X"}, **ANY),
        wang.call("DELETE", path),
        wang.call("DELETE", f"{path}/one-time-code"),
        wang.call("DELETE", f"/v1/joining-links/{link_id}"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5


def test_machines_and_editors_do_not_reach_people(
    service: Service, firm: Seat, wang: Human
) -> None:
    editor = hire(service, wang.person.organisation_id, COLLEAGUE, Right.EDIT).sign_in()
    assert firm.get("/v1/people").status_code == 403
    assert editor.call("GET", "/v1/people").status_code == 403
    assert editor.call("POST", "/v1/joining-links", json={}).status_code == 403


def test_what_happens_to_people_is_in_the_log_without_their_addresses(
    service: Service, wang: Human
) -> None:
    path = f"/v1/people/{wang.person.id}"
    wang.call("PATCH", path, json={"name": "Wang Fangfang"}, **ANY)
    log = service.dump("audit_entry")
    assert "person.sign-in" in log
    assert "person.change" in log
    assert EMAIL not in log
    assert "Fangfang" not in log
