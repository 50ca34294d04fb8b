"""Rules of members, people, passwords, codes, waits and scopes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyotp import TOTP

from lca_models.errors import Language
from service.domain.access import Right, Scope
from service.domain.client import TokenProblem, TokenRefusedError, choose_scopes
from service.domain.member import InvalidMemberError, Member, MemberSite, refuse_roles
from service.domain.one_time_code import find_step, make_shared_secret, to_authenticator_uri
from service.domain.organisation import Role
from service.domain.password import WeakPasswordError, refuse_weak
from service.domain.person import (
    InvalidEmailError,
    Person,
    read_email,
    refuse_last_administrator,
)
from service.domain.throttle import OF_SUBJECT
from service.domain.versions import NotNowError
from service.store.ids import new_id
from tests.members import NOW, make_member


def make_person(*rights: Right) -> Person:
    return Person(
        new_id(), new_id(), "a@firm.example.com", "A", Language.EN, frozenset(rights), NOW
    )


@pytest.mark.parametrize("industry", ["C31", "C313", "C3130", "T97", None])
def test_an_industry_is_a_letter_and_two_to_four_digits(industry: str | None) -> None:
    assert with_industry(industry).industry == industry


@pytest.mark.parametrize("industry", ["", "C", "C3", "C31301", "U31", "c3130", "3130"])
def test_any_other_industry_is_refused(industry: str) -> None:
    with pytest.raises(InvalidMemberError, match="GB/T 4754-2017"):
        with_industry(industry)


def with_industry(industry: str | None) -> Member:
    member = make_member("Firm", Role.LEAD)
    return Member(member.id, member.name, member.identifier, member.roles, industry, NOW)


@pytest.mark.parametrize("roles", [set(), {Role.OPERATOR}, {Role.LEAD, Role.OPERATOR}])
def test_nobody_signs_up_without_a_role_or_as_operator(roles: set[Role]) -> None:
    with pytest.raises(InvalidMemberError, match="operator create"):
        refuse_roles(roles)


def test_a_site_stands_in_a_province() -> None:
    assert MemberSite(new_id(), new_id(), "Plant", "CN-SN").province == "CN-SN"
    with pytest.raises(Exception, match="ISO 3166-2"):
        MemberSite(new_id(), new_id(), "Plant", "Shaanxi")


def test_an_address_is_folded_and_none_is_refused() -> None:
    assert read_email(" Wang.Fang@Firm.Example.COM ") == "wang.fang@firm.example.com"
    with pytest.raises(InvalidEmailError):
        read_email("wang at firm")


@pytest.mark.parametrize(
    "password",
    ["eleven char", "WANG@firm.example.com", "wang fang of firm", "aaaaaaaaaaaaaa", "x" * 257],
)
def test_a_weak_password_is_refused_and_never_told(password: str) -> None:
    with pytest.raises(WeakPasswordError) as caught:
        refuse_weak(password, email="wang@firm.example.com", name="Wang Fang of Firm")
    assert password not in str(caught.value)
    assert caught.value.defects[0].value is None


def test_twelve_characters_are_enough_in_any_script() -> None:
    refuse_weak("王芳喜欢在星期天早上游泳", email="wang@firm.example.com", name="王芳")


def test_the_last_administrator_stays() -> None:
    last, editor = make_person(Right.ADMINISTER), make_person(Right.EDIT)
    with pytest.raises(NotNowError):
        refuse_last_administrator(last, [last, editor])
    refuse_last_administrator(editor, [last, editor])
    refuse_last_administrator(last, [last, editor, make_person(Right.ADMINISTER)])


def test_rights_come_to_scopes() -> None:
    assert make_person(Right.READ).scopes == {Scope.READ}
    assert Scope.ADMINISTRATION not in make_person(Right.EDIT, Right.READ).scopes
    assert make_person(Right.ADMINISTER).scopes == set(Scope)


def test_a_code_belongs_to_its_step_and_holds_one_step_longer() -> None:
    secret, start = make_shared_secret(), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    code, step = TOTP(secret).at(start), int(start.timestamp()) // 30
    for seconds, found in ((0, step), (29, step), (59, step), (60, None), (-30, step)):
        assert find_step(secret, code, now=start + timedelta(seconds=seconds)) == found
    assert to_authenticator_uri(secret, "a@b.example").startswith("otpauth://totp/greenchain:a%40b")


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (9, 16), (15, 1024), (99, 1800)]
)
def test_five_failures_are_free_then_the_wait_doubles_to_half_an_hour(
    failures: int, seconds: int
) -> None:
    assert OF_SUBJECT.wait_after(failures, NOW, now=NOW) == timedelta(seconds=seconds)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_whoever_waits_as_told_may_try(failures: int, later: int) -> None:
    wait = OF_SUBJECT.wait_after(failures, NOW, now=NOW)
    assert not OF_SUBJECT.wait_after(failures, NOW, now=NOW + wait + timedelta(seconds=later))


def test_a_day_of_guessing_stays_below_a_hundred() -> None:
    now, last, guesses = NOW, None, 0
    while now < NOW + timedelta(days=1):
        now += OF_SUBJECT.wait_after(guesses, last, now=now)
        last, guesses = now, guesses + 1
    assert guesses < 100


def test_a_token_has_the_scopes_that_are_asked_for_and_held() -> None:
    held = frozenset({Scope.READ, Scope.CHAINS})
    assert choose_scopes(held, None) == choose_scopes(held, " ") == held
    assert choose_scopes(held, "read") == {Scope.READ}
    for asked in ("read submissions", "everything"):
        with pytest.raises(TokenRefusedError) as caught:
            choose_scopes(held, asked)
        assert caught.value.problem is TokenProblem.INVALID_SCOPE
