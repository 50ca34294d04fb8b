"""A supplier does not agree to a link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain import link as rules
from service.domain.link import Link
from service.store import audit, links
from service.store.audit import AuditNote


def decline_link(session: Session, link_id: UUID, reason: str, *, by: UUID, now: datetime) -> Link:
    """Decline a link, with a reason that its buyer reads.

    Raises:
        NotThereError: Nobody proposed such a link to the firm.
        NotNowError: It was answered or ended already.
    """
    declined = rules.decline(links.get_supplied(session, link_id, by), reason, now)
    links.replace(session, declined)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="link.decline",
            subject="link",
            subject_id=link_id,
            organisation_id=by,
            details={},
        ),
    )
    return declined
