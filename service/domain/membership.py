"""A membership: a firm in a chain, and whether the lead firm may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Membership:
    """A firm that takes part in a chain; the lead firm itself has none.

    Args:
        id: Its id here.
        chain_id: The chain.
        lead_id: Its lead firm.
        organisation_id: The firm.
        invited_by_id: Who invited it first.
        seen_by_lead: Whether the lead firm sees it: invited by it, or let to by the firm.
        joined_at: Since when.
        left_at: Until when; None while it takes part.
    """

    id: UUID
    chain_id: UUID
    lead_id: UUID
    organisation_id: UUID
    invited_by_id: UUID
    seen_by_lead: bool
    joined_at: datetime
    left_at: datetime | None = None
