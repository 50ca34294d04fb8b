"""Invite somebody to work for an organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.one_time_link import OneTimeLink
from service.domain.person import read_email, tell_email_taken
from service.store import audit, members, people
from service.store.audit import AuditNote
from service.store.registering import Invited, send_join_link


def invite_person(
    session: Session, organisation_id: UUID, invited: Invited, *, public_url: str, now: datetime
) -> OneTimeLink:
    """Send a link to join.

    Whether the address belongs to somebody of another firm is not told here: who opens the link
    learns it.

    Args:
        session: The firm's transaction.
        organisation_id: The firm.
        invited: Whom, and what it may do.
        public_url: Address of the service.
        now: The present moment.

    Raises:
        InvalidEmailError: No letter can go there.
        EmailTakenError: Somebody of the same firm signs in with it.
    """
    invited = Invited(read_email(invited.email), invited.rights)
    if people.find_credentials(session, invited.email) is not None:
        raise tell_email_taken()
    member = members.get_own(session, organisation_id)
    link = send_join_link(session, member, invited, public_url=public_url, now=now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.invite",
            subject="joining-link",
            subject_id=link.id,
            organisation_id=organisation_id,
            details={"rights": sorted(invited.rights)},
        ),
    )
    return link
