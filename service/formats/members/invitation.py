"""Invitations into chains as the API takes and gives them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from service.domain.invitation import Invitation, InvitationState
from service.domain.organisation import Role
from service.formats.bilingual import Bilingual, Part
from service.formats.members.member import NewMemberDocument
from service.formats.members.person import Email
from service.formats.members.words import Paragraph

_LONGEST_CODE = 60
CodeWord = Annotated[
    str,
    Field(
        min_length=1,
        max_length=_LONGEST_CODE,
        description="As it was told; case, blanks and hyphens do not matter.",
        examples=["7K2M9-0QXFT-4BD8H-ZR3NC-W5V1P"],
    ),
]
ShownState = Literal["open", "accepted", "declined", "withdrawn", "expired"]


class NewInvitationDocument(Part):
    """Whom to invite; without either you get the code, to hand it over yourself."""

    email: Email | None = Field(None, description="Where the letter with the code goes.")
    organisation_id: UUID | None = Field(
        None,
        description="A firm that you know, which alone can answer; its people get the letter "
        "where no address is given.",
    )


class InvitationDocument(Part):
    """An invitation as its two sides read it; the address is told to its sender alone."""

    id: UUID
    chain_id: UUID
    inviter_id: UUID
    invitee_id: UUID | None = Field(description="The firm that was asked, or that answered.")
    email: str | None
    state: ShownState
    reason: str | None
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None


class SentInvitationDocument(Part):
    """A new invitation; its code, where no letter carries it, is told here and never again."""

    invitation: InvitationDocument
    code: str | None


class InvitationCodeDocument(Part):
    """A code that somebody holds."""

    code: CodeWord


class InsightDocument(Part):
    """What a code invites to."""

    chain: Bilingual
    product_family: str
    lead: Bilingual
    inviter: Bilingual
    by_lead: bool = Field(description="Whether the lead firm itself invites: it then sees you.")
    expires_at: datetime


class AnswerPart(Part):
    """Which invitation is answered: by its code, or by its id where it was made out to you."""

    code: CodeWord | None = None
    invitation_id: UUID | None = None

    @model_validator(mode="after")
    def _refuse_none_or_both(self) -> Self:
        if (self.code is None) == (self.invitation_id is None):
            message = "give either code or invitation_id"
            raise ValueError(message)
        return self

    @property
    def asked(self) -> UUID | str:
        """The one that was given."""
        return self.code or self.invitation_id or ""


class AcceptanceDocument(AnswerPart):
    """Joining a chain."""

    seen_by_lead: bool = Field(
        default=False,
        description="Whether the lead firm may know; it does where it invited you itself.",
    )


class DeclineDocument(AnswerPart):
    """Not joining a chain."""

    reason: Paragraph


class InvitedRole(StrEnum):
    """What a firm may register as on an inviter's word."""

    SUPPLIER = Role.SUPPLIER.value
    RECYCLER = Role.RECYCLER.value


class InvitedMemberDocument(NewMemberDocument):
    """An organisation that registers by invitation: others are registered by the operator."""

    roles: Annotated[  # type: ignore[assignment]  # fewer roles than its base takes
        list[InvitedRole], Field(min_length=1, max_length=len(InvitedRole))
    ]


class RegistrationDocument(Part):
    """A firm that is new here registers, and joins the chain of its invitation."""

    code: CodeWord
    organisation: InvitedMemberDocument
    seen_by_lead: bool = Field(
        default=False,
        description="Whether the lead firm may know; it does where it invited you itself.",
    )


def to_invitation_document(
    invitation: Invitation, reader_id: UUID, now: datetime
) -> InvitationDocument:
    """An invitation as one firm reads it."""
    sent = invitation.inviter_id == reader_id
    return InvitationDocument(
        id=invitation.id,
        chain_id=invitation.chain_id,
        inviter_id=invitation.inviter_id,
        invitee_id=invitation.invitee_id,
        email=invitation.email if sent else None,
        state="expired" if invitation.has_expired(now) else _SHOWN[invitation.state],
        reason=invitation.reason,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        answered_at=invitation.answered_at,
    )


_SHOWN: dict[InvitationState, ShownState] = {
    InvitationState.OPEN: "open",
    InvitationState.ACCEPTED: "accepted",
    InvitationState.DECLINED: "declined",
    InvitationState.WITHDRAWN: "withdrawn",
}
