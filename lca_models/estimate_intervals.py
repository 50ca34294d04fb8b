"""The door for intervals without drawing: an inventory in, an interval for every product out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lca_models.calculation.first_order import estimate
from lca_models.calculation.tabulating import tabulate
from lca_models.facts.library import Library
from lca_models.impacts.interval import Interval
from lca_models.inventory.processes import Inventory
from lca_models.inventory.upstream import upstream_of


def estimate_intervals(
    inventory: Inventory,
    library: Library,
    *,
    characterisation: str = "AR6",
    products: Sequence[str] | None = None,
) -> Mapping[str, Interval]:
    """Derive the intervals of all products at once, to first order in all that is uncertain.

    Good where uncertainties are small; `simulate` holds for any.

    Args:
        inventory: Processes of all members, laid out per run, allocation done.
        library: Published factors and global warming potentials.
        characterisation: Set of GWPs by name.
        products: Ids of products; all, if not given.

    Raises:
        GreenchainError: As `calculate`; and if a product is not of the chain, or an uncertainty
            goes beyond any measure.
    """
    part = inventory if products is None else upstream_of(inventory, products)
    chain = tabulate(part, library, library.get_characterisation(characterisation))
    positions = chain.positions
    wanted = list(positions.values()) if products is None else [positions[p] for p in products]
    found = estimate(chain, np.array(wanted, dtype=np.int64))
    return {interval.product: interval for interval in found}
