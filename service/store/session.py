"""Opens the database and its transactions; each is read through the eyes of one viewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import (
    Alias,
    ClauseElement,
    Connection,
    Engine,
    Insert,
    TableClause,
    TableSample,
    TextClause,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import InternalError, InvalidRequestError
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlmodel import Session

from service.domain.access import SERVICE, Viewer
from service.store.audit import append, take_noted
from service.store.columns import write_document
from service.store.visibility import FIRM_SEES, OPERATOR_SEES, VIEWER_ID

_VIEWER = "viewer"
_BUSY_MILLISECONDS = 30_000
_FIRM_SEES, _OPERATOR_SEES = (
    {
        str(table.__tablename__): with_loader_criteria(table, condition)
        for table, condition in sees.items()
    }
    for sees in (FIRM_SEES, OPERATOR_SEES)
)
# What conditions cannot be laid on: words, and a table under another name, which a join would pass.
_UNGUARDED = (TextClause, Alias, TableSample)
_TELL = text(
    "select set_config('greenchain.organisation', :organisation, true),"
    " set_config('greenchain.operator', :operator, true),"
    " set_config('greenchain.whole', :whole, true)"
)


class UnguardedQueryError(Exception):
    """A query of a viewer on which no conditions can be laid: write it with the tables' classes."""


def open_engine(url: str) -> Engine:
    """An engine for a database by its URL; SQLite in WAL mode, with foreign keys held.

    Every transaction of SQLite takes the writers' lock at once where it will write, so that it
    waits for its turn instead of failing half-way.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, json_serializer=write_document, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"),
        json_serializer=write_document,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
    )


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
        session.info[_VIEWER] = viewer
        tell_viewer(session, viewer)
        yield session
        session.flush()
        noted = take_noted(session)
        if noted:
            with whole_store(session):
                append(session, noted, actor)


def tell_viewer(session: Session, viewer: Viewer) -> None:
    """Tell PostgreSQL who reads, for this transaction only."""
    if session.get_bind().dialect.name != "postgresql":
        return
    told = {
        "organisation": str(viewer.organisation_id or ""),
        "operator": "yes" if viewer.operator else "",
        "whole": "yes" if viewer.whole else "",
    }
    session.connection().execute(_TELL, told)


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
    known = {id(row): row for row in session}
    session.info[_VIEWER] = SERVICE
    tell_viewer(session, SERVICE)
    try:
        yield session
        session.flush()
    finally:
        for row in [row for row in session if id(row) not in known]:
            session.expunge(row)  # or what was found would be found again
        session.info[_VIEWER] = before
        with suppress(InternalError, InvalidRequestError):  # undone, and what was told with it
            tell_viewer(session, before)


@event.listens_for(Session, "do_orm_execute")
def _lay_conditions(state: ORMExecuteState) -> None:
    """Let every query of a session find only what its viewer sees."""
    viewer: Viewer = state.session.info[_VIEWER]
    if viewer.whole:
        return
    tables = _guarded_tables(state.statement, state.parameters)
    if not state.is_orm_statement:
        raise UnguardedQueryError(str(state.statement))
    if state.is_insert:
        return
    operates = viewer.operator and viewer.organisation_id is not None
    sees = _OPERATOR_SEES if operates else _FIRM_SEES
    state.statement = state.statement.options(*(sees[table] for table in tables))
    given: Any = state.parameters or {}
    state.parameters = {**given, VIEWER_ID: viewer.organisation_id}


def _guarded_tables(statement: object, parameters: object) -> set[str]:
    """The tables that a query reads or changes.

    Raises:
        UnguardedQueryError: Conditions cannot be laid on a query of this kind.
    """
    if isinstance(statement, Insert):
        guarded = statement.select is None
    else:
        guarded = not isinstance(parameters, Sequence)  # rows changed by their keys alone
    parts = list(visitors.iterate(statement)) if isinstance(statement, ClauseElement) else []
    if not guarded or any(isinstance(part, _UNGUARDED) for part in parts):
        raise UnguardedQueryError(str(statement))
    return {part.name for part in parts if isinstance(part, TableClause)}
