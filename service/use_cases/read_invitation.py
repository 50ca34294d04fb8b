"""Whoever holds a code reads what it invites to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.invitation import refuse_answered
from service.store import chains, invitations, members
from service.store.session import whole_store


@dataclass(frozen=True, slots=True)
class InvitationInsight:
    """What an invitation says before it is answered.

    Args:
        chain: Name of the chain.
        product_family: What its products are.
        lead: Name of its lead firm.
        inviter: Name of the firm that invites.
        by_lead: Whether that is the lead firm, which then sees who accepts.
        expires_at: Until when it can be answered.
    """

    chain: Text
    product_family: str
    lead: Text
    inviter: Text
    by_lead: bool
    expires_at: datetime


def read_invitation(session: Session, code: str, now: datetime) -> InvitationInsight:
    """What a code invites to.

    Raises:
        NotThereError: No invitation has it.
        NotNowError: The invitation was answered or withdrawn, or ran out.
    """
    with whole_store(session):
        invitation = invitations.get_by_code(session, code)
        refuse_answered(invitation, now)
        chain = chains.get(session, invitation.chain_id)
        return InvitationInsight(
            chain=chain.name,
            product_family=chain.product_family,
            lead=members.get(session, chain.lead_id).name,
            inviter=members.get(session, invitation.inviter_id).name,
            by_lead=invitation.inviter_id == chain.lead_id,
            expires_at=invitation.expires_at,
        )
