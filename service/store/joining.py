"""What every way into a chain does in the store: spend an invitation, keep the membership."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.drawn_chain import refuse_closed
from service.domain.invitation import Invitation, InvitationState, answer
from service.domain.membership import Membership
from service.store import audit, chains, invitations, links, memberships
from service.store.audit import AuditNote
from service.store.ids import new_id


def join_chain(
    session: Session, invitation: Invitation, *, by: UUID, seen_by_lead: bool, now: datetime
) -> Invitation:
    """Accept a locked invitation for a firm, through the service's eyes.

    Who is in the chain already stays in it: its new inviter may link it, and learns no more.

    Args:
        session: The transaction.
        invitation: What is accepted.
        by: The firm.
        seen_by_lead: Whether the lead firm may know; it does where it invited itself.
        now: The present moment.

    Raises:
        NotThereError: The invitation is made out to another firm.
        NotNowError: It was answered or withdrawn, ran out, is the firm's own, or the chain closed.
    """
    accepted = answer(invitation, InvitationState.ACCEPTED, by, now, None)
    refuse_closed(chains.get(session, accepted.chain_id))
    invitations.replace(session, accepted)
    seen = seen_by_lead or accepted.inviter_id == accepted.lead_id
    known = memberships.find(session, accepted.chain_id, by, locked=True)
    if known is None:
        memberships.add(session, _first_membership(accepted, by, seen=seen, now=now))
    elif seen and not known.seen_by_lead:
        memberships.replace(session, replace(known, seen_by_lead=True))
        links.refresh_sight(session, accepted.chain_id, by)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="invitation.accept",
            subject="invitation",
            subject_id=accepted.id,
            organisation_id=by,
            details={"chain_id": str(accepted.chain_id)},
        ),
    )
    return accepted


def _first_membership(accepted: Invitation, firm: UUID, *, seen: bool, now: datetime) -> Membership:
    return Membership(
        id=new_id(),
        chain_id=accepted.chain_id,
        lead_id=accepted.lead_id,
        organisation_id=firm,
        invited_by_id=accepted.inviter_id,
        seen_by_lead=seen,
        joined_at=now,
    )
