"""A firm that is new here registers with the code of an invitation, and joins the chain."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.invitation import refuse_answered
from service.domain.member import Member, refuse_roles
from service.domain.person import read_email
from service.store import invitations
from service.store.joining import join_chain
from service.store.registering import Invited, register_member
from service.store.session import whole_store


def register_invited(
    session: Session,
    code: str,
    member: Member,
    administrator_email: str,
    *,
    seen_by_lead: bool,
    public_url: str,
    now: datetime,
) -> Member:
    """Register a firm and let it join a chain; its administrator gets a letter with a link.

    The code is looked at first: who has none learns nothing, not even who is registered.

    Args:
        session: A transaction of nobody.
        code: The code of the invitation.
        member: The firm.
        administrator_email: Where the letter goes.
        seen_by_lead: Whether the lead firm may know; it does where it invited itself.
        public_url: Address of the service.
        now: The present moment.

    Raises:
        NotThereError: No invitation has the code, or it is made out to another firm.
        NotNowError: It was answered or withdrawn, ran out, or the chain closed.
        AlreadyRegisteredError: The firm is here already: sign in and accept.
    """
    with whole_store(session):
        invitation = invitations.get_by_code(session, code, locked=True)
        refuse_answered(invitation, now)
        refuse_roles(member.roles)
        administrator = Invited(read_email(administrator_email))
        register_member(session, member, administrator, public_url=public_url, now=now)
        join_chain(session, invitation, by=member.id, seen_by_lead=seen_by_lead, now=now)
    return member
