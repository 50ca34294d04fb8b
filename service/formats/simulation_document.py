"""The simulation document: where footprints lie by many draws, alone or against another chain."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.domain.chain import Chain
from service.domain.footprint_simulation import FootprintSimulation, SimulatedFootprint
from service.formats.bilingual import Part, to_bilingual
from service.formats.result_document import (
    DeclaredUnitPart,
    IntervalPart,
    MethodPart,
    NamedPart,
    Share,
    ShortfallPart,
)
from service.formats.result_writing import to_interval, to_method, to_no_interval

FORMAT: Literal["greenchain.simulation/1"] = "greenchain.simulation/1"


class SimulatedPart(Part):
    """One declared unit of a product."""

    product: NamedPart
    per: DeclaredUnitPart
    kg_co2e: float | None = Field(description="As given; null where nothing is known.")
    against_kg_co2e: float | None = Field(description="In the other chain.")
    interval: IntervalPart | None = Field(
        description="Of `kg_co2e`; where there is another chain, of `kg_co2e` less "
        "`against_kg_co2e`, draw by draw."
    )
    no_interval: ShortfallPart | None = Field(description="Why there is none.")
    share_lower: Share | None = Field(
        description="Of the draws in which the footprint is lower than in the other chain."
    )


class SimulationDocument(Part):
    """Footprints of a chain under many draws of everything uncertain in it."""

    format: Literal["greenchain.simulation/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    chain: NamedPart
    against: NamedPart | None
    seed: int
    draws: int = Field(description="How many were asked for.")
    dropped: int = Field(
        description="Left out, because a loop used up all that it makes or a number overflowed."
    )
    method: MethodPart
    against_method: MethodPart | None
    footprints: list[SimulatedPart]


def to_simulation(found: FootprintSimulation) -> SimulationDocument:
    """Write a simulation down."""
    against, method = found.against, found.against_method
    return SimulationDocument(
        format=FORMAT,
        chain=_named(found.chain),
        against=None if against is None else _named(against),
        seed=found.seed,
        draws=found.draws,
        dropped=found.dropped,
        method=to_method(found.method),
        against_method=None if method is None else to_method(method),
        footprints=[_simulated(footprint) for footprint in found.footprints],
    )


def _named(chain: Chain) -> NamedPart:
    return NamedPart(id=chain.id, name=to_bilingual(chain.name))


def _simulated(footprint: SimulatedFootprint) -> SimulatedPart:
    product = footprint.product
    return SimulatedPart(
        product=NamedPart(id=product.id, name=to_bilingual(product.name)),
        per=DeclaredUnitPart(amount=product.declared.amount, unit=product.declared.unit),
        kg_co2e=footprint.kg_co2e,
        against_kg_co2e=footprint.against_kg_co2e,
        interval=to_interval(footprint.interval),
        no_interval=to_no_interval(footprint.interval),
        share_lower=footprint.share_lower,
    )
