"""Simulate footprints: draw what is uncertain in a chain, alone or together with another chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lca_models.calculate import calculate
from lca_models.facts.library import Library
from lca_models.impacts.impact import Calculation, Impact
from lca_models.impacts.interval import Interval
from lca_models.inventory.processes import Inventory
from lca_models.simulate import simulate, simulate_difference
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.footprint_interval import judge_interval
from service.domain.footprint_simulation import (
    FootprintSimulation,
    SimulatedFootprint,
    choose_simulated,
)
from service.domain.product import Product


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw.

    Args:
        seed: Any integer; the same gives the same draws on every machine.
        draws: How often, 2 or more.
        progress: Called with draws done and draws wanted; what it raises ends the run.
    """

    seed: int
    draws: int
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class _Calculated:
    inventory: Inventory
    found: Calculation


def simulate_footprints(
    chain: Chain,
    library: Library,
    drawing: Drawing,
    *,
    against: Chain | None = None,
    products: Sequence[str] = (),
    characterisation: str = "AR6",
) -> FootprintSimulation:
    """Draw footprints, electricity contracts counted.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        drawing: How to draw.
        against: Another chain that makes the products; draws of what both share are common.
        products: Products to draw; none for those of the lead firm.
        characterisation: Set of GWPs by name.

    Raises:
        GreenchainError: A chain cannot be calculated or drawn, or lacks a product.
    """
    chosen = choose_simulated(chain, against, products)
    chains = [chain] if against is None else [chain, against]
    calculated = [_calculate(each, library, characterisation) for each in chains]
    known = [
        product.id
        for product in chosen
        if all(each.found.impacts[product.id].is_known for each in calculated)
    ]
    intervals, shares = _draw(calculated, library, known, drawing)
    own, *others = (each.found for each in calculated)
    other = others[0] if others else None
    return FootprintSimulation(
        chain=chain,
        against=against,
        seed=drawing.seed,
        draws=drawing.draws,
        footprints=tuple(
            _describe(product, own, other, intervals.get(product.id), shares.get(product.id))
            for product in chosen
        ),
        method=own.method,
        against_method=None if other is None else other.method,
    )


def _calculate(chain: Chain, library: Library, characterisation: str) -> _Calculated:
    inventory = lay_out(chain, library).inventory
    return _Calculated(inventory, calculate(inventory, library, characterisation=characterisation))


def _draw(
    calculated: Sequence[_Calculated], library: Library, products: Sequence[str], drawing: Drawing
) -> tuple[Mapping[str, Interval], Mapping[str, float]]:
    """Intervals of products, and how often they are lower than in the other chain."""
    if not products:
        return {}, {}
    own, *others = (each.inventory for each in calculated)
    characterisation = calculated[0].found.method.characterisation
    if not others:
        found = simulate(
            own,
            library,
            seed=drawing.seed,
            draws=drawing.draws,
            characterisation=characterisation,
            products=products,
            progress=drawing.progress,
        )
        return found.intervals, {}
    differences = simulate_difference(
        (others[0], library),
        (own, library),
        seed=drawing.seed,
        draws=drawing.draws,
        characterisation=characterisation,
        products=products,
        progress=drawing.progress,
    )
    return (
        {product: difference.change for product, difference in differences.items()},
        {product: difference.share_lower for product, difference in differences.items()},
    )


def _describe(
    product: Product,
    own: Calculation,
    other: Calculation | None,
    interval: Interval | None,
    share_lower: float | None,
) -> SimulatedFootprint:
    impact = own.impacts[product.id]
    return SimulatedFootprint(
        product=product,
        kg_co2e=_total(impact),
        against_kg_co2e=None if other is None else _total(other.impacts[product.id]),
        interval=judge_interval(impact, interval, of_difference=other is not None),
        share_lower=share_lower,
    )


def _total(impact: Impact) -> float | None:
    return impact.kg_co2e if impact.is_known else None
