"""Letters in the store: written with what causes them, sent by a job after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, update

from service.domain.job import JobKind
from service.store import jobs
from service.store.ids import new_id
from service.store.tables.operations import LetterRow


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person.

    Args:
        id: Its id.
        organisation_id: The firm that it concerns; None for the service itself.
        to: Address.
        subject: One line.
        body: Plain text; empty once it is sent, for it may hold a link that works once.
        written_at: When it was written.
        sent_at: When it was sent; None before.
    """

    id: UUID
    organisation_id: UUID | None
    to: str
    subject: str
    body: str
    written_at: datetime
    sent_at: datetime | None


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


def get(session: Session, letter_id: UUID) -> Letter:
    """One letter, for the service that sends it."""
    row = session.get_one(LetterRow, letter_id)
    return Letter(
        id=row.id,
        organisation_id=row.organisation_id,
        to=row.to,
        subject=row.subject,
        body=row.body,
        written_at=row.written_at,
        sent_at=row.sent_at,
    )


def mark_sent(session: Session, letter_id: UUID, now: datetime) -> None:
    """Keep that a letter was sent, and blank its body."""
    session.exec(
        update(LetterRow)
        .where(col(LetterRow.id) == letter_id)
        .values(sent_at=now, body="")
        .execution_options(synchronize_session=False)
    )
