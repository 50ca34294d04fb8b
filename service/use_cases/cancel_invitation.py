"""Take back an invitation of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.store import audit, one_time_links
from service.store.audit import AuditNote


def cancel_invitation(
    session: Session, link_id: UUID, organisation_id: UUID, *, now: datetime
) -> None:
    """Let a link to join work no more.

    Raises:
        NotThereError: The firm has none of that id that works.
    """
    one_time_links.cancel(session, link_id, now=now)
    noted = AuditNote(
        at=now,
        action="person.uninvite",
        subject="joining-link",
        subject_id=link_id,
        organisation_id=organisation_id,
        details={},
    )
    audit.note(session, noted)
