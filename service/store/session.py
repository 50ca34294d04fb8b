"""Opens the database and its transactions; each is read through the eyes of one viewer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session

from service.domain.access import SERVICE, Viewer
from service.store.audit import ACTOR, append_noted
from service.store.columns import write_document
from service.store.visibility import HIDDEN, SIGHTS, condition_for

_VIEWER = "viewer"
_BUSY_MILLISECONDS = 30_000


def open_engine(url: str) -> Engine:
    """An engine for a database by its URL; SQLite in WAL mode, with foreign keys held.

    Every transaction of SQLite takes the writers' lock at once where it will write, so that it
    waits for its turn instead of failing half-way.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, json_serializer=write_document)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, json_serializer=write_document, pool_pre_ping=True, pool_size=10)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # pysqlite's own BEGIN would come too late
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def open_transaction(
    engine: Engine, viewer: Viewer, *, actor: str = "service", reading: bool = False
) -> Iterator[Session]:
    """One transaction for one viewer: committed when all went well, else undone.

    Args:
        engine: The database.
        viewer: Through whose eyes rows are found; PostgreSQL is told, too.
        actor: Under which name the audit log knows who works.
        reading: Whether nothing will be written, so that SQLite need not queue.
    """
    with (
        engine.connect().execution_options(reading=reading) as connection,
        connection.begin(),
        Session(bind=connection, expire_on_commit=False) as session,
    ):
        session.info |= {_VIEWER: viewer, ACTOR: actor}
        tell_viewer(session, viewer)
        yield session
        session.flush()
        append_noted(session)


def tell_viewer(session: Session, viewer: Viewer) -> None:
    """Tell PostgreSQL who reads, for this transaction only."""
    if session.get_bind().dialect.name != "postgresql":
        return
    told = {
        "organisation": str(viewer.organisation_id or ""),
        "operator": "yes" if viewer.operator else "",
        "whole": "yes" if viewer.whole else "",
    }
    for name, value in told.items():
        session.connection().execute(
            text("select set_config(:name, :value, true)"),
            {"name": f"greenchain.{name}", "value": value},
        )


def viewer_of(session: Session) -> Viewer:
    """Through whose eyes a session reads."""
    viewer: Viewer = session.info[_VIEWER]
    return viewer


@contextmanager
def whole_store(session: Session) -> Iterator[Session]:
    """Let the service see rows of all firms for a moment, in its caller's transaction.

    For relations that a caller proves otherwise, as with the code of an invitation. What is found
    must not leave but by the rules of `service.domain`.
    """
    before = viewer_of(session)
    session.flush()
    session.info[_VIEWER] = SERVICE
    tell_viewer(session, SERVICE)
    try:
        yield session
        session.flush()
    finally:
        session.expunge_all()  # or what was found would be found again
        session.info[_VIEWER] = before
        tell_viewer(session, before)


@event.listens_for(Session, "do_orm_execute")
def _lay_conditions(state: ORMExecuteState) -> None:
    """Let every query of a session find only what its viewer sees."""
    viewer: Viewer = state.session.info[_VIEWER]
    if not viewer.whole:
        state.statement = state.statement.options(*_conditions(state.session.info, viewer))


def _conditions(kept: dict[Any, Any], viewer: Viewer) -> tuple[ExecutableOption, ...]:
    if viewer not in kept:
        kept[viewer] = tuple(
            with_loader_criteria(table, condition_for(table, viewer), include_aliases=True)
            for table in (*SIGHTS, *HIDDEN)
        )
    found: tuple[ExecutableOption, ...] = kept[viewer]
    return found
