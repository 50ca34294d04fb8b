"""The change document: why footprints changed between two versions of a chain. Version 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from lca_models.facts.stages import Stage
from lca_models.impacts.change import DRIVER_NAMES, Change, Driver, SalesChange
from service.domain.comparison import ChainComparison, ComparedChain
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.result_document import NamedPart, PeriodPart

FORMAT: Literal["greenchain.change/1"] = "greenchain.change/1"


class VersionPart(Part):
    """One of the two versions."""

    chain: NamedPart
    period: PeriodPart
    characterisation: str
    library_version: str = Field(description="Content hash of the background library.")


class CausePart(Part):
    """A cause of a change."""

    driver: Driver
    name: Bilingual
    performance: bool = Field(description="Only these may be called a reduction or an increase.")
    kg_co2e: float


class FirmPart(Part):
    """What happened at one firm, as it reaches one declared unit of the product."""

    organisation: NamedPart
    kg_co2e: float
    performance_kg_co2e: float
    other_kg_co2e: float
    causes: list[CausePart]


class OneSidedPart(Part):
    """What a process needs in one version only: done away with, renamed, or forgotten."""

    organisation: NamedPart
    product: str
    stage: Stage
    need: str
    version: Literal["before", "after"] = Field(description="The version that has it.")
    kg_co2e: float


class SalesPart(Part):
    """The change of all that was sold."""

    amount_before: float
    amount_after: float
    kg_co2e: float
    performance_kg_co2e: float
    other_kg_co2e: float = Field(description="Volume, data, factors and method: no reduction.")
    causes: list[CausePart]


class ProductChangePart(Part):
    """Why the footprint of one declared unit of a product changed."""

    product: str
    name: Bilingual
    organisation: NamedPart
    unit: str
    in_both: bool = Field(
        description="If not, the version that lacks it shows what it would have been there."
    )
    kg_co2e_before: float
    kg_co2e_after: float
    kg_co2e: float = Field(description="The change: the sum of all causes.")
    performance_kg_co2e: float = Field(description="The part that somebody brought about.")
    other_kg_co2e: float = Field(description="Data, factors and method: no reduction.")
    causes: list[CausePart]
    supplied: list[CausePart] = Field(
        description="What is in the supplier improvement, by what the suppliers did."
    )
    organisations: list[FirmPart] = Field(description="The same change by where it happened.")
    one_sided: list[OneSidedPart] = Field(
        description="Lines of one version alone that count as performance: check each of them."
    )
    sales: SalesPart | None


class ChangeDocument(Part):
    """Why products changed; the lead firm's unless others are named."""

    format: Literal["greenchain.change/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    before: VersionPart
    after: VersionPart
    products: list[ProductChangePart]
    borrowed_factors: list[str] = Field(
        description="Factors that one library lacks; there they counted as in the other."
    )


def to_change_document(comparison: ChainComparison) -> ChangeDocument:
    """Write a comparison down, in full precision."""
    return ChangeDocument(
        before=_version(comparison.before),
        after=_version(comparison.after),
        products=[_product(comparison, change) for change in comparison.changes],
        borrowed_factors=list(comparison.borrowed_factors),
    )


def _version(version: ComparedChain) -> VersionPart:
    chain = version.chain
    return VersionPart(
        chain=NamedPart(id=chain.id, name=to_bilingual(chain.name)),
        period=PeriodPart(start=chain.period.start, end=chain.period.end),
        characterisation=version.characterisation,
        library_version=version.library_version,
    )


def _product(comparison: ChainComparison, change: Change) -> ProductChangePart:
    product = comparison.find_product(change.product)
    return ProductChangePart(
        product=product.id,
        name=to_bilingual(product.name),
        organisation=_firm(comparison, product.organisation_id),
        unit=change.unit,
        in_both=change.in_both,
        kg_co2e_before=change.kg_co2e_before,
        kg_co2e_after=change.kg_co2e_after,
        kg_co2e=change.kg_co2e,
        performance_kg_co2e=change.performance_kg_co2e,
        other_kg_co2e=change.other_kg_co2e,
        causes=_causes(change.causes),
        supplied=_causes(change.supplied),
        organisations=[
            FirmPart(
                organisation=_firm(comparison, firm.organisation),
                kg_co2e=firm.kg_co2e,
                performance_kg_co2e=firm.performance_kg_co2e,
                other_kg_co2e=firm.other_kg_co2e,
                causes=_causes(firm.causes),
            )
            for firm in change.organisations
        ],
        one_sided=[
            OneSidedPart(
                organisation=_firm(comparison, need.organisation),
                product=need.product,
                stage=need.stage,
                need=need.name,
                version="after" if need.came else "before",
                kg_co2e=need.kg_co2e,
            )
            for need in change.one_sided
        ],
        sales=None if change.sales is None else _sales(change.sales),
    )


def _sales(sales: SalesChange) -> SalesPart:
    return SalesPart(
        amount_before=sales.amount_before,
        amount_after=sales.amount_after,
        kg_co2e=sales.kg_co2e,
        performance_kg_co2e=sales.performance_kg_co2e,
        other_kg_co2e=sales.other_kg_co2e,
        causes=_causes(sales.causes),
    )


def _causes(causes: Mapping[Driver, float]) -> list[CausePart]:
    """Performance first, and in it what weighs most."""
    ranked = sorted(causes.items(), key=lambda each: (not each[0].is_performance, -abs(each[1])))
    return [
        CausePart(
            driver=driver,
            name=to_bilingual(DRIVER_NAMES[driver]),
            performance=driver.is_performance,
            kg_co2e=kg_co2e,
        )
        for driver, kg_co2e in ranked
    ]


def _firm(comparison: ChainComparison, firm_id: str) -> NamedPart:
    return NamedPart(id=firm_id, name=to_bilingual(comparison.find_firm_name(firm_id)))
