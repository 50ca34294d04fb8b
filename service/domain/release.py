"""A release: a supplier's footprint as one buyer may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.submission import Period


@dataclass(frozen=True, slots=True)
class Release:
    """What one buyer may read of one version of a footprint; it never changes.

    Args:
        id: Its id.
        footprint_id: The version.
        product_id: The product.
        supplier_id: Who makes it.
        buyer_id: Who may read it.
        period: The reporting period.
        significant_digits: With how many digits.
        content: What is read.
        released_at: Since when.
    """

    id: UUID
    footprint_id: UUID
    product_id: UUID
    supplier_id: UUID
    buyer_id: UUID
    period: Period
    significant_digits: int
    content: Mapping[str, Any]
    released_at: datetime

    @property
    def about(self) -> tuple[UUID, UUID, Period]:
        """Buyer, product and period: of these the last release counts."""
        return self.buyer_id, self.product_id, self.period
