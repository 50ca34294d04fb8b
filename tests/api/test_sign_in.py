"""People sign in: with a password, with a second factor, and not too often in vain."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pyotp import TOTP

from service.domain.access import Right
from service.domain.organisation import Role
from tests.members import Service
from tests.people import PASSWORD, Human, hire, sign_in

EMAIL = "wang@firm.example.com"
WRONG = "some other password"


@pytest.fixture
def wang(service: Service) -> Human:
    return hire(service, service.join("Firm", Role.SUPPLIER).id, EMAIL)


def test_a_session_holds_twelve_hours_or_until_its_end(service: Service, wang: Human) -> None:
    begun = wang.sign_in()
    told = begun.call("GET", "/v1/sessions/current").json()
    assert (told["person"]["email"], told["roles"]) == (EMAIL, ["supplier"])
    service.clock.pass_by(timedelta(hours=11, minutes=59))
    other = wang.sign_in()
    assert begun.call("GET", "/v1/sessions/current").status_code == 200
    service.clock.pass_by(timedelta(minutes=1))
    assert begun.call("GET", "/v1/sessions/current").status_code == 401
    assert other.call("DELETE", "/v1/sessions/current").status_code == 204
    assert other.call("GET", "/v1/sessions/current").status_code == 401


@pytest.mark.usefixtures("wang")
def test_an_address_is_found_however_it_is_typed(service: Service) -> None:
    assert sign_in(service, f" {EMAIL.upper()} ").status_code == 201


@pytest.mark.usefixtures("wang")
def test_wrong_passwords_and_unknown_addresses_answer_alike(service: Service) -> None:
    wrong = sign_in(service, EMAIL, WRONG)
    unknown = sign_in(service, "nobody@firm.example.com")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["errors"] == unknown.json()["errors"]
    assert WRONG not in wrong.text + unknown.text + PASSWORD


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize("email", [EMAIL, "nobody@firm.example.com"])
def test_an_account_waits_after_five_failures_whether_it_exists_or_not(
    service: Service, email: str
) -> None:
    for _ in range(5):
        assert sign_in(service, email, WRONG).status_code == 401
    refused = sign_in(service, email)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    service.clock.pass_by(timedelta(seconds=1))
    assert sign_in(service, email, WRONG).status_code == 401
    assert sign_in(service, email).headers["retry-after"] == "2"


@pytest.mark.usefixtures("wang")
def test_success_forgives_what_failed_before(service: Service) -> None:
    for _ in range(2):
        for _ in range(4):
            sign_in(service, EMAIL, WRONG)
        assert sign_in(service, EMAIL).status_code == 201


@pytest.mark.usefixtures("wang")
def test_guesses_at_once_are_counted_one_by_one(service: Service) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sign_in(service, EMAIL, WRONG), range(8)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 3


def test_nobody_of_a_suspended_firm_signs_in_or_goes_on(service: Service, wang: Human) -> None:
    begun = wang.sign_in()
    operator = service.join("Operator", Role.OPERATOR)
    path = f"/v1/organisations/{wang.person.organisation_id}/suspension"
    assert operator.call("PUT", path).json()["suspended"] is True
    assert begun.call("GET", "/v1/sessions/current").status_code == 401
    assert sign_in(service, EMAIL).status_code == 403
    assert operator.call("DELETE", path).json()["suspended"] is False
    assert begun.call("GET", "/v1/sessions/current").status_code == 200


def enrol(service: Service, human: Human) -> TOTP:
    offered = human.call("POST", "/v1/one-time-codes")
    codes = TOTP(offered.json()["secret"])
    asked = {"code": codes.at(service.clock.now)}
    confirmed = human.call("POST", "/v1/one-time-codes/confirmation", json=asked)
    assert (offered.status_code, confirmed.status_code) == (201, 204)
    return codes


def test_a_second_factor_is_asked_for_once_confirmed(service: Service, wang: Human) -> None:
    begun = wang.sign_in()
    codes = TOTP(begun.call("POST", "/v1/one-time-codes").json()["secret"])
    wrong = {"code": codes.at(service.clock.now + timedelta(hours=1))}
    refused = begun.call("POST", "/v1/one-time-codes/confirmation", json=wrong)
    assert refused.json()["type"] == "/problems/one-time-code"
    assert sign_in(service, EMAIL).status_code == 201  # an offer alone asks for nothing
    enrol(service, begun)
    assert begun.call("POST", "/v1/one-time-codes").status_code == 409
    assert sign_in(service, EMAIL).json()["type"] == "/problems/one-time-code"


def test_each_code_holds_once(service: Service, wang: Human) -> None:
    codes = enrol(service, wang.sign_in())
    code = codes.at(service.clock.now)
    assert sign_in(service, EMAIL, one_time_code=code).status_code == 401  # it confirmed
    service.clock.pass_by(timedelta(seconds=30))
    code = codes.at(service.clock.now)
    assert sign_in(service, EMAIL, WRONG, one_time_code=code).status_code == 401
    assert sign_in(service, EMAIL, one_time_code=code).status_code == 201
    assert sign_in(service, EMAIL, one_time_code=code).status_code == 401


def test_one_code_at_the_same_time_lets_one_in(service: Service, wang: Human) -> None:
    codes = enrol(service, wang.sign_in())
    service.clock.pass_by(timedelta(seconds=30))
    code = codes.at(service.clock.now)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sign_in(service, EMAIL, one_time_code=code), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]


def test_the_secret_of_a_factor_is_kept_sealed(service: Service, wang: Human) -> None:
    codes = enrol(service, wang.sign_in())
    assert codes.secret not in service.dump("person", "audit_entry")


def test_an_administrator_takes_a_lost_factor_away(service: Service, wang: Human) -> None:
    colleague = hire(service, wang.person.organisation_id, "li@firm.example.com", Right.EDIT)
    enrol(service, colleague.sign_in())
    path = f"/v1/people/{colleague.person.id}/one-time-code"
    assert wang.sign_in().call("DELETE", path).status_code == 204
    assert sign_in(service, colleague.person.email).status_code == 201


@pytest.mark.parametrize("email", ["a\0@firm.example", "\ud800@firm.example"])
@pytest.mark.parametrize("path", ["sessions", "password-resets"])
def test_an_address_that_cannot_be_written_is_refused(
    service: Service, path: str, email: str
) -> None:
    asked = json.dumps({"email": email, "password": "four words nobody says"})
    kind = {"Content-Type": "application/json"}
    answer = service.client.post(f"/v1/{path}", content=asked, headers=kind)
    assert answer.status_code == 422
