"""An invited firm joins a chain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.invitation import Invitation
from service.store import invitations
from service.store.joining import join_chain
from service.store.session import whole_store


def accept_invitation(
    session: Session, asked: UUID | str, *, by: UUID, seen_by_lead: bool, now: datetime
) -> Invitation:
    """Join a chain, once a code.

    Args:
        session: The transaction.
        asked: The code, or the id of an invitation made out to the firm.
        by: The firm that joins.
        seen_by_lead: Whether the lead firm may know; it does where it invited itself.
        now: The present moment.

    Raises:
        NotThereError: No invitation has the code, or it is made out to another firm.
        NotNowError: It was answered or withdrawn, ran out, is the firm's own, or the chain closed.
    """
    with whole_store(session):
        invitation = invitations.get_asked(session, asked, by)
        return join_chain(session, invitation, by=by, seen_by_lead=seen_by_lead, now=now)
