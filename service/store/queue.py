"""The queue of PostgreSQL that wakes workers: ids of jobs that are due, never the truth about them.

An entry is made in the transaction that makes its job due, so that either both exist or neither.
SQLite has no such queue: its workers look at the jobs themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from procrastinate import SyncPsycopgConnector
from procrastinate.jobs import Job as Entry
from procrastinate.manager import JobManager
from sqlalchemy import String, cast, column, exists, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from service.domain.job import JobState
from service.store.tables.operations import JobRow

TASK, QUEUE = "run-job", "jobs"
_MOST_AT_ONCE = 100
_ENTRIES = table("procrastinate_jobs", column("args", JSONB))
# Without a pool of its own: it writes on the connection of the transaction.
_MANAGER = JobManager(SyncPsycopgConnector())


def hand_in(session: Session, job_id: UUID) -> None:
    """Let a worker know of a job that is due, when the transaction commits."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return
    entry = Entry(
        id=None,
        queue=QUEUE,
        lock=None,
        queueing_lock=None,
        task_name=TASK,
        task_kwargs={"job_id": str(job_id)},
    )
    _MANAGER.defer_job(entry, connection=connection.connection.driver_connection)


def list_due(session: Session, now: datetime) -> Sequence[UUID]:
    """The first jobs that are due, in the order in which they fell due."""
    return session.exec(_due(now)).all()


def list_lacking(session: Session, now: datetime) -> Sequence[UUID]:
    """Those of them that are not in the queue; on SQLite all, for the queue is not here."""
    query = _due(now)
    if session.get_bind().dialect.name == "postgresql":
        named = _ENTRIES.c.args["job_id"].astext == cast(col(JobRow.id), String)
        query = query.where(~exists().where(named))
    return session.exec(query).all()


def _due(now: datetime) -> SelectOfScalar[UUID]:
    return (
        select(JobRow.id)
        .where(col(JobRow.state) == JobState.QUEUED.value, col(JobRow.run_after) <= now)
        .order_by(col(JobRow.run_after), col(JobRow.id))
        .limit(_MOST_AT_ONCE)
    )
