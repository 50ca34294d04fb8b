"""What is accepted, calculated, signed or logged stays as it is: triggers on both databases.

SQLite drops a table's triggers with the table: a later step that lets Alembic rebuild one of these
makes them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from alembic import op
from sqlalchemy import inspect

revision = "0007"
down_revision = "0006"


class _Kept(NamedTuple):
    """From when on a row is kept, which columns may still change, and by which step."""

    since: str
    free: frozenset[str] = frozenset()
    step: str = "false"


_OF_ACCEPTED = (
    "(select state from submission where id = old.submission_id) in ('accepted', 'superseded')"
)

_KEPT: Mapping[str, _Kept] = {
    "submission": _Kept(
        "old.state in ('accepted', 'superseded')",
        frozenset({"state", "superseded_at", "version"}),
        "old.state = 'accepted' and new.state = 'superseded'",
    ),
    "submission_input": _Kept(_OF_ACCEPTED),
    "evidence": _Kept(_OF_ACCEPTED),
    "review": _Kept("old.closed_at is not null"),
    "certificate_spend": _Kept("true", frozenset({"released_at"}), "old.released_at is null"),
    "footprint": _Kept("true", frozenset({"superseded_at"}), "old.superseded_at is null"),
    "verification": _Kept("true"),
    "disclosure": _Kept("true"),
    "audit_entry": _Kept("true"),
}


def upgrade() -> None:
    """Make the triggers."""
    make = _make_on_postgresql if _is_postgresql() else _make_on_sqlite
    for table, kept in _KEPT.items():
        make(table, "delete", kept.since)
        make(table, "update", f"{kept.since} and not ({_is_step(table, kept)})")


def downgrade() -> None:
    """Drop the triggers."""
    for table in _KEPT:
        for change in ("update", "delete"):
            if _is_postgresql():
                op.execute(f"drop function {table}_{change}() cascade")
            else:
                op.execute(f"drop trigger {table}_{change}")


def _is_step(table: str, kept: _Kept) -> str:
    """That nothing but the free columns changes, and those as they may."""
    same = "is not distinct from" if _is_postgresql() else "is"
    names = (column["name"] for column in inspect(op.get_bind()).get_columns(table))
    stays = [f"new.{name} {same} old.{name}" for name in names if name not in kept.free]
    return " and ".join((kept.step, *stays)) if kept.free else kept.step


def _make_on_sqlite(table: str, change: str, refused: str) -> None:
    op.execute(
        f"create trigger {table}_{change} before {change} on {table} for each row when {refused} "
        f"begin select raise(abort, '{table} is kept as it is'); end"
    )


def _make_on_postgresql(table: str, change: str, refused: str) -> None:
    op.execute(
        f"create function {table}_{change}() returns trigger language plpgsql as $$ begin "
        f"if {refused} then raise exception '{table} is kept as it is' "
        "using errcode = 'integrity_constraint_violation'; end if; "
        f"return {'new' if change == 'update' else 'old'}; end $$"
    )
    op.execute(
        f"create trigger {table}_{change} before {change} on {table} for each row "
        f"execute function {table}_{change}()"
    )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
