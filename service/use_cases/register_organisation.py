"""Register an organisation, and let its first administrator join."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.member import Member, refuse_roles
from service.domain.person import read_email
from service.store.registering import Invited, register_member


def register_organisation(
    session: Session, member: Member, administrator_email: str, *, public_url: str, now: datetime
) -> Member:
    """Register a firm on the operator's word.

    Args:
        session: The operator's transaction.
        member: The firm.
        administrator_email: Where the letter with the link goes.
        public_url: Address of the service.
        now: The present moment.

    Raises:
        InvalidMemberError: It has no role, or the operator's.
        InvalidEmailError: No letter can go there.
        AlreadyRegisteredError: Its number is taken.
    """
    refuse_roles(member.roles)
    administrator = Invited(read_email(administrator_email))
    register_member(session, member, administrator, public_url=public_url, now=now)
    return member
