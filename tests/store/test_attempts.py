"""Attempts are counted for all processes together, however many come at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from service.domain.access import SERVICE
from service.store import attempts
from service.store.attempts import Tried
from service.store.session import open_engine, open_transaction
from tests.databases import Database
from tests.members import NOW

TRIED = Tried("a" * 64, "b" * 64)


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    engine = open_engine(database.url)
    yield engine
    engine.dispose()


def begin(engine: Engine, tried: Tried = TRIED, after_s: float = 0) -> UUID | timedelta:
    with open_transaction(engine, SERVICE) as session:
        return attempts.begin(session, tried, now=NOW + timedelta(seconds=after_s))


def test_of_many_at_once_five_are_let_try(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _: begin(engine), range(24)))
    assert sum(isinstance(each, UUID) for each in begun) == 5
    assert [each for each in begun if isinstance(each, timedelta)] == [timedelta(seconds=1)] * 19


def test_another_subject_from_elsewhere_does_not_wait(engine: Engine) -> None:
    for _ in range(6):
        last = begin(engine)
    assert last == timedelta(seconds=1)
    assert isinstance(begin(engine, Tried("c" * 64, "d" * 64)), UUID)


def test_one_address_gets_fifty_tries_at_whomever(engine: Engine) -> None:
    begun = [begin(engine, Tried(f"{number:064}", "b" * 64)) for number in range(51)]
    assert [isinstance(each, UUID) for each in begun] == [True] * 50 + [False]


def test_success_forgives_and_a_try_without_answer_is_forgotten(engine: Engine) -> None:
    begun = [begin(engine) for _ in range(5)]
    assert begin(engine) == timedelta(seconds=1)
    with open_transaction(engine, SERVICE) as session:
        assert isinstance(begun[0], UUID)
        attempts.forget(session, begun[0])
    assert isinstance(begin(engine), UUID)
    with open_transaction(engine, SERVICE) as session:
        attempts.forgive(session, TRIED)
    assert all(isinstance(begin(engine), UUID) for _ in range(5))


def test_after_a_day_all_is_forgotten(engine: Engine) -> None:
    assert all(isinstance(begin(engine), UUID) for _ in range(5))
    assert isinstance(begin(engine), timedelta)
    assert all(isinstance(begin(engine, after_s=86_400), UUID) for _ in range(5))
