"""An appointment: a firm lets a verifier read what it submits; and what the verifier states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.member import Member
from service.domain.organisation import Role


class NoVerifierError(RuleBrokenError):
    """A firm that does not verify, or is not here."""

    code = "no-verifier"
    title = Text(en="This firm is no verifier", zh="该组织不是核查机构")


class Outcome(StrEnum):
    """What a verifier found."""

    REASONABLE = "reasonable"
    """Reasonable assurance (ISO 14064-3)."""
    LIMITED = "limited"
    """Limited assurance (ISO 14064-3)."""
    REFUSED = "refused"
    """It could not be confirmed."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A verifier's access to a firm's data.

    Args:
        id: Its id.
        owner_id: The firm.
        verifier_id: The verifier.
        product_id: For this product; None for all.
        appointed_at: Since when.
        ended_at: Until when.
    """

    id: UUID
    owner_id: UUID
    verifier_id: UUID
    product_id: UUID | None
    appointed_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VerificationStatement:
    """What a verifier states on a submission; it never changes.

    Args:
        id: Its id.
        organisation_id: Whose submission it is.
        verifier_id: Who states.
        submission_id: On what.
        product_id: The product that the submission is about.
        outcome: What was found.
        statement: In its words.
        signed_by: Who signed.
        at: When.
    """

    id: UUID
    organisation_id: UUID
    verifier_id: UUID
    submission_id: UUID
    product_id: UUID
    outcome: Outcome
    statement: str
    signed_by: str
    at: datetime


def refuse_no_verifier(firm: Member | None, owner_id: UUID) -> None:
    """Make sure that a firm verifies others; who is not here answers alike.

    Raises:
        NoVerifierError: It does not.
    """
    if firm is None or Role.VERIFIER not in firm.roles or firm.id == owner_id:
        raise NoVerifierError(
            Text(en="No verifier of that id can be appointed.", zh="没有可指定的该编号核查机构。"),
            Text(en="Ask the verifier for its id here.", zh="请向核查机构索取其在本平台的编号。"),
        )
