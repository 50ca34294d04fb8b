"""Databases of the store's tests, as the application and as the owner open them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.store.session import open_engine
from tests.databases import POSTGRESQL, SQLITE, Database, Templates


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    """A database with all tables, opened by the application."""
    yield from _open(database.url)


@pytest.fixture
def owner(database: Database) -> Iterator[Engine]:
    """The same, opened by the owner of its tables."""
    yield from _open(database.owner_url)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def empty(request: pytest.FixtureRequest, databases: Templates, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table, opened by its owner."""
    yield from _open(databases.make_empty(request.param, tmp_path).owner_url)


@pytest.fixture
def postgresql(databases: Templates, tmp_path: Path) -> Database:
    """A PostgreSQL database with all tables."""
    return databases.make(POSTGRESQL, tmp_path)


def _open(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()
