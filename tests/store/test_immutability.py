"""What is accepted, calculated, signed or logged stays, even against raw SQL of the owner."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Engine, Table, Update
from sqlalchemy.exc import DBAPIError, IntegrityError

from service.domain.access import SERVICE
from service.store.schema import METADATA
from service.store.session import open_transaction
from tests.store.population import NOW, populate

Row = Mapping[str, Any]
FEW = 3
KEPT = "is kept as it is"
STEPS: Mapping[str, Row] = {
    "submission": {"state": "superseded", "superseded_at": NOW, "version": 9},
    "footprint": {"superseded_at": NOW},
    "certificate_spend": {"released_at": NOW},
}
BEFORE: Mapping[str, Row] = {
    "submission": {"state": "accepted", "superseded_at": None},
    "submission_input": {},
    "evidence": {},
    "review": {"closed_at": NOW},
    "footprint": {"superseded_at": None},
    "certificate_spend": {"released_at": None},
    "verification": {},
    "disclosure": {},
    "audit_entry": {},
}


def keep(engine: Engine, table: str) -> Row:
    """Store rows as they are once they are kept, and give one of the table."""
    population = populate(FEW)
    for name, rows in population.rows.items():
        rows[:] = [{**row, **BEFORE.get(name, {})} for row in rows]
    with open_transaction(engine, SERVICE) as session:
        population.store(session)
    return population.rows[table][0]


def run(engine: Engine, statement: Any) -> int:
    with open_transaction(engine, SERVICE) as session:
        return session.connection().execute(statement).rowcount


def where(table: Table, row: Row) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in table.primary_key.columns]


def change(table: Table, row: Row, values: Row) -> Update:
    return table.update().where(*where(table, row)).values(**values)


def other_value(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value} otherwise"
    if isinstance(value, int | float):
        return value + 1
    return None


@pytest.mark.parametrize("table", BEFORE)
def test_nobody_changes_what_is_kept(engine: Engine, owner: Engine, table: str) -> None:
    row, found = keep(engine, table), METADATA.tables[table]
    changes = {
        name: other_value(value)
        for name, value in row.items()
        if isinstance(value, bool | str | int | float) and name not in STEPS.get(table, ())
    }
    for name, value in changes.items():
        with pytest.raises(IntegrityError, match=KEPT):
            run(owner, change(found, row, {name: value}))
    with pytest.raises(IntegrityError, match=KEPT):
        run(owner, found.delete().where(*where(found, row)))
    with pytest.raises(DBAPIError, match=f"{KEPT}|permission denied"):
        run(engine, found.delete().where(*where(found, row)))


@pytest.mark.parametrize("table", STEPS)
def test_the_next_version_supersedes_once(engine: Engine, table: str) -> None:
    row, found = keep(engine, table), METADATA.tables[table]
    assert run(engine, change(found, row, STEPS[table])) == 1
    back = {name: row[name] for name in STEPS[table]}
    for again in (STEPS[table], back):
        with pytest.raises(IntegrityError, match=KEPT):
            run(engine, change(found, row, again))


def test_a_step_changes_nothing_beside(engine: Engine) -> None:
    row, found = keep(engine, "submission"), METADATA.tables["submission"]
    beside = {**STEPS["submission"], "process": {"lines": []}}
    with pytest.raises(IntegrityError, match=KEPT):
        run(engine, change(found, row, beside))


def test_a_draft_changes_and_goes(engine: Engine) -> None:
    population = populate(FEW)
    for name in ("submission_input", "evidence", "review", "verification", "certificate_spend"):
        population.rows[name] = []
    with open_transaction(engine, SERVICE) as session:
        population.store(session)
    draft, found = population.rows["submission"][0], METADATA.tables["submission"]
    assert run(engine, change(found, draft, {"process_hash": "other"})) == 1
    assert run(engine, found.delete().where(*where(found, draft))) == 1
