"""A kept footprint: one version of a product's footprint for a period, as it was stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.submission import Period


@dataclass(frozen=True, slots=True)
class KeptFootprint:
    """One version; nothing of it changes but that a later one replaces it.

    Args:
        id: Its id.
        organisation_id: Who makes the product.
        product_id: The product.
        period: The reporting period.
        number: Counts the versions, from 1.
        replaces_id: The version before; None for the first.
        kg_co2e: Total of one declared unit; None where nothing is known.
        result: The whole result. Other firms' data stands behind it where `seen` is given: then it
            is for the service alone.
        seen: What its owner reads in its place.
        lockfile: What makes it again.
        lockfile_hash: The hash of all that it was made from.
        calculated_at: When.
        superseded_at: When the next version came.
    """

    id: UUID
    organisation_id: UUID
    product_id: UUID
    period: Period
    number: int
    replaces_id: UUID | None
    kg_co2e: float | None
    result: Mapping[str, Any]
    seen: Mapping[str, Any] | None
    lockfile: Mapping[str, Any]
    lockfile_hash: str
    calculated_at: datetime
    superseded_at: datetime | None = None

    @property
    def submission_id(self) -> UUID:
        """The submission of the product itself, or of the run that makes it beside another."""
        return UUID(self.lockfile["own_submission"])

    @property
    def for_owner(self) -> Mapping[str, Any]:
        """The result as its owner, and verifiers that it appointed, may read it."""
        return self.result if self.seen is None else self.seen


@dataclass(frozen=True, slots=True)
class CalculatedFootprint:
    """A footprint that is about to be kept; fields as in `KeptFootprint`."""

    organisation_id: UUID
    product_id: UUID
    period: Period
    kg_co2e: float | None
    result: Mapping[str, Any]
    seen: Mapping[str, Any] | None
    lockfile: Mapping[str, Any]
    lockfile_hash: str
