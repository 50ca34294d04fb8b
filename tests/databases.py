"""Databases for the tests: fresh ones with all tables, on SQLite and on PostgreSQL."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from service.store.migrating import upgrade
from service.store.session import open_engine
from tests.postgresql import APPLICATION, OWNER, run_server, run_sql, url_of

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True)
class Database:
    """Where one test keeps things.

    Args:
        url: As the application connects.
        owner_url: As the one connects who changes tables.
    """

    url: str
    owner_url: str

    @property
    def kind(self) -> str:
        return self.url.partition(":")[0].partition("+")[0]


@dataclass
class Templates:
    """Empty databases with all tables, from which each test gets a copy of its own."""

    folder: Path
    stack: ExitStack = field(default_factory=ExitStack)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def make(self, kind: str, folder: Path) -> Database:
        if kind == SQLITE:
            url = f"sqlite:///{shutil.copy(self.sqlite, folder / 'greenchain.db')}"
            return Database(url, url)
        name = f"test_{next(self.numbers)}"
        run_sql(self.postgresql, f"create database {name} template greenchain owner {OWNER}")
        return Database(*(url_of(self.postgresql, name, user) for user in (APPLICATION, OWNER)))

    def make_empty(self, kind: str, folder: Path) -> Database:
        """A database without any table."""
        if kind == SQLITE:
            url = f"sqlite:///{folder / 'empty.db'}"
            return Database(url, url)
        name = f"empty_{next(self.numbers)}"
        run_sql(self.server, f"create database {name} owner {OWNER}")
        return Database(*(url_of(self.server, name, user) for user in (APPLICATION, OWNER)))

    @cached_property
    def sqlite(self) -> Path:
        file = self.folder / "template.db"
        engine = open_engine(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()  # the last connection moves what WAL holds into the file
        return file

    @cached_property
    def server(self) -> Path:
        return self.stack.enter_context(run_server())

    @cached_property
    def postgresql(self) -> Path:
        run_sql(self.server, f"create database greenchain owner {OWNER}")
        engine = open_engine(url_of(self.server, "greenchain", OWNER))
        upgrade(engine)
        engine.dispose()
        run_sql(self.server, f"grant greenchain_app to {APPLICATION}")
        return self.server
