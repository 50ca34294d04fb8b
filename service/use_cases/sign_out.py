"""Sign a person out."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.access import Caller
from service.store import audit, sign_ins
from service.store.audit import AuditNote


def sign_out(session: Session, caller: Caller, token: str, *, now: datetime) -> None:
    """End the session of a token."""
    sign_ins.end(session, token, now=now)
    noted = AuditNote(
        at=now,
        action="person.sign-out",
        subject="person",
        subject_id=str(caller.person_id),
        organisation_id=caller.organisation_id,
        details={},
    )
    audit.note(session, noted)
