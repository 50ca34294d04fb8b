"""Databases for every test that asks; and the same random cases in every run.

What fails fails again, and what lands stays landed; `pytest --hypothesis-profile searching` tries
new ones.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import POSTGRESQL, SQLITE, Database, Templates
from tests.members import Service, serve

settings.register_profile("searching", derandomize=False)
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    with ExitStack() as stack:
        yield Templates(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest, databases: Templates, tmp_path: Path) -> Database:
    """A database with all tables for this test alone, on either kind."""
    return databases.make(request.param, tmp_path)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Iterator[Service]:
    """The application on a database of its own, on either kind, with a clock that stands still."""
    with serve(database, files_url=f"folder:{tmp_path / 'files'}") as running:
        yield running
