"""An invited firm does not join a chain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain import invitation as rules
from service.domain.invitation import Invitation, InvitationState
from service.store import audit, invitations
from service.store.audit import AuditNote
from service.store.session import whole_store


def decline_invitation(
    session: Session, asked: UUID | str, reason: str, *, by: UUID, now: datetime
) -> Invitation:
    """Decline an invitation, which tells its inviter who and why.

    Args:
        session: The transaction.
        asked: The code, or the id of an invitation made out to the firm.
        reason: Why.
        by: The firm that declines.
        now: The present moment.

    Raises:
        NotThereError: No invitation has the code, or it is made out to another firm.
        NotNowError: It was answered or withdrawn, ran out, or is the firm's own.
    """
    with whole_store(session):
        open_one = invitations.get_asked(session, asked, by)
        declined = rules.answer(open_one, InvitationState.DECLINED, by, now, reason)
        invitations.replace(session, declined)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="invitation.decline",
            subject="invitation",
            subject_id=declined.id,
            organisation_id=by,
            details={"chain_id": str(declined.chain_id)},
        ),
    )
    return declined
