"""Why a footprint changed between two versions of a chain: a cause for every part of the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import Text
from lca_models.facts.stages import Stage


class Driver(StrEnum):
    """What can change a footprint.

    `SUPPLIER_IMPROVEMENT` is what other firms did: every performance driver that happened at a
    supplier, and footprints that suppliers declare anew.
    """

    VOLUME = "volume"
    MATERIAL_AMOUNTS = "material_amounts"
    ENERGY_INTENSITY = "energy_intensity"
    ENERGY_MIX = "energy_mix"
    TRANSPORT = "transport"
    PROCESS_EMISSIONS = "process_emissions"
    WASTE = "waste"
    SUPPLIER_SWITCH = "supplier_switch"
    SUPPLIER_IMPROVEMENT = "supplier_improvement"
    DATA_COVERAGE = "data_coverage"
    FACTOR_VERSION = "factor_version"
    METHOD = "method"

    @property
    def is_performance(self) -> bool:
        """Whether somebody did something; what is not may never be called a reduction."""
        return self not in _NO_PERFORMANCE


_NO_PERFORMANCE = frozenset(
    {Driver.VOLUME, Driver.DATA_COVERAGE, Driver.FACTOR_VERSION, Driver.METHOD}
)
DRIVER_NAMES: Mapping[Driver, Text] = {
    Driver.VOLUME: Text(en="Volume sold", zh="销量"),
    Driver.MATERIAL_AMOUNTS: Text(en="Material efficiency", zh="材料用量（物料清单）"),
    Driver.ENERGY_INTENSITY: Text(en="Energy intensity", zh="能源强度"),
    Driver.ENERGY_MIX: Text(en="Energy mix and green power", zh="能源结构与绿电"),
    Driver.TRANSPORT: Text(en="Transport mode and distance", zh="运输方式与距离"),
    Driver.PROCESS_EMISSIONS: Text(en="Process emissions", zh="过程直接排放"),
    Driver.WASTE: Text(en="Waste treatment", zh="废弃物处理"),
    Driver.SUPPLIER_SWITCH: Text(en="Supplier switch", zh="更换供应商"),
    Driver.SUPPLIER_IMPROVEMENT: Text(en="Supplier improvement", zh="供应商改进"),
    Driver.DATA_COVERAGE: Text(en="Data coverage", zh="数据完整性"),
    Driver.FACTOR_VERSION: Text(en="Factors and library version", zh="排放因子与背景数据库版本"),
    Driver.METHOD: Text(en="Method", zh="核算方法"),
}


class _Told:
    """A change told by its causes, kg CO2e by driver."""

    __slots__ = ()
    causes: Mapping[Driver, float]

    @property
    def kg_co2e(self) -> float:
        """All together: the change."""
        return sum(self.causes.values())

    @property
    def performance_kg_co2e(self) -> float:
        """The part that somebody brought about."""
        return sum(kg for driver, kg in self.causes.items() if driver.is_performance)

    @property
    def other_kg_co2e(self) -> float:
        """The part that is no performance: volume, data, factors and method."""
        return sum(kg for driver, kg in self.causes.items() if not driver.is_performance)


@dataclass(frozen=True, slots=True)
class OrganisationChange(_Told):
    """What happened at one firm, as it reaches one declared unit of a product.

    Args:
        organisation: Id of the firm, or of the owner of a declared footprint.
        causes: kg CO2e by driver, named as at the firm itself.
    """

    organisation: str
    causes: Mapping[Driver, float]


@dataclass(frozen=True, slots=True)
class OneSidedNeed:
    """What a process needs in one version only: done away with, told by another name, or forgotten.

    Args:
        organisation: Id of the firm.
        product: What its process makes.
        stage: Stage of the lines that cover it.
        name: What is needed.
        came: Whether the second version has it, or else the first.
        kg_co2e: What it adds to the change of one declared unit; in the causes as performance.
    """

    organisation: str
    product: str
    stage: Stage
    name: str
    came: bool
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class SalesChange(_Told):
    """The change of all that was sold: volume changes too.

    Args:
        amount_before: Declared units sold in the first version.
        amount_after: Declared units sold in the second.
        causes: kg CO2e by driver; sums to the change of amount times footprint.
    """

    amount_before: float
    amount_after: float
    causes: Mapping[Driver, float]


@dataclass(frozen=True, slots=True)
class Change(_Told):
    """Why the footprint of one declared unit of a product changed.

    Args:
        product: Id of the product.
        unit: Declared unit, the same in both versions.
        in_both: Whether both versions have the product; if not, the one that lacks it shows what it
            would have been, made as in the other.
        kg_co2e_before: Footprint in the first version.
        kg_co2e_after: Footprint in the second.
        causes: kg CO2e by driver, exactly the change together; drivers of performance hold what
            the firm itself did, the others count through the whole chain.
        supplied: What is in the supplier improvement, by what the suppliers did.
        organisations: The same change by the firm where it happened, largest first.
        one_sided: Needs of one version alone that count as performance, largest first.
        sales: The change of all that was sold; None where no amounts were given.
    """

    product: str
    unit: str
    in_both: bool
    kg_co2e_before: float
    kg_co2e_after: float
    causes: Mapping[Driver, float]
    supplied: Mapping[Driver, float]
    organisations: tuple[OrganisationChange, ...]
    one_sided: tuple[OneSidedNeed, ...]
    sales: SalesChange | None = None

    @property
    def kg_co2e(self) -> float:
        """The change."""
        return self.kg_co2e_after - self.kg_co2e_before
