"""Footprints under many draws of everything uncertain: the chain is solved anew for each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.draws import start_streams
from lca_models.calculation.quantities import Quantities
from lca_models.calculation.system import System
from lca_models.calculation.table import ChainTable
from lca_models.errors import InventoryError, Text

Numbers = NDArray[np.float64]
# Told how many draws are done, of how many.
Progress = Callable[[int, int], None]

# As many numbers are drawn at a time as fit beside the processor: 1 MB.
_DRAWN_AT_ONCE = 2**17
_FEWEST_DRAWS = 2  # a spread needs two
_MOST_RESULTS = 50_000_000  # results are kept until all are drawn: 400 MB


def draw_footprints(
    table: ChainTable,
    quantities: Quantities,
    wanted: NDArray[np.int64],
    *,
    seed: int,
    draws: int,
    progress: Progress,
) -> Numbers:
    """Footprints of some products under every draw.

    Args:
        table: A chain, productive as it was given.
        quantities: What is uncertain in it.
        wanted: Positions of the products.
        seed: Any integer.
        draws: How often to draw, 2 or more.
        progress: Called after every few draws. What it raises ends the run, and nothing is left.

    Returns:
        kg CO2e per declared unit, shape (products, draws); no number (nan) in a draw that no chain
        can be: one with a loop that uses up all that it makes, or with a number beyond measure.

    Raises:
        InventoryError: There are too few draws, or more results than memory should hold.
    """
    _refuse_impossible_size(len(wanted), draws)
    chain = _DrawnChain(table, quantities)
    starts = start_streams(seed, quantities.keys)
    found = np.empty((len(wanted), draws), order="F")
    step = max(1, _DRAWN_AT_ONCE // (len(starts) + 1))
    for first in range(0, draws, step):
        end = min(first + step, draws)
        multiples = quantities.draw(starts, first, end)
        for number, drawn in enumerate(multiples, start=first):
            found[:, number] = chain.price(drawn)[wanted]
        progress(end, draws)
    found[:, ~np.isfinite(found).all(axis=0)] = np.nan
    return found


class _DrawnChain:
    """A chain whose structure is known, ready to be priced with other amounts."""

    def __init__(self, table: ChainTable, quantities: Quantities) -> None:
        links, entries = table.links, table.entries
        source = table.source[entries] - table.products
        self.layout, self.products = table.layout, table.products
        self.links, self.link_quantity = table.per_unit[links], quantities.of_row[links]
        self.entering = table.per_unit[entries] * table.source_kg_co2e[source]
        self.entry_quantity = quantities.of_row[entries]
        self.source_quantity = quantities.of_source[source]
        self.entry_product = table.process[entries]

    def price(self, multiples: Numbers) -> Numbers:
        """Footprints of every product under one draw, kg CO2e per declared unit."""
        with np.errstate(over="ignore", invalid="ignore"):  # a draw without a number is left out
            parts = self.entering * multiples[self.entry_quantity]
            parts *= multiples[self.source_quantity]
            entering = np.bincount(self.entry_product, weights=parts, minlength=self.products)
            system = System(self.layout, self.links * multiples[self.link_quantity])
            if system.unproductive():
                return np.full(self.products, np.nan)
            return system.price(entering.astype(np.float64, copy=False))


def _refuse_impossible_size(products: int, draws: int) -> None:
    if draws < _FEWEST_DRAWS:
        raise InventoryError(
            Text(en="{draws} draws show no spread.", zh="{draws}次抽样无法反映离散程度。").format(
                draws=draws
            ),
            Text(en="Draw at least twice, better 1,000 times.", zh="请至少抽样2次，建议1000次。"),
            value=draws,
        )
    if products * draws > _MOST_RESULTS:
        raise InventoryError(
            Text(
                en="{draws} draws of {products} products are more than {most} results.",
                zh="{products}个产品各抽样{draws}次，结果超过{most}个。",
            ).format(draws=draws, products=products, most=_MOST_RESULTS),
            Text(
                en="Name the products whose intervals are wanted, or draw less often.",
                zh="请指定需要计算区间的产品，或减少抽样次数。",
            ),
            value=draws,
        )
