"""An invitation into a chain: a code that is spent once, by letter or from hand to hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.versions import NotNowError

VALID_FOR = timedelta(days=30)
_WHAT = Text(en="invitation", zh="邀请")


class InvitationState(StrEnum):
    """Where an invitation stands; that it has run out follows from the clock."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A firm is asked into a chain.

    Args:
        id: Its id here.
        chain_id: The chain.
        lead_id: Its lead firm.
        inviter_id: The firm that asks: the lead, or a member for its own suppliers.
        invitee_id: The firm that is asked, where known; the one that answered, afterwards.
        email: Where the letter went; None where the code is handed over otherwise.
        code_hash: What is kept of the code.
        state: Where it stands.
        reason: Why it was declined.
        created_at: When it was made.
        expires_at: Until when it can be answered.
        answered_at: When it was answered or withdrawn.
        version: Counts its changes.
    """

    id: UUID
    chain_id: UUID
    lead_id: UUID
    inviter_id: UUID
    invitee_id: UUID | None
    email: str | None
    code_hash: str
    state: InvitationState
    reason: str | None
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
    version: int = 1

    def has_expired(self, now: datetime) -> bool:
        """Whether it ran out unanswered."""
        return self.state is InvitationState.OPEN and now >= self.expires_at


def answer(
    invitation: Invitation, state: InvitationState, by: UUID, now: datetime, reason: str | None
) -> Invitation:
    """Accept or decline for a firm.

    Raises:
        NotThereError: It was made out to another firm.
        NotNowError: It was answered or withdrawn, ran out, or is the firm's own.
    """
    refuse_answered(invitation, now)
    if invitation.invitee_id not in {None, by}:
        raise not_there(_WHAT)
    if by in {invitation.inviter_id, invitation.lead_id}:
        raise NotNowError(
            Text(
                en="Your organisation invited, or leads the chain itself.",
                zh="贵组织即邀请方或该供应链的链主企业。",
            ),
            Text(en="Hand the code to the firm that you invite.", zh="请将邀请码交给受邀企业。"),
        )
    return replace(
        invitation,
        invitee_id=by,
        state=state,
        reason=reason,
        answered_at=now,
        version=invitation.version + 1,
    )


def withdraw(invitation: Invitation, now: datetime) -> Invitation:
    """Take an invitation back.

    Raises:
        NotNowError: It was answered or withdrawn already.
    """
    _refuse_unless_open(invitation)
    return replace(
        invitation,
        state=InvitationState.WITHDRAWN,
        answered_at=now,
        version=invitation.version + 1,
    )


def refuse_answered(invitation: Invitation, now: datetime) -> None:
    """Make sure that an invitation can still be answered.

    Raises:
        NotNowError: It was answered or withdrawn, or ran out.
    """
    _refuse_unless_open(invitation)
    if invitation.has_expired(now):
        raise NotNowError(
            Text(en="The invitation ran out on {day}.", zh="邀请已于{day}过期。").format(
                day=invitation.expires_at.date()
            ),
            Text(en="Ask who invited you for a new one.", zh="请联系邀请方重新发送邀请。"),
        )


def _refuse_unless_open(invitation: Invitation) -> None:
    if invitation.state is not InvitationState.OPEN:
        raise NotNowError(
            Text(en="The invitation has been answered or withdrawn.", zh="该邀请已答复或已撤回。"),
            Text(en="Ask for a new one where needed.", zh="如有需要，请索取新的邀请。"),
        )
