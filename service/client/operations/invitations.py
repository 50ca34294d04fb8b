"""`/v1/invitations`: how firms come into a chain.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.domain.invitation import InvitationState
from service.formats.members.invitation import (
    AcceptanceDocument,
    DeclineDocument,
    InsightDocument,
    InvitationCodeDocument,
    InvitationDocument,
    NewInvitationDocument,
    RegistrationDocument,
    SentInvitationDocument,
)
from service.formats.members.listing import ListDocument
from service.formats.members.member import MemberDocument


class Invitations:
    """`/v1/invitations`: how firms come into a chain."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_invitation(
        self, chain_id: UUID, body: NewInvitationDocument
    ) -> SentInvitationDocument:
        """Invite a firm into a chain that you lead or take part in, by letter or by a code."""
        return self._connection.send(
            "POST", f"/v1/chains/{chain_id}/invitations", SentInvitationDocument, body=body
        )

    def list_invitations(
        self,
        *,
        chain_id: UUID | None = None,
        state: InvitationState | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[InvitationDocument]:
        """Invitations that you sent or were sent; by `created_at` or `expires_at`."""
        return self._connection.send(
            "GET",
            "/v1/invitations",
            ListDocument[InvitationDocument],
            query={
                "chain_id": chain_id,
                "state": state,
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
            },
        )

    def get_invitation(self, invitation_id: UUID) -> InvitationDocument:
        """One invitation that you sent or were sent."""
        return self._connection.send("GET", f"/v1/invitations/{invitation_id}", InvitationDocument)

    def create_invitation_withdrawal(self, invitation_id: UUID) -> InvitationDocument:
        """Take back an invitation that you sent."""
        return self._connection.send(
            "POST", f"/v1/invitations/{invitation_id}/withdrawal", InvitationDocument
        )

    def create_invitation_reading(self, body: InvitationCodeDocument) -> InsightDocument:
        """Read what a code invites to, without spending it; no sign-in needed."""
        return self._connection.send("POST", "/v1/invitations/reading", InsightDocument, body=body)

    def create_invitation_acceptance(self, body: AcceptanceDocument) -> InvitationDocument:
        """Join the chain of an invitation; a code is spent once."""
        return self._connection.send(
            "POST", "/v1/invitations/acceptance", InvitationDocument, body=body
        )

    def create_invitation_refusal(self, body: DeclineDocument) -> InvitationDocument:
        """Decline an invitation; its sender reads who and why."""
        return self._connection.send(
            "POST", "/v1/invitations/refusal", InvitationDocument, body=body
        )

    def create_invited_organisation(self, body: RegistrationDocument) -> MemberDocument:
        """Register your organisation with a code and join its chain; you get a link by letter."""
        return self._connection.send(
            "POST", "/v1/invitations/registration", MemberDocument, body=body
        )
