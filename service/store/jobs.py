"""Jobs in the store: written with what causes them, read by those who follow them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.job import Job, JobKind, JobState
from service.domain.paging import Page, PageAsked
from service.store import queue
from service.store.ids import new_id
from service.store.paging import read_page
from service.store.session import whole_store
from service.store.tables.operations import JobRow

_WHAT = Text(en="job", zh="任务")


def add(
    session: Session,
    kind: JobKind,
    subject: Mapping[str, str],
    *,
    organisation_id: UUID | None,
    now: datetime,
    run_after: datetime | None = None,
    once: str | None = None,
) -> UUID:
    """Cause a job: it exists if and only if the transaction commits.

    Args:
        session: The transaction of the cause.
        kind: What is to be done.
        subject: Ids of what it works on.
        organisation_id: The firm that may follow it; None for the service itself.
        now: The present moment.
        run_after: Not before; None for at once.
        once: A key under which there is one job only, such as the day of a batch.

    Returns:
        Its id; that of the job of the same key where there is one, whoever may follow it.
    """
    job_id, due = new_id(), run_after or now
    row = JobRow(
        id=job_id,
        organisation_id=organisation_id,
        kind=kind.value,
        subject=dict(subject),
        once=once,
        state=JobState.QUEUED.value,
        run_after=due,
        created_at=now,
    )
    if not _insert_once(session, row):
        return _find_once(session, once)
    if due <= now:
        queue.hand_in(session, job_id)
    return job_id


def _insert_once(session: Session, row: JobRow) -> bool:
    """Whether the key of a job was free; asked of the table itself, whoever sees its rows."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(JobRow) if postgres else sqlite.insert(JobRow)
    statement = insert.values(row.model_dump()).on_conflict_do_nothing(index_elements=["once"])
    # PostgreSQL holds a row that may conflict against what its maker reads, too.
    with whole_store(session):
        return count_changed(session, statement.execution_options(preserve_rowcount=True)) == 1


def _find_once(session: Session, once: str | None) -> UUID:
    with whole_store(session) as whole:
        return whole.exec(select(JobRow.id).where(JobRow.once == once)).one()


def list_known(session: Session, keys: Collection[str]) -> Collection[str]:
    """Those of these keys under which there is a job; asked by the service itself."""
    found = session.exec(select(JobRow.once).where(col(JobRow.once).in_(keys)))
    return {key for key in found if key is not None}


def get(session: Session, job_id: UUID) -> Job:
    """One job.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    found = find_all(session, [job_id])
    if not found:
        raise not_there(_WHAT)
    return found[0]


def find_all(session: Session, job_ids: Sequence[UUID]) -> Sequence[Job]:
    """Those of these jobs that the viewer sees."""
    rows = session.exec(
        select(JobRow).where(col(JobRow.id).in_(job_ids)).execution_options(populate_existing=True)
    )
    return [to_job(row) for row in rows]


def read_list(
    session: Session, asked: PageAsked, *, state: JobState | None, kind: JobKind | None
) -> Page[Job]:
    """A page of the jobs that the viewer sees."""
    query = select(JobRow)
    if state is not None:
        query = query.where(JobRow.state == state.value)
    if kind is not None:
        query = query.where(JobRow.kind == kind.value)
    sorts = {"created_at": JobRow.created_at, "run_after": JobRow.run_after}
    return read_page(session, query, asked, sorts=sorts, key=JobRow.id).map(to_job)


def cancel(session: Session, job_id: UUID, now: datetime) -> bool:
    """Cancel a job that waits; False where it does not."""
    ended = {"state": JobState.CANCELLED.value, "finished_at": now}
    return _change(session, job_id, JobState.QUEUED, ended)


def ask_to_stop(session: Session, job_id: UUID) -> bool:
    """Ask a job under way to stop at its next step; False where it is not under way."""
    return _change(session, job_id, JobState.RUNNING, {"cancel_asked": True})


def revive(session: Session, job_id: UUID, now: datetime) -> bool:
    """Let a dead job begin anew; False where it is not dead."""
    fresh = {
        "state": JobState.QUEUED.value,
        "attempts": 0,
        "progress": 0.0,
        "run_after": now,
        "finished_at": None,
    }
    revived = _change(session, job_id, JobState.DEAD, fresh)
    if revived:
        queue.hand_in(session, job_id)
    return revived


def _change(session: Session, job_id: UUID, state: JobState, values: Mapping[str, object]) -> bool:
    found = col(JobRow.id) == job_id, col(JobRow.state) == state.value
    return count_changed(session, update(JobRow).where(*found).values(**values)) == 1


def count_changed(session: Session, statement: UpdateBase) -> int:
    """Carry out a change, and tell how many rows it found."""
    return session.exec(statement.execution_options(synchronize_session=False)).rowcount


def to_job(row: JobRow) -> Job:
    """A row as the house knows it."""
    return Job(
        id=row.id,
        organisation_id=row.organisation_id,
        kind=JobKind(row.kind),
        subject=row.subject,
        state=JobState(row.state),
        progress=row.progress,
        attempts=row.attempts,
        run_after=row.run_after,
        created_at=row.created_at,
        finished_at=row.finished_at,
        result=row.result,
        problem=row.problem,
        cancel_asked=row.cancel_asked,
    )
