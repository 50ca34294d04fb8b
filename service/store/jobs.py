"""Jobs in the store: written with what causes them, claimed by one worker at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from service.domain.job import JobKind, JobState
from service.store.ids import new_id
from service.store.tables.operations import JobRow


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
        Its id; that of the job of the same key where there is one.
    """
    if once is not None:
        known = session.exec(select(JobRow.id).where(JobRow.once == once)).first()
        if known is not None:
            return known
    row = JobRow(
        id=new_id(),
        organisation_id=organisation_id,
        kind=kind.value,
        subject=dict(subject),
        once=once,
        state=JobState.QUEUED.value,
        run_after=run_after or now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id
