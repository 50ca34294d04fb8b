"""Each firm finds the same rows by the criteria of the ORM and by row-level security."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from service.domain.access import NOBODY, SERVICE, Viewer
from service.store.schema import METADATA
from service.store.session import open_engine, open_transaction, tell_viewer
from service.store.visibility import FIRM_SEES, HIDDEN, OPERATED, SIGHTS
from tests.databases import POSTGRESQL, SQLITE, Templates
from tests.store.population import CLASSES, Population, populate

TABLES = sorted(METADATA.tables)


@dataclass(frozen=True)
class Both:
    """The same rows on both kinds of database."""

    sqlite: Engine
    postgresql: Engine
    population: Population

    @property
    def viewers(self) -> list[Viewer]:
        firms = self.population.firms
        return [*map(Viewer, firms), Viewer(firms[0], operator=True)]


@pytest.fixture(scope="module")
def both(databases: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder, population = tmp_path_factory.mktemp("both"), populate()
    sqlite, postgresql = (
        _fill(databases, kind, folder, population) for kind in (SQLITE, POSTGRESQL)
    )
    yield Both(sqlite, postgresql, population)
    sqlite.dispose()
    postgresql.dispose()


def _fill(databases: Templates, kind: str, folder: Path, population: Population) -> Engine:
    engine = open_engine(databases.make(kind, folder).url)
    with open_transaction(engine, SERVICE) as session:
        population.store(session)
    return engine


def find_by_orm(engine: Engine, table: str, viewer: Viewer) -> set[tuple[Any, ...]]:
    row = CLASSES[table]
    keys = METADATA.tables[table].primary_key.columns.keys()
    with open_transaction(engine, viewer, reading=True) as session:
        found = session.scalars(select(row))
        return {tuple(getattr(each, key) for key in keys) for each in found}


def find_by_raw_sql(engine: Engine, table: str, viewer: Viewer) -> set[tuple[Any, ...]]:
    query = select(*METADATA.tables[table].primary_key.columns)
    with open_transaction(engine, viewer, reading=True) as session:
        return set(map(tuple, session.connection().execute(query)))


def test_every_table_has_a_sight_or_is_hidden() -> None:
    assert {str(table.__tablename__) for table in (*SIGHTS, *HIDDEN)} == set(TABLES)
    assert set(FIRM_SEES) >= OPERATED


@pytest.mark.parametrize("table", TABLES)
def test_criteria_and_row_security_agree(both: Both, table: str) -> None:
    for viewer in both.viewers:
        seen = find_by_orm(both.sqlite, table, viewer)
        assert find_by_raw_sql(both.postgresql, table, viewer) == seen
        assert find_by_orm(both.postgresql, table, viewer) == seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisation", "link"),
        ("organisation", "membership"),
        ("product", "link"),
        ("chain", "membership"),
        ("submission", "appointment"),
        ("organisation", "product"),
        ("link", "product"),
    ],
)
def test_two_tables_in_a_query_are_each_seen_as_alone(both: Both, one: str, other: str) -> None:
    here, there = (METADATA.tables[table].columns["id"] for table in (one, other))
    for viewer, engine in product(both.viewers, (both.sqlite, both.postgresql)):
        pairs = set(product(*(find_by_orm(engine, table, viewer) for table in (one, other))))
        with open_transaction(engine, viewer, reading=True) as session:
            query = select(CLASSES[one], CLASSES[other]).join(CLASSES[other], here != there)
            found = {((a.id,), (b.id,)) for a, b in session.execute(query)}
        assert found == pairs


@pytest.mark.parametrize("table", TABLES)
def test_each_firm_sees_some_rows_and_not_all(both: Both, table: str) -> None:
    everything = len(find_by_orm(both.sqlite, table, SERVICE))
    firms = map(Viewer, both.population.firms)
    most = max(len(find_by_orm(both.sqlite, table, firm)) for firm in firms)
    if CLASSES[table] in HIDDEN:
        assert most == 0
    else:
        assert most > 0
        assert most < everything or table == "organisation"


@pytest.mark.parametrize("table", TABLES)
def test_nobody_sees_anything_and_the_service_everything(both: Both, table: str) -> None:
    stored = len(both.population.rows.get(table, [None]))
    for find, engine in (
        (find_by_orm, both.sqlite),
        (find_by_orm, both.postgresql),
        (find_by_raw_sql, both.postgresql),
    ):
        for blind in (NOBODY, Viewer(operator=True)):
            assert find(engine, table, blind) == set()
        assert len(find(engine, table, SERVICE)) == stored


@pytest.mark.parametrize("table", TABLES)
def test_a_connection_that_told_nothing_sees_nothing(both: Both, table: str) -> None:
    with both.postgresql.connect() as connection:
        assert not connection.execute(select(METADATA.tables[table])).all()


def test_what_was_told_ends_with_its_transaction(both: Both) -> None:
    firm = Viewer(both.population.firms[0])
    with open_transaction(both.postgresql, SERVICE) as session:
        tell_viewer(session, SERVICE)
    assert find_by_raw_sql(both.postgresql, "attempt", firm) == set()
