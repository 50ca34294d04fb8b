"""What every way into the service does in the store: keep a firm, invite its people by letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from service.domain.access import Right
from service.domain.member import Member
from service.domain.one_time_link import LinkPurpose, OneTimeLink
from service.formats.members.letters import write_link_letter
from service.store import audit, letters, members, one_time_links
from service.store.audit import AuditNote
from service.store.session import whole_store


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is asked to work for a firm, and what it may do there; the address is folded."""

    email: str
    rights: frozenset[Right] = frozenset(Right)


def register_member(
    session: Session, member: Member, administrator: Invited, *, public_url: str, now: datetime
) -> None:
    """Keep a new firm, and send its first administrator a link to join.

    Works for every viewer: for the operator, and for nobody who holds an invitation into a chain.

    Args:
        session: The transaction.
        member: The firm; its roles are checked (`service.domain.member.refuse_roles`).
        administrator: Who shall run it.
        public_url: Address of the service.
        now: The present moment.

    Raises:
        AlreadyRegisteredError: Its number is taken; nothing else is told of the firm that has it.
    """
    members.add(session, member)
    with whole_store(session):
        send_join_link(session, member, administrator, public_url=public_url, now=now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="organisation.register",
            subject="organisation",
            subject_id=member.id,
            organisation_id=member.id,
            details={"roles": sorted(member.roles)},
        ),
    )


def send_join_link(
    session: Session, member: Member, invited: Invited, *, public_url: str, now: datetime
) -> OneTimeLink:
    """Send a link to join a firm; an earlier one to the same address works on."""
    token, link = one_time_links.add(
        session,
        LinkPurpose.JOIN,
        organisation_id=member.id,
        email=invited.email,
        rights=invited.rights,
        now=now,
    )
    letter = write_link_letter(
        LinkPurpose.JOIN, organisation=member.name, public_url=public_url, token=token
    )
    letters.write(
        session,
        to=invited.email,
        subject=letter.subject,
        body=letter.body,
        organisation_id=member.id,
        now=now,
    )
    return link
