"""Runs migrations on the connection that `service.store.migrating` hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from service.store.columns import Exact, UtcDateTime
from service.store.schema import METADATA

_OURS = {UtcDateTime: "UtcDateTime()", Exact: "Exact()", JSON: "Document"}


def _write_type(kind: str, item: object, around: AutogenContext) -> str | Literal[False]:
    """How a new step names the types of our columns."""
    if kind != "type":
        return False
    for ours, words in _OURS.items():
        if isinstance(item, ours):
            around.imports.add(f"from service.store.columns import {words.removesuffix('()')}")
            return words
    return "sa.String()" if type(item).__name__ == "AutoString" else False


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether autogenerate compares it; the queue's tables have no classes."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        render_item=_write_type,
        include_name=_is_ours,
        render_as_batch=True,  # SQLite cannot alter most of a table
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
