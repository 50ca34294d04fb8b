"""A release as the API gives it, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from lca_models.facts.data_quality import DataQuality
from service.domain.appointment import Outcome, VerificationStatement
from service.domain.disclosure import DisclosedFigures, Figures, disclose, round_digits
from service.domain.release import Release
from service.domain.usability import Usability
from service.formats.bilingual import Part
from service.formats.result_document import DeclaredUnitPart

Digits = Annotated[
    str, Field(description="A decimal number, written out.", examples=["12000", "0.50"])
]
# Of shares that are no figure of the supplier's emissions.
_SHARE_DIGITS = 2


class DisclosedQualityPart(Part):
    """How far a footprint can be trusted, rounded like its total."""

    primary_data_share: Digits
    technological: Digits
    geographical: Digits
    temporal: Digits
    coverage_mass_share: Digits | None = Field(
        description="Share of the mass of its inputs that has a value; null if unknown."
    )
    usability: Usability


class DisclosedVerificationPart(Part):
    """What a verifier stated on the submission behind it."""

    outcome: Outcome
    signed_by: str
    on: date


class ReleaseContent(Part):
    """The footprint of one declared unit, as a buyer may read it."""

    per: DeclaredUnitPart
    significant_digits: int
    kg_co2e: Digits
    by_gas: dict[str, Digits] = Field(
        description="kg CO2e by gas in steps of the total's last digit; sums to the total."
    )
    quality: DisclosedQualityPart
    verification: DisclosedVerificationPart | None


class ReleaseDocument(Part):
    """A supplier's footprint as one buyer may read it; it never changes."""

    id: UUID
    product: UUID
    supplier: UUID
    buyer: UUID
    period_start: date
    period_end: date
    released_at: datetime
    footprint: ReleaseContent


def to_content(
    result: Mapping[str, Any], digits: int, verification: VerificationStatement | None
) -> dict[str, Any] | None:
    """What a buyer may read of a stored footprint; None where nothing is known.

    Args:
        result: The footprint of a result document.
        digits: Significant digits that are granted to the buyer.
        verification: The last statement on its submission.
    """
    figures = read_figures(result)
    if figures is None:
        return None
    seen = disclose(figures, digits)
    content = ReleaseContent(
        per=DeclaredUnitPart(**result["per"]),
        significant_digits=digits,
        kg_co2e=str(seen.kg_co2e),
        by_gas={gas: str(amount) for gas, amount in seen.by_gas.items()},
        quality=_quality(seen, result["quality"]),
        verification=None if verification is None else _verification(verification),
    )
    return content.model_dump(mode="json")


def _quality(seen: DisclosedFigures, quality: Mapping[str, Any]) -> DisclosedQualityPart:
    mass_share = quality["coverage"]["mass_share"]
    return DisclosedQualityPart(
        primary_data_share=str(seen.primary_data_share),
        technological=str(seen.technological),
        geographical=str(seen.geographical),
        temporal=str(seen.temporal),
        coverage_mass_share=None
        if mass_share is None
        else str(round_digits(mass_share, _SHARE_DIGITS)),
        usability=Usability(quality["usability"]["level"]),
    )


def _verification(stated: VerificationStatement) -> DisclosedVerificationPart:
    return DisclosedVerificationPart(
        outcome=stated.outcome, signed_by=stated.signed_by, on=stated.at.date()
    )


def read_figures(result: Mapping[str, Any]) -> Figures | None:
    """What of a stored footprint can be disclosed; None where nothing is known."""
    if result["kg_co2e"] is None:
        return None
    ratings = result["quality"]["data_quality"]
    return Figures(
        kg_co2e=result["kg_co2e"],
        by_gas={part["gas"]: part["kg_co2e"] for part in result["by_gas"]},
        primary_data_share=result["quality"]["primary_data_share"],
        quality=DataQuality(**ratings),
    )


def to_release_document(release: Release) -> ReleaseDocument:
    """A release as its buyer and its supplier read it."""
    return ReleaseDocument(
        id=release.id,
        product=release.product_id,
        supplier=release.supplier_id,
        buyer=release.buyer_id,
        period_start=release.period.start,
        period_end=release.period.end,
        released_at=release.released_at,
        footprint=ReleaseContent(**release.content),
    )
