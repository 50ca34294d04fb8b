"""Makes uncertain things: lines, factors and declarations that may be off by so much."""

from dataclasses import replace
from typing import TypeVar

from lca_models.facts.factors import Factor
from lca_models.inventory.processes import (
    DeclaredFootprint,
    DistributionKind,
    Emission,
    Exchange,
    Inventory,
    Uncertainty,
)
from tests import make

Uncertain = TypeVar("Uncertain", Exchange, Emission, DeclaredFootprint)


def lognormal(geometric_sd: float) -> Uncertainty:
    return Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=geometric_sd)


def normal(relative_sd: float) -> Uncertainty:
    return Uncertainty(DistributionKind.NORMAL, relative_sd=relative_sd)


def triangular(low: float, high: float) -> Uncertainty:
    return Uncertainty(DistributionKind.TRIANGULAR, relative_low=low, relative_high=high)


def uniform(low: float, high: float) -> Uncertainty:
    return Uncertainty(DistributionKind.UNIFORM, relative_low=low, relative_high=high)


def off(thing: Uncertain, uncertainty: Uncertainty) -> Uncertain:
    """The same thing, off by so much."""
    return replace(thing, uncertainty=uncertainty)


def factor(factor_id: str, kg_co2e: float, geometric_sd: float = 1.0) -> Factor:
    """A published factor, certain unless a geometric standard deviation is given."""
    return replace(make.factor(factor_id, kg_co2e), geometric_sd2=geometric_sd**2)


LIBRARY = make.library(
    factor("steel", 2.0, 1.1), factor("power", 0.6, 1.15), factor("certain", 1.0)
)


def chain(scale: float = 1.0) -> Inventory:
    """Four firms, a loop, all four distributions, two shared factors and a declared footprint.

    Args:
        scale: How wide the uncertainties of amounts are, 1 or less.
    """
    bolt = make.process(
        "bolt",
        off(make.drawn("steel", 1.2, line="rod"), triangular(1 - 0.1 * scale, 1 + 0.2 * scale)),
        off(make.drawn("power", 3.0, line="power"), normal(0.06 * scale)),
        amount=2.0,
    )
    frame = make.process(
        "frame",
        off(make.drawn("steel", 5.0, line="tube"), lognormal(1 + 0.1 * scale)),
        off(make.bought("bolt", 4.0), uniform(1 - 0.2 * scale, 1 + 0.2 * scale)),
        off(make.bought("scrap", 0.3), lognormal(1 + 0.1 * scale)),
        off(make.emission(0.8, line="weld"), lognormal(1 + 0.2 * scale)),
    )
    scrap = make.process("scrap", off(make.bought("frame", 0.2), normal(0.05 * scale)))
    truck = make.process(
        "truck",
        off(make.bought("frame", 2.0), lognormal(1 + 0.05 * scale)),
        off(make.drawn("power", 20.0, line="power"), lognormal(1 + 0.1 * scale)),
        off(make.relied_on("tyre", 6.0), lognormal(1 + 0.02 * scale)),
        make.drawn("certain", 1.0),
    )
    gases = {"CO2": 1.5, "CH4_fossil": 0.01}
    tyre = off(make.declared("tyre", gases=gases), normal(0.1 * scale))
    return make.inventory(bolt, frame, scrap, truck, declared=(tyre,))
