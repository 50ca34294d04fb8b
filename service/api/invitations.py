"""`/v1/invitations`: how firms come into a chain."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from service.api.acting import Acting
from service.api.context import Wired
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.invitation import InvitationState
from service.formats.bilingual import to_bilingual
from service.formats.members.invitation import (
    AcceptanceDocument,
    DeclineDocument,
    InsightDocument,
    InvitationCodeDocument,
    InvitationDocument,
    NewInvitationDocument,
    RegistrationDocument,
    SentInvitationDocument,
    to_invitation_document,
)
from service.formats.members.listing import ListDocument
from service.formats.members.member import MemberDocument, from_new_member, to_member_document
from service.store import invitations
from service.store.ids import new_id
from service.use_cases.accept_invitation import accept_invitation
from service.use_cases.decline_invitation import decline_invitation
from service.use_cases.invite_firm import Invitee, invite_firm
from service.use_cases.read_invitation import read_invitation
from service.use_cases.register_invited import register_invited
from service.use_cases.withdraw_invitation import withdraw_invitation

router = make_router("chains")


@router.post("/v1/chains/{chain_id}/invitations", status_code=201)
def create_invitation(
    chain_id: UUID,
    asked: NewInvitationDocument,
    session: Transaction,
    acting: Acting,
    response: Response,
) -> SentInvitationDocument:
    """Invite a firm into a chain that you lead or take part in, by letter or by a code."""
    sent = invite_firm(
        session,
        chain_id,
        Invitee(email=asked.email, organisation_id=asked.organisation_id),
        by=acting.by,
        public_url=acting.public_url,
        now=acting.now,
    )
    response.headers["Location"] = f"/v1/invitations/{sent.invitation.id}"
    shown = to_invitation_document(sent.invitation, acting.by, acting.now)
    return SentInvitationDocument(invitation=shown, code=sent.code)


@router.get("/v1/invitations")
def list_invitations(
    asked: Listing,
    session: Reading,
    acting: Acting,
    chain_id: Annotated[UUID | None, Query(description="Those into this chain only.")] = None,
    state: Annotated[
        InvitationState | None, Query(description="Those only; `open` ones may have expired.")
    ] = None,
) -> ListDocument[InvitationDocument]:
    """Invitations that you sent or were sent; by `created_at` or `expires_at`."""
    found = invitations.list_seen(session, asked, chain_id=chain_id, state=state)
    reader = acting.by
    return asked.answer(found.map(lambda each: to_invitation_document(each, reader, acting.now)))


@router.get("/v1/invitations/{invitation_id}")
def get_invitation(invitation_id: UUID, session: Reading, acting: Acting) -> InvitationDocument:
    """One invitation that you sent or were sent."""
    invitation = invitations.get(session, invitation_id)
    return to_invitation_document(invitation, acting.by, acting.now)


@router.post("/v1/invitations/{invitation_id}/withdrawal")
def create_invitation_withdrawal(
    invitation_id: UUID, session: Transaction, acting: Acting
) -> InvitationDocument:
    """Take back an invitation that you sent."""
    withdrawn = withdraw_invitation(session, invitation_id, by=acting.by, now=acting.now)
    return to_invitation_document(withdrawn, acting.by, acting.now)


@router.post("/v1/invitations/reading")
def create_invitation_reading(
    asked: InvitationCodeDocument, session: Reading, now: Now
) -> InsightDocument:
    """Read what a code invites to, without spending it; no sign-in needed."""
    insight = read_invitation(session, asked.code, now)
    return InsightDocument(
        chain=to_bilingual(insight.chain),
        product_family=insight.product_family,
        lead=to_bilingual(insight.lead),
        inviter=to_bilingual(insight.inviter),
        by_lead=insight.by_lead,
        expires_at=insight.expires_at,
    )


@router.post("/v1/invitations/acceptance")
def create_invitation_acceptance(
    asked: AcceptanceDocument, session: Transaction, acting: Acting
) -> InvitationDocument:
    """Join the chain of an invitation; a code is spent once."""
    accepted = accept_invitation(
        session, asked.asked, by=acting.by, seen_by_lead=asked.seen_by_lead, now=acting.now
    )
    return to_invitation_document(accepted, acting.by, acting.now)


@router.post("/v1/invitations/refusal")
def create_invitation_refusal(
    asked: DeclineDocument, session: Transaction, acting: Acting
) -> InvitationDocument:
    """Decline an invitation; its sender reads who and why."""
    declined = decline_invitation(session, asked.asked, asked.reason, by=acting.by, now=acting.now)
    return to_invitation_document(declined, acting.by, acting.now)


@router.post("/v1/invitations/registration", status_code=201)
def create_invited_organisation(
    asked: RegistrationDocument, session: Transaction, wiring: Wired, now: Now, response: Response
) -> MemberDocument:
    """Register your organisation with a code and join its chain; you get a link by letter."""
    member = register_invited(
        session,
        asked.code,
        from_new_member(asked.organisation, new_id(), now=now),
        asked.organisation.administrator_email,
        seen_by_lead=asked.seen_by_lead,
        public_url=wiring.members.public_url,
        now=now,
    )
    response.headers["Location"] = f"/v1/organisations/{member.id}"
    return to_member_document(member)
