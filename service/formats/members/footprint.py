"""Kept footprints as the API gives them: to their owner, and to the lead firm of a chain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from lca_models.facts.stages import Stage
from service.domain.chain_footprint import ChainProductFootprint
from service.domain.kept_footprint import KeptFootprint
from service.domain.submission import Period
from service.formats.bilingual import Part
from service.formats.lockfile import RecipePart
from service.formats.result_document import FootprintPart


class PeriodAsked(Part):
    """A reporting period, both days included."""

    period_start: Annotated[date, Field(examples=["2025-01-01"])]
    period_end: Annotated[date, Field(examples=["2025-12-31"])]

    @model_validator(mode="after")
    def _in_order(self) -> PeriodAsked:
        if self.period_end < self.period_start:
            message = "the period ends before it starts | 期末早于期初"
            raise ValueError(message)
        return self

    def to_period(self) -> Period:
        """The period as the house speaks of it."""
        return Period(self.period_start, self.period_end)


class FootprintSummary(Part):
    """One version of a product's footprint."""

    id: UUID
    product: UUID
    period_start: date
    period_end: date
    number: int = Field(description="Counts the versions, from 1.")
    replaces: UUID | None
    kg_co2e: float | None = Field(description="Of one declared unit; null where nothing is known.")
    calculated_at: datetime
    superseded_at: datetime | None = Field(description="Null for the current version.")


class KeptFootprintDocument(FootprintSummary):
    """One version of a product's footprint, with everything that its reader may see of it."""

    from_rounded: bool = Field(
        description="Whether other firms' data stands behind it: then it is calculated from your "
        "own data and the footprints of your suppliers as they let you see them."
    )
    method: RecipePart
    footprint: FootprintPart


class FirmPart(Part):
    """What one firm brings to a product of a chain; null stands for all that are not shown."""

    organisation: UUID | None
    kg_co2e: float


class ChainProductPart(Part):
    """A product of the chain, and what the firms that its lead sees bring to it."""

    footprint_id: UUID
    product: UUID
    kg_co2e: float | None
    by_gas: dict[str, float]
    by_stage: dict[Stage, float]
    primary_data_share: float | None
    by_firm: list[FirmPart]


class ChainFootprintDocument(Part):
    """The footprints of a chain's products, as its lead firm sees them."""

    chain: UUID
    period_start: date
    period_end: date
    products: list[ChainProductPart]


def to_summary(kept: KeptFootprint) -> FootprintSummary:
    """One version in short."""
    return FootprintSummary(**_summarise(kept))


def to_footprint_document(kept: KeptFootprint) -> KeptFootprintDocument:
    """One version as its owner, and verifiers that it appointed, may read it."""
    return KeptFootprintDocument(
        **_summarise(kept),
        from_rounded=kept.seen is not None,
        method=RecipePart(**kept.lockfile["method"]),
        footprint=FootprintPart.model_validate(kept.for_owner),
    )


def to_chain_product(found: ChainProductFootprint) -> ChainProductPart:
    """A product of a chain, without a line."""
    shown = found.kept.for_owner
    return ChainProductPart(
        footprint_id=found.kept.id,
        product=found.kept.product_id,
        kg_co2e=shown["kg_co2e"],
        by_gas={part["gas"]: part["kg_co2e"] for part in shown["by_gas"]},
        by_stage=shown["by_stage"],
        primary_data_share=shown["quality"]["primary_data_share"],
        by_firm=[
            FirmPart(organisation=firm, kg_co2e=kg_co2e) for firm, kg_co2e in found.by_firm.items()
        ],
    )


def _summarise(kept: KeptFootprint) -> dict[str, Any]:
    return {
        "id": kept.id,
        "product": kept.product_id,
        "period_start": kept.period.start,
        "period_end": kept.period.end,
        "number": kept.number,
        "replaces": kept.replaces_id,
        "kg_co2e": kept.for_owner["kg_co2e"],
        "calculated_at": kept.calculated_at,
        "superseded_at": kept.superseded_at,
    }
