"""Processes laid out for calculation: what each takes in, emits and makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from lca_models.facts.data_quality import UNKNOWN_QUALITY, DataQuality
from lca_models.facts.stages import Stage

_Part = TypeVar("_Part", "Exchange", "Emission", "Gap")


class SupplierKind(StrEnum):
    """Where an exchange comes from."""

    PRODUCT = "product"
    DECLARED = "declared"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, order=True)
class Supplier:
    """What an exchange draws on: a member's product, a declared footprint or a published factor."""

    kind: SupplierKind
    id: str


class DistributionKind(StrEnum):
    """Shapes of uncertainty that an amount can have, by the names of `stats_arrays`."""

    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How far an amount may be off, relative to the amount.

    Args:
        kind: Shape of the distribution.
        geometric_sd: Geometric standard deviation, 1 or above; lognormal only. The amount is the
            median.
        relative_sd: Standard deviation over the amount; normal only.
        relative_low: Least value over the amount; triangular and uniform.
        relative_high: Greatest value over the amount; triangular and uniform.
    """

    kind: DistributionKind
    geometric_sd: float | None = None
    relative_sd: float | None = None
    relative_low: float | None = None
    relative_high: float | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A process takes an amount of something.

    Args:
        line: Label of the line of activity data that this comes from.
        stage: Stage of the line.
        supplier: What is taken.
        amount: How much for one run of the process, in the unit of the supplier. Below zero it is
            a credit for what a co-product displaces; never so for a member's product.
        on_site: Whether the emissions behind it happen on the firm's own site (fuel it burns).
        screening: Whether a screening value stands in for a supplier that has not answered.
        uncertainty: How far the amount may be off.
        primary: Whether the amount was measured for this process.
        quality: How well a published factor fits; a product or declaration passes on its own.
    """

    line: str
    stage: Stage
    supplier: Supplier
    amount: float
    on_site: bool = False
    screening: bool = False
    uncertainty: Uncertainty | None = None
    primary: bool = True
    quality: DataQuality = UNKNOWN_QUALITY


@dataclass(frozen=True, slots=True)
class Emission:
    """A process emits a gas itself.

    Args:
        line: Label of the line of activity data.
        stage: Stage of the line.
        gas: Key of the gas in the characterisation table.
        mass_kg: How much for one run of the process; negative for a removal.
        primary: Whether it was measured for this process.
        uncertainty: How far the mass may be off.
        quality: How well the mass fits the process.
    """

    line: str
    stage: Stage
    gas: str
    mass_kg: float
    primary: bool
    uncertainty: Uncertainty | None = None
    quality: DataQuality = UNKNOWN_QUALITY


@dataclass(frozen=True, slots=True)
class Gap:
    """A line that nothing is known about.

    Args:
        line: Label of the line.
        stage: Stage of the line.
        amount: How much for one run of the process.
        unit: Unit of the amount.
        upper_kg_co2e_per_unit: Highest comparison value per unit, if any is known.
    """

    line: str
    stage: Stage
    amount: float
    unit: str
    upper_kg_co2e_per_unit: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What a line of a process covers: lines with the same need can stand in for each other.

    Grid power and solar power cover one need in kWh, steel from two mills one need in kg; why a
    footprint changed is told by needs.

    Args:
        line: Label of the line that covers it, alone or with others.
        stage: Stage of that line.
        name: What is needed, spelled alike wherever it is the same.
        amount: How much of it the line covers in one run.
        unit: Unit of the amount, the same for all lines of one need.
        suppliers: What the line draws on for it; several where they only cover it together.
        cover: What covers it, such as a source of power or a mode of transport, whatever factor
            stands for it; empty where that is its supplier.
        carried_t: Tonnes that are carried, where the need is to carry something.
        alone: Whether the product bears the line whole, unlike its run.
    """

    line: str
    stage: Stage
    name: str
    amount: float
    unit: str
    suppliers: tuple[Supplier, ...] = ()
    cover: str = ""
    carried_t: float | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """One run of making one product: `amount` of it from exchanges, with emissions and gaps.

    Args:
        product: Id of what is made; unique in an inventory.
        organisation: Id of the firm that runs it.
        unit: Declared unit of the product.
        amount: How many declared units one run makes, above zero.
        exchanges: What a run takes in.
        emissions: What a run emits itself.
        gaps: What a run takes in without a value.
        needs: What the lines cover; a line without one is a need of its own.
        share: Share of a common run that the amounts here are, where it makes several products;
            lines that serve this product alone, and credits, stand whole.
        allocation: Method behind that share; empty where the run makes one product.
        run: Names the run that several products share; empty where it makes one product.
        mass_share: Share of its mass in all that the run makes; None where a mass is not known.
    """

    product: str
    organisation: str
    unit: str
    amount: float
    exchanges: tuple[Exchange, ...] = ()
    emissions: tuple[Emission, ...] = ()
    gaps: tuple[Gap, ...] = ()
    needs: tuple[Need, ...] = ()
    share: float = 1.0
    allocation: str = ""
    run: str = ""
    mass_share: float | None = None


@dataclass(frozen=True, slots=True)
class DeclaredFootprint:
    """A footprint that its owner states: known per unit, without its inventory.

    Args:
        id: Id of the declaration; unique in an inventory.
        organisation: Id or name of the owner.
        unit: Unit that the gases are per.
        gases: kg per unit by gas; `CO2e` where only a total was stated.
        gwp_basis: GWPs behind a value stated as CO2e.
        primary_data_share: 0 to 1, as declared; 0 where unknown.
        uncertainty: How far the value may be off.
        quality: The ratings that its owner declares.
    """

    id: str
    organisation: str
    unit: str
    gases: Mapping[str, float]
    gwp_basis: str
    primary_data_share: float
    uncertainty: Uncertainty | None = None
    quality: DataQuality = UNKNOWN_QUALITY


@dataclass(frozen=True, slots=True)
class Inventory:
    """All processes of a chain and the declared footprints that they use."""

    processes: tuple[Process, ...]
    declared: tuple[DeclaredFootprint, ...] = field(default=())


def in_canonical_order(inventory: Inventory) -> Inventory:
    """The same inventory, ordered by what it says: sums then agree to the last digit."""
    processes = [
        replace(
            process,
            exchanges=_in_order(process.exchanges),
            emissions=_in_order(process.emissions),
            gaps=_in_order(process.gaps),
            needs=tuple(sorted(process.needs, key=attrgetter("name", "line", "cover", "amount"))),
        )
        for process in sorted(inventory.processes, key=lambda process: process.product)
    ]
    declared = sorted(inventory.declared, key=lambda declared: declared.id)
    return Inventory(tuple(processes), tuple(declared))


def _in_order(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """By label, and by all that they say only where labels repeat: that takes long."""
    repeated = len({part.line for part in parts}) < len(parts)
    return tuple(sorted(parts, key=repr if repeated else attrgetter("line")))
