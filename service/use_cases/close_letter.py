"""Closes a letter that was sent: what it said is forgotten, that it was sent is kept."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.store import letters
from service.store.audit import AuditNote, note
from service.store.letters import Letter


def close_letter(session: Session, letter: Letter, now: datetime) -> None:
    """Close a letter."""
    letters.mark_sent(session, letter.id, now)
    note(
        session,
        AuditNote(
            at=now,
            action="letter.send",
            subject="letter",
            subject_id=letter.id,
            organisation_id=letter.organisation_id,
            details={},
        ),
    )
