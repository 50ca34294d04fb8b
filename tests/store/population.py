"""Rows of every table, at random but in order: so that each firm sees some of them, and not all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Table, UniqueConstraint
from sqlalchemy import Uuid as UuidType
from sqlmodel import Session, SQLModel

from service.domain.organisation import Role
from service.store.columns import Document, Exact, UtcDateTime
from service.store.ids import new_id
from service.store.schema import METADATA
from service.store.tables.identity import OrganisationRow
from service.store.tables.operations import AuditHeadRow
from service.store.visibility import FIRM_SEES

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CLASSES: Mapping[str, type[SQLModel]] = {str(c.__tablename__): c for c in FIRM_SEES}
FIRMS = 5
ROWS = 24


@dataclass
class Population:
    """Rows by table, each table after those that it points to."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def firms(self) -> list[UUID]:
        return [row["id"] for row in self.rows[str(OrganisationRow.__tablename__)]]

    def store(self, session: Session) -> None:
        for name, rows in self.rows.items():
            session.add_all([CLASSES[name](**row) for row in rows])
            session.flush()


def populate(rows: int = ROWS) -> Population:
    """The same people every time; references and yes or no are drawn."""
    random, numbers, made = Random(rows), count(1), Population()  # noqa: S311 - no secret
    organisation = METADATA.tables[str(OrganisationRow.__tablename__)]
    for table in (organisation, *(t for t in METADATA.sorted_tables if t is not organisation)):
        if table.name == AuditHeadRow.__tablename__:
            continue  # the migration wrote its row
        many = FIRMS if table is organisation else rows
        drawn = (_draw_row(table, made, random, numbers) for _ in range(many))
        made.rows[table.name] = list(_without_doubles(table, drawn))
    return made


def _draw_row(
    table: Table, made: Population, random: Random, numbers: Iterator[int]
) -> dict[str, Any]:
    return {
        column.name: None
        if column.nullable and random.random() < 0.5
        else _draw(column, made, random, next(numbers))
        for column in table.columns
    }


def _draw(column: Column[Any], made: Population, random: Random, number: int) -> Any:
    for key in column.foreign_keys:
        table, _, target = key.target_fullname.partition(".")
        return random.choice(made.rows[table])[target] if table in made.rows else None
    if isinstance(column.type, UuidType):
        return new_id() if column.primary_key else random.choice(made.firms)
    if isinstance(column.type, Boolean):
        return random.random() < 0.5
    if column.type is Document:
        return [Role.SUPPLIER] if column.name == "roles" else {}
    return _PLAIN.get(type(column.type), lambda n: f"{column.name} {n}")(number)


_PLAIN: Mapping[type, Any] = {
    Integer: lambda number: number,
    Float: float,
    LargeBinary: lambda number: b"%d" % number,
    Date: lambda _: date(2025, 1, 1),
    UtcDateTime: lambda _: NOW,
    Exact: Decimal,
}


def _without_doubles(table: Table, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    keys = [list(table.primary_key.columns.keys())]
    keys += [list(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)]
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        places = {(n, *(row[name] for name in key)) for n, key in enumerate(keys)}
        if not places & seen:
            seen |= places
            yield row
