"""Letters in the store: written with what causes them, sent by a job after the commit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.job import JobKind
from service.store import jobs
from service.store.ids import new_id
from service.store.tables.operations import LetterRow


def write(
    session: Session,
    *,
    to: str,
    subject: str,
    body: str,
    organisation_id: UUID | None,
    now: datetime,
) -> UUID:
    """Write a letter, and cause the job that sends it. Returns the id of the letter."""
    row = LetterRow(
        id=new_id(),
        organisation_id=organisation_id,
        to=to,
        subject=subject,
        body=body,
        written_at=now,
    )
    session.add(row)
    session.flush()
    jobs.add(
        session,
        JobKind.SEND_LETTER,
        {"letter_id": str(row.id)},
        organisation_id=None,
        now=now,
        once=f"letter:{row.id}",
    )
    return row.id
