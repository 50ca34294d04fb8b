"""A consent: a supplier lets one buyer see more than two digits of its footprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

# So few that the amounts behind a footprint cannot be told from it, so many that it can be used.
DEFAULT_DIGITS = 2
LEAST_CONSENTED_DIGITS = 3
# No binary number of 64 bits has more (IEEE 754-2019, section 5.12.2).
ALL_DIGITS = 17


@dataclass(frozen=True, slots=True)
class Consent:
    """One supplier's word to one buyer.

    Args:
        id: Its id.
        supplier_id: Who consents.
        buyer_id: Who may see more.
        product_id: Of which product; None for all.
        significant_digits: How many digits, from 3; 17 are all.
        granted_at: Since when.
        withdrawn_at: Until when; what was seen before remains seen.
    """

    id: UUID
    supplier_id: UUID
    buyer_id: UUID
    product_id: UUID | None
    significant_digits: int
    granted_at: datetime
    withdrawn_at: datetime | None = None


class GrantedDigits:
    """How many digits each buyer may see of each product."""

    def __init__(self, consents: Iterable[Consent]) -> None:
        """Know the consents that stand."""
        self._granted: dict[tuple[UUID, UUID, UUID | None], int] = {}
        for consent in consents:
            key = consent.supplier_id, consent.buyer_id, consent.product_id
            digits = max(self._granted.get(key, DEFAULT_DIGITS), consent.significant_digits)
            self._granted[key] = digits

    def find(self, supplier_id: UUID, buyer_id: UUID, product_id: UUID) -> int:
        """The most that any consent grants; two where none does."""
        return max(
            self._granted.get((supplier_id, buyer_id, named), DEFAULT_DIGITS)
            for named in (product_id, None)
        )
