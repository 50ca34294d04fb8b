"""Solve a chain a second time, with `bw2calc`, and compare."""

from __future__ import annotations

from dataclasses import dataclass

from lca_models.calculate import calculate
from lca_models.calculation.solution import Engine
from lca_models.facts.library import Library
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out

# What both engines owe each other: see docs/method.md, section 2.
AGREEMENT = 1e-9


@dataclass(frozen=True, slots=True)
class EngineDifference:
    """How far two engines lie apart on one product.

    Args:
        product: Id of the product.
        kg_co2e: By our own engine, per declared unit.
        reference_kg_co2e: By `bw2calc`.
    """

    product: str
    kg_co2e: float
    reference_kg_co2e: float

    @property
    def relative(self) -> float:
        """The difference over the larger of both; 0 where both are 0."""
        size = max(abs(self.kg_co2e), abs(self.reference_kg_co2e))
        return abs(self.kg_co2e - self.reference_kg_co2e) / size if size else 0.0


def cross_check(
    chain: Chain, library: Library, *, characterisation: str = "AR6"
) -> tuple[EngineDifference, ...]:
    """Solve a chain with both engines, electricity contracts counted.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        characterisation: Set of GWPs by name.

    Returns:
        Every product, those that lie farthest apart first.

    Raises:
        GreenchainError: The chain cannot be calculated; it names firm, product, line and cure.
    """
    inventory = lay_out(chain, library).inventory
    ours, theirs = (
        calculate(inventory, library, characterisation=characterisation, engine=engine).impacts
        for engine in (Engine.BLOCK, Engine.BW2CALC)
    )
    found = [EngineDifference(p, ours[p].kg_co2e, theirs[p].kg_co2e) for p in ours]
    return tuple(sorted(found, key=lambda difference: -difference.relative))
