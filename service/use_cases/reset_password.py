"""Set a new password by a link."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.one_time_link import LinkPurpose, tell_link_unusable
from service.domain.person import Person
from service.store import audit, one_time_links, people, sign_ins
from service.store.audit import AuditNote


def reset_password(session: Session, token: str, password_hash: str, *, now: datetime) -> Person:
    """Give whoever holds a link a new password; it is signed out everywhere.

    The second factor stays: who has the mailbox alone does not get in.

    Args:
        session: Sees the whole store: the token is what proves the bearer.
        token: The link's.
        password_hash: Of the new password.
        now: The present moment.

    Raises:
        LinkNotUsableError: The link is unknown, used or has run out, or the person has left.
    """
    link = one_time_links.get_usable(session, token, LinkPurpose.RESET, now=now)
    one_time_links.use(session, link, now=now)
    known = people.find_credentials(session, link.email)
    if known is None:
        raise tell_link_unusable()
    person = known.person
    people.replace_password(session, person.id, password_hash)
    one_time_links.cancel_all_of(session, LinkPurpose.RESET, link.email, now=now)
    sign_ins.end_all_of(session, person.id, now=now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.reset",
            subject="person",
            subject_id=person.id,
            organisation_id=person.organisation_id,
            details={"link": str(link.id)},
        ),
    )
    return person
