"""A firm of a chain invites another into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.drawn_chain import refuse_closed
from service.domain.invitation import VALID_FOR, Invitation, InvitationState
from service.domain.person import read_email
from service.formats.members.chain_letters import write_invitation
from service.store import audit, chains, firm_letters, invitations, letters, members
from service.store.audit import AuditNote
from service.store.ids import new_id
from service.store.invitation_codes import draw_code, hash_code
from service.store.session import whole_store


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, and its code where the inviter hands it over itself."""

    invitation: Invitation
    code: str | None


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an invitation is made out to, and where its letter goes; nobody and nowhere if open."""

    email: str | None = None
    organisation_id: UUID | None = None


def invite_firm(
    session: Session,
    chain_id: UUID,
    invitee: Invitee,
    *,
    by: UUID,
    public_url: str,
    now: datetime,
) -> Invited:
    """Invite a firm into a chain that the inviter leads or takes part in.

    The code goes by letter where there is an address or a firm to write to, and is told otherwise.

    Raises:
        NotThereError: The inviter sees no such chain or firm.
        NotNowError: The chain is closed.
        InvalidEmailError: No letter can go there.
    """
    chain = chains.get(session, chain_id)
    refuse_closed(chain)
    code = draw_code()
    known = invitee.organisation_id
    if known is not None:
        members.get(session, known)
    invitation = Invitation(
        id=new_id(),
        chain_id=chain_id,
        lead_id=chain.lead_id,
        inviter_id=by,
        invitee_id=known,
        email=None if invitee.email is None else read_email(invitee.email),
        code_hash=hash_code(code),
        state=InvitationState.OPEN,
        reason=None,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invitations.add(session, invitation)
    _send(session, invitation, chain.name, code=code, public_url=public_url)
    _note(session, invitation)
    told = invitation.email is None and known is None
    return Invited(invitation, code if told else None)


def _send(
    session: Session, invitation: Invitation, chain: Text, *, code: str, public_url: str
) -> None:
    letter = write_invitation(
        members.get(session, invitation.inviter_id).name,
        chain,
        code=code,
        until=invitation.expires_at.date(),
        public_url=public_url,
    )
    now = invitation.created_at
    if invitation.email is not None:
        subject, body = letter.in_both()
        with whole_store(session):
            letters.write(
                session,
                to=invitation.email,
                subject=subject,
                body=body,
                organisation_id=None,
                now=now,
            )
    elif invitation.invitee_id is not None:
        firm_letters.write_to_firm(session, invitation.invitee_id, letter, now)


def _note(session: Session, invitation: Invitation) -> None:
    audit.note(
        session,
        AuditNote(
            at=invitation.created_at,
            action="invitation.send",
            subject="invitation",
            subject_id=invitation.id,
            organisation_id=invitation.inviter_id,
            details={"chain_id": str(invitation.chain_id)},
        ),
    )
