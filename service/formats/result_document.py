"""The result document: the footprints of a chain as JSON, in full precision. Version 1."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from lca_models.facts.stages import Stage
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.usability import Usability
from service.formats.bilingual import Bilingual, Part
from service.formats.factor_document import FactorItem

FORMAT: Literal["greenchain.result/1"] = "greenchain.result/1"
Share = Annotated[float, Field(description="From 0 to 1.")]


class NamedPart(Part):
    """Something with a name: a firm, a product, a declared footprint or a factor."""

    id: str
    name: Bilingual


class PeriodPart(Part):
    """A reporting period, both days included."""

    start: date
    end: date


class ChainPart(Part):
    """The chain that was calculated."""

    id: str
    name: Bilingual
    lead: NamedPart
    period: PeriodPart
    remark: Bilingual | None = Field(description="What its members want a reader to know.")


class MethodPart(Part):
    """Everything that, with the same inputs, gives the same digits."""

    characterisation: str = Field(description="Set of global warming potentials.")
    library_version: str = Field(description="Content hash of the background library.")
    greenchain: str = Field(description="Version of this software.")
    engine: dict[str, str] = Field(description="Versions of what calculated, by package.")
    inputs_hash: str = Field(description="SHA-256 of everything that the digits depend on.")
    boundary: Bilingual
    recycling: RecyclingMethod = Field(description="How recycling is counted: by cut-off.")


class DeclaredUnitPart(Part):
    """What the numbers of a footprint are per: 1 piece, 12 L."""

    amount: float
    unit: str


class GasPart(Part):
    """One gas; `CO2e` is what was published without a split into gases."""

    gas: str
    mass_kg: float
    kg_co2e: float


class LinePart(Part):
    """One line of the product's own activity data."""

    line: str
    stage: Stage
    supplier: NamedPart | None = Field(description="What it draws on; null for an own emission.")
    kg_co2e: float
    primary_data_share: Share


class OrganisationPart(Part):
    """What one firm along the chain answers for."""

    organisation: NamedPart
    on_site_kg_co2e: float = Field(description="Emitted on the firm's own sites.")
    purchased_kg_co2e: float = Field(description="Behind the published factors it draws on.")
    declared_kg_co2e: float = Field(description="Behind footprints that it declares.")
    kg_co2e: float


class SupplierPart(Part):
    """What a product gets from one firm of its first tier, with everything behind it."""

    organisation: NamedPart = Field(description="The maker itself for what enters at its process.")
    kg_co2e: float


class CoveragePart(Part):
    """How much of the product's own activity data has a value."""

    lines: int
    valued_lines: int
    mass_share: Share | None = Field(description="Null without inputs by mass.")


class RatingsPart(Part):
    """PACT's data quality ratings through the whole chain: 1, best, to 5, worst or unknown."""

    technological: float
    geographical: float
    temporal: float


class ShortfallPart(Part):
    """What keeps a footprint from a level of usability, or from an interval."""

    reason: Bilingual
    cure: Bilingual


class UsabilityPart(Part):
    """What a footprint is good for; the levels are explained in docs/method.md."""

    level: Usability
    next_needs: list[ShortfallPart] = Field(
        description="What keeps it from the next level; empty at the highest."
    )


class QualityPart(Part):
    """How far the footprint can be trusted."""

    primary_data_share: Share | None = Field(description="PACT Methodology v3; null if unknown.")
    data_quality: RatingsPart | None = Field(description="PACT Methodology v3; null if unknown.")
    screening_share: Share | None = Field(description="Share that rests on screening values.")
    exempted_share: Share | None = Field(
        description="At most this share is left out, gaps at their bound; null if one has none."
    )
    coverage: CoveragePart
    recycled_share: Share | None = Field(description="Null where no input states one.")
    usability: UsabilityPart


class AllocatedSharePart(Part):
    """The share of a run that one of its products carries."""

    product: str
    share: Share


class AllocationPart(Part):
    """How the run was shared among its co-products."""

    method: AllocationMethod
    shares: list[AllocatedSharePart]
    value_ratio: float | None = Field(
        description="Highest over lowest value per kg where PACT's rule was applied; null if a "
        "product has no value."
    )


class GapPart(Part):
    """Something along the chain that has no value: left out, listed, bounded where possible."""

    organisation: NamedPart
    product: str
    line: str
    amount: float = Field(description="Needed for one declared unit of the footprint's product.")
    unit: str
    reason: Bilingual
    cure: Bilingual
    upper_kg_co2e: float | None = Field(description="Highest comparison value; null if none.")
    cross_checks: list[str] = Field(description="Ids among the cross checks of the document.")


class IntervalPart(Part):
    """Where a number lies: as many cases lie below `low_kg_co2e` as above `high_kg_co2e`.

    The mean lies above the total where amounts and factors are lognormal: these are medians.
    """

    coverage: Share = Field(description="Share of the cases between low and high.")
    low_kg_co2e: float
    median_kg_co2e: float
    high_kg_co2e: float
    mean_kg_co2e: float
    standard_deviation_kg_co2e: float


class FootprintPart(Part):
    """The cradle-to-gate footprint of one declared unit of a product.

    Every split sums to `kg_co2e`. Where nothing at all is known the totals are null.
    """

    product: str
    name: Bilingual
    organisation: NamedPart
    per: DeclaredUnitPart
    answered: bool = Field(description="Whether the firm gave activity data of its own.")
    kg_co2e: float | None = Field(description="Total, electricity contracts counted.")
    location_based_kg_co2e: float | None = Field(
        description="Total with certified power counted as the grid that delivers it."
    )
    upper_kg_co2e: float | None = Field(
        description="Total with every gap at its highest comparison value; null if one has none."
    )
    interval: IntervalPart | None = Field(
        description="Of the total without gaps, to first order; what states no uncertainty counts "
        "as certain."
    )
    no_interval: ShortfallPart | None = Field(description="Why there is none.")
    biogenic_co2_kg: float | None = Field(description="Beside the total, not in it.")
    by_stage: dict[Stage, float] = Field(description="kg CO2e by life-cycle stage.")
    by_gas: list[GasPart]
    by_line: list[LinePart]
    by_organisation: list[OrganisationPart]
    by_tier: list[float] = Field(
        description="kg CO2e that enters at the product's own process, at its suppliers', at "
        "theirs and so on; the last is what lies further up. Empty where nothing is known."
    )
    by_supplier: list[SupplierPart]
    by_gwp_basis: dict[str, float] = Field(description="kg CO2e by the GWPs behind it.")
    quality: QualityPart
    allocation: AllocationPart | None
    gaps: list[GapPart]
    factors: list[str] = Field(description="Published factors that its own lines draw on, by id.")


class ResultDocument(Part):
    """The footprints of a chain: the lead firm's products first."""

    format: Literal["greenchain.result/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    chain: ChainPart
    method: MethodPart
    footprints: list[FootprintPart]
    factors: list[FactorItem] = Field(description="Published factors behind the footprints.")
    cross_checks: list[FactorItem] = Field(
        description="Values that may be shown beside a gap; none of them enters a footprint."
    )
