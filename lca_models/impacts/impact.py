"""A result: a total, its parts, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.facts.data_quality import DataQuality
from lca_models.facts.stages import Stage


@dataclass(frozen=True, slots=True)
class LineImpact:
    """What one line of a product's activity data contributes, per declared unit of the product.

    Args:
        line: Label of the line.
        stage: Stage of the line.
        supplier: Product, declaration or factor that it draws on; None for an own emission.
        kg_co2e: Contribution to the total.
        primary_data_share: 0 to 1, PACT Methodology v3 formula.
    """

    line: str
    stage: Stage
    supplier: str | None
    kg_co2e: float
    primary_data_share: float


@dataclass(frozen=True, slots=True)
class OrganisationImpact:
    """What one firm answers for in a product, per declared unit of the product.

    Args:
        organisation: Id of the firm, or of the owner of a declared footprint.
        on_site_kg_co2e: Emitted on the firm's own sites: by combustion, process or otherwise.
        purchased_kg_co2e: Behind the published factors that the firm's lines draw on.
        declared_kg_co2e: Behind the footprints that the firm declares and others use.
    """

    organisation: str
    on_site_kg_co2e: float = 0.0
    purchased_kg_co2e: float = 0.0
    declared_kg_co2e: float = 0.0

    @property
    def kg_co2e(self) -> float:
        """All together."""
        return self.on_site_kg_co2e + self.purchased_kg_co2e + self.declared_kg_co2e


@dataclass(frozen=True, slots=True)
class SupplierImpact:
    """What the maker of a product gets from one firm, with everything behind it.

    Args:
        organisation: Id of the firm, or of the owner of a declared footprint; the maker itself
            where something enters the chain at its own process.
        kg_co2e: Contribution to one declared unit of the product.
    """

    organisation: str
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class GapImpact:
    """A line without a value anywhere in the product's chain: left out, never zero.

    Args:
        product: Product whose inventory has the gap.
        line: Label of the line.
        amount: How much of the missing thing one declared unit of the lead product needs.
        unit: Unit of the amount.
        upper_kg_co2e: Highest comparison value times amount; None where none is known.
    """

    product: str
    line: str
    amount: float
    unit: str
    upper_kg_co2e: float | None


@dataclass(frozen=True, slots=True)
class Impact:
    """Cradle-to-gate impact of one declared unit of a product, with its exact splits.

    Every split sums to `kg_co2e` (relative 1e-9).

    Args:
        product: Id of the product.
        unit: Declared unit that the impact is per.
        kg_co2e: Total over 100 years, biogenic CO2 apart.
        biogenic_co2_kg: Biogenic CO2, reported beside the total.
        by_stage: kg CO2e by stage of the product's own inventory.
        by_gas: kg CO2e by gas; `CO2e` holds what was published without a split.
        by_gas_kg: kg of each gas; `CO2e` as published.
        by_line: Lines of the product's own inventory.
        by_organisation: Firms and declarers along the chain.
        by_gwp_basis: kg CO2e by the GWPs behind it: the chosen set where gases are known.
        primary_data_share: 0 to 1, PACT Methodology v3 formula.
        data_quality: Ratings through the whole chain, PACT Methodology v3 formula.
        screening_share: Share of the absolute contributions that rests on screening values.
        gaps: Everything without a value along the chain.
        by_tier: kg CO2e that enters at the product's own process, at its suppliers', at theirs, and
            so on; the last is what lies further up.
        by_supplier: Firms that its maker buys from, and itself.
    """

    product: str
    unit: str
    kg_co2e: float
    biogenic_co2_kg: float
    by_stage: Mapping[Stage, float]
    by_gas: Mapping[str, float]
    by_gas_kg: Mapping[str, float]
    by_line: tuple[LineImpact, ...]
    by_organisation: tuple[OrganisationImpact, ...]
    by_gwp_basis: Mapping[str, float]
    primary_data_share: float
    data_quality: DataQuality
    screening_share: float
    gaps: tuple[GapImpact, ...]
    by_tier: tuple[float, ...]
    by_supplier: tuple[SupplierImpact, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is a value at all: nothing but gaps is no zero."""
        return bool(self.by_organisation) or not self.gaps


@dataclass(frozen=True, slots=True)
class Method:
    """Everything that, with the same inventory, gives the same digits.

    Args:
        characterisation: Set of GWPs: AR4, AR5 or AR6.
        library_version: Content hash of the background library.
        engine: Versions of the packages that solved it; `bw2calc` is among them if it did.
        inputs_hash: SHA-256 over laid-out inventory, library version and characterisation; the
            order of processes and lines does not change it.
    """

    characterisation: str
    library_version: str
    engine: Mapping[str, str]
    inputs_hash: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """The impacts of every product of an inventory, and how they were made."""

    impacts: Mapping[str, Impact]
    method: Method
