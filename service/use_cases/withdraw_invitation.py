"""An inviter takes its invitation back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain import invitation as rules
from service.domain.access import not_there
from service.domain.invitation import Invitation
from service.store import audit, invitations
from service.store.audit import AuditNote


def withdraw_invitation(
    session: Session, invitation_id: UUID, *, by: UUID, now: datetime
) -> Invitation:
    """Take an unanswered invitation back: its code opens nothing any more.

    Raises:
        NotThereError: The firm sent no such invitation.
        NotNowError: It was answered or withdrawn already.
    """
    invitation = invitations.get(session, invitation_id, locked=True)
    if invitation.inviter_id != by:
        raise not_there(Text(en="invitation of yours", zh="由您发出的邀请"))
    withdrawn = rules.withdraw(invitation, now)
    invitations.replace(session, withdrawn)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="invitation.withdraw",
            subject="invitation",
            subject_id=invitation_id,
            organisation_id=by,
            details={},
        ),
    )
    return withdrawn
