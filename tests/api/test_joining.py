"""People are invited, join by a link that works once, and set new passwords."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from service.domain.organisation import Role
from tests.members import Service
from tests.people import PASSWORD, Human, hire, list_letters, read_link, sign_in
from tests.work import do_jobs

EMAIL = "wang@firm.example.com"
NEW: dict[str, Any] = {"email": "li@firm.example.com", "rights": ["edit"]}


@pytest.fixture
def wang(service: Service) -> Human:
    return hire(service, service.join("Firm", Role.SUPPLIER).id, EMAIL).sign_in()


def join(service: Service, token: str, **more: Any) -> Any:
    asked = {"token": token, "name": "Li Na", "password": PASSWORD} | more
    return service.client.post("/v1/joinings", json=asked)


def invite(human: Human, **more: Any) -> Any:
    return human.call("POST", "/v1/joining-links", json=NEW | more)


def ask_reset(service: Service, email: str) -> Any:
    return service.client.post("/v1/password-resets", json={"email": email})


def test_whoever_is_invited_joins_with_the_rights_of_the_link(
    service: Service, wang: Human
) -> None:
    link = invite(wang)
    assert link.status_code == 201
    assert len(wang.call("GET", "/v1/joining-links").json()["items"]) == 1
    token = read_link(service)
    assert token not in link.text
    joined = join(service, token)
    assert (joined.status_code, joined.json()["rights"]) == (201, ["edit"])
    assert sign_in(service, NEW["email"]).status_code == 201
    assert wang.call("GET", "/v1/joining-links").json()["items"] == []
    people = wang.call("GET", "/v1/people", params={"sort": "name"}).json()["items"]
    assert [each["email"] for each in people] == [NEW["email"], EMAIL]


def test_used_old_wrong_and_withdrawn_links_answer_alike(service: Service, wang: Human) -> None:
    invite(wang)
    used = read_link(service)
    join(service, used)
    withdrawn_id = invite(wang, email="b@firm.example.com").json()["id"]
    withdrawn = read_link(service)
    assert wang.call("DELETE", f"/v1/joining-links/{withdrawn_id}").status_code == 204
    assert wang.call("DELETE", f"/v1/joining-links/{withdrawn_id}").status_code == 404
    invite(wang, email="c@firm.example.com")
    old = read_link(service)
    service.clock.pass_by(timedelta(days=7))
    ask_reset(service, EMAIL)
    of_other_purpose = read_link(service)
    tokens = (used, withdrawn, old, of_other_purpose, "wrong")
    answers = [join(service, token) for token in tokens]
    assert {answer.status_code for answer in answers} == {410}
    assert len({str(answer.json()["errors"]) for answer in answers}) == 1


def test_two_who_use_one_link_at_the_same_time_make_one_person(
    service: Service, wang: Human
) -> None:
    invite(wang)
    token = read_link(service)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: join(service, token), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 410, 410, 410]


def test_a_weak_password_leaves_the_link_usable(service: Service, wang: Human) -> None:
    invite(wang)
    token, weak = read_link(service), {"password": "too short"}
    for _ in range(7):
        assert join(service, token, **weak).status_code == 422
    assert join(service, token).status_code == 201


def test_whoever_guesses_links_from_one_address_must_wait(service: Service) -> None:
    statuses = [join(service, f"guess {number}").status_code for number in range(51)]
    assert statuses == [410] * 50 + [429]


def test_an_address_of_another_firm_is_told_to_the_bearer_of_the_link_alone(
    service: Service, wang: Human
) -> None:
    hire(service, service.join("Rival", Role.SUPPLIER).id, NEW["email"])
    known, unknown = invite(wang), invite(wang, email="d@firm.example.com")
    assert known.status_code == unknown.status_code == 201
    assert invite(wang, email=EMAIL).status_code == 409  # a colleague, whom it sees anyway
    do_jobs(service.wiring)
    (letter,) = (each for each in list_letters(service) if each.to == NEW["email"])
    token = letter.body.partition("token=")[2].split()[0]
    assert join(service, token).json()["type"] == "/problems/email-taken"


def test_no_table_holds_the_token_of_a_letter_that_was_sent(service: Service, wang: Human) -> None:
    invite(wang)
    token = read_link(service)
    assert token not in service.dump("letter", "one_time_link", "audit_entry", "job")


def test_a_new_password_ends_sessions_and_waits(service: Service, wang: Human) -> None:
    for _ in range(5):
        sign_in(service, EMAIL, "some other password")
    assert sign_in(service, EMAIL).status_code == 429
    assert ask_reset(service, EMAIL).status_code == 202
    asked = {"token": read_link(service), "password": "five other words of mine"}
    assert service.client.post("/v1/passwords", json=asked).status_code == 204
    assert service.client.post("/v1/passwords", json=asked).status_code == 410
    assert wang.call("GET", "/v1/sessions/current").status_code == 401
    assert sign_in(service, EMAIL).status_code == 401
    assert sign_in(service, EMAIL, asked["password"]).status_code == 201


def test_a_link_for_a_new_password_runs_out_after_an_hour(service: Service, wang: Human) -> None:
    ask_reset(service, wang.person.email)
    asked = {"token": read_link(service), "password": PASSWORD}
    service.clock.pass_by(timedelta(hours=1))
    assert service.client.post("/v1/passwords", json=asked).status_code == 410


@pytest.mark.usefixtures("wang")
def test_asking_for_a_letter_tells_nothing_of_an_address(service: Service) -> None:
    known, unknown = (ask_reset(service, each) for each in (EMAIL, "nobody@firm.example.com"))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert do_jobs(service.wiring) == 3  # two that look, one that sends
    assert [letter.to for letter in list_letters(service)] == [EMAIL]
    assert EMAIL not in service.dump("job", "attempt", "audit_entry")


@pytest.mark.usefixtures("wang")
def test_letters_for_one_address_are_limited(service: Service) -> None:
    statuses = [ask_reset(service, EMAIL).status_code for _ in range(6)]
    assert statuses == [202] * 5 + [429]
