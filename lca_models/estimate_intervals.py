"""The door for intervals without drawing: a solved chain in, an interval for every product out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lca_models.calculation.solution import SolvedChain
from lca_models.calculation.uncertainty.first_order import estimate
from lca_models.impacts.interval import Interval


def estimate_intervals(
    solved: SolvedChain, products: Sequence[str] | None = None
) -> Mapping[str, Interval]:
    """Derive the intervals of all products at once, to first order in all that is uncertain.

    Good where uncertainties are small; `simulate` holds for any.

    Args:
        solved: A chain that `lca_models.calculate.solve` gave.
        products: Ids of products; all, if not given.

    Raises:
        InventoryError: A product is not of the chain, or an uncertainty goes beyond any measure.
        UnproductiveLoopError: At mean amounts, firms use up what they make for each other.
    """
    positions = solved.chain.positions
    wanted = (
        list(positions.values()) if products is None else list(map(solved.find_position, products))
    )
    found = estimate(solved.chain, np.array(wanted, dtype=np.int64))
    return {interval.product: interval for interval in found}
