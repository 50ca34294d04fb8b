"""Invitations into chains, in the store."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.invitation import Invitation, InvitationState
from service.domain.paging import Page, PageAsked
from service.store.invitation_codes import hash_code
from service.store.paging import read_page
from service.store.tables.chains import InvitationRow

_WHAT = Text(en="invitation", zh="邀请")


def add(session: Session, invitation: Invitation) -> None:
    """Keep a new invitation."""
    session.add(InvitationRow(**_values(invitation)))
    session.flush()


def get(session: Session, invitation_id: UUID, *, locked: bool = False) -> Invitation:
    """One invitation.

    Raises:
        NotThereError: There is none that the viewer sent or was sent.
    """
    row = session.get(
        InvitationRow,
        invitation_id,
        with_for_update=True if locked else None,
        populate_existing=locked,
    )
    if row is None:
        raise not_there(_WHAT)
    return _to_invitation(row)


def get_by_code(session: Session, code: str, *, locked: bool = False) -> Invitation:
    """The invitation of a code; who holds it may see it, so look through the service's eyes.

    Raises:
        NotThereError: No invitation has it.
    """
    query = select(InvitationRow).where(InvitationRow.code_hash == hash_code(code))
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query).first()
    if row is None:
        raise not_there(_WHAT)
    return _to_invitation(row)


def get_asked(session: Session, asked: UUID | str, invitee_id: UUID) -> Invitation:
    """What a firm answers, locked: by a code, or by the id of what was made out to it.

    Look through the service's eyes.

    Raises:
        NotThereError: No invitation has the code, or the firm was not sent that one.
    """
    if isinstance(asked, str):
        return get_by_code(session, asked, locked=True)
    invitation = get(session, asked, locked=True)
    if invitation.invitee_id != invitee_id:
        raise not_there(_WHAT)
    return invitation


def replace(session: Session, invitation: Invitation) -> None:
    """Keep an invitation as it is now."""
    session.get_one(InvitationRow, invitation.id).sqlmodel_update(_values(invitation))
    session.flush()


def list_seen(
    session: Session,
    asked: PageAsked,
    *,
    chain_id: UUID | None = None,
    state: InvitationState | None = None,
) -> Page[Invitation]:
    """Invitations that the viewer sent or was sent, the newest last."""
    query = select(InvitationRow)
    if chain_id is not None:
        query = query.where(InvitationRow.chain_id == chain_id)
    if state is not None:
        query = query.where(InvitationRow.state == state.value)
    sorts = {"created_at": InvitationRow.created_at, "expires_at": InvitationRow.expires_at}
    page = read_page(session, query, asked, sorts=sorts, key=col(InvitationRow.id))
    return page.map(_to_invitation)


def list_sent(session: Session, chain_id: UUID, inviter_id: UUID) -> tuple[Invitation, ...]:
    """All invitations into a chain that a firm sent."""
    query = select(InvitationRow).where(
        InvitationRow.chain_id == chain_id, InvitationRow.inviter_id == inviter_id
    )
    return tuple(map(_to_invitation, session.exec(query)))


def has_invited(session: Session, chain_id: UUID, inviter_id: UUID, invitee_id: UUID) -> bool:
    """Whether a firm asked another into a chain, which has not said no."""
    states = (InvitationState.OPEN.value, InvitationState.ACCEPTED.value)
    query = select(InvitationRow.id).where(
        InvitationRow.chain_id == chain_id,
        InvitationRow.inviter_id == inviter_id,
        InvitationRow.invitee_id == invitee_id,
        col(InvitationRow.state).in_(states),
    )
    return session.exec(query.limit(1)).first() is not None


def _values(invitation: Invitation) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: getattr(invitation, name) for name in InvitationRow.model_fields
    }
    return values | {"state": invitation.state.value}


def _to_invitation(row: InvitationRow) -> Invitation:
    return Invitation(**row.model_dump() | {"state": InvitationState(row.state)})
