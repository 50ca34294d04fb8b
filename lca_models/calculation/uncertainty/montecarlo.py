"""Footprints under many draws of everything uncertain: the chain is solved anew for each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.structure import find_structure
from lca_models.calculation.system import Layout, System
from lca_models.calculation.table import ChainTable
from lca_models.calculation.uncertainty.draws import start_streams
from lca_models.calculation.uncertainty.quantities import Quantities
from lca_models.errors import InventoryError, Text

Numbers = NDArray[np.float64]
# Told how many draws are done, of how many.
Progress = Callable[[int, int], None]

# As many draws are solved at a time as have so many rows: alone, small chains pay for the calls.
_ROWS_AT_ONCE = 2**16
_FEWEST_DRAWS = 2  # a spread needs two
_BEYOND_MEASURE = 1e150  # kg CO2e; squares of more cannot be added up for the deviation
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
        kg CO2e per declared unit, shape (products, draws); no number (nan) where a product draws on
        a loop that uses up all that it makes, or goes beyond measure.

    Raises:
        InventoryError: There are too few draws, or more results than memory should hold.
    """
    _refuse_impossible_size(len(wanted), draws)
    copies = min(draws, max(1, _ROWS_AT_ONCE // max(1, len(table.source))))
    chains = _DrawnChains(table, quantities, copies)
    starts = start_streams(seed, quantities.keys)
    found = np.empty((len(wanted), draws), order="F")
    for first in range(0, draws, copies):
        end = min(first + copies, draws)
        priced = chains.price(quantities.draw(starts, first, first + copies))
        found[:, first:end] = priced[: end - first, wanted].T
        progress(end, draws)
    found[~(np.abs(found) < _BEYOND_MEASURE)] = np.nan
    return found


class _DrawnChains:
    """Copies of a chain side by side, in an order that is known, ready for other amounts in each.

    Copies share nothing, so that the digits of a draw do not depend on how many there are.
    """

    def __init__(self, table: ChainTable, quantities: Quantities, copies: int) -> None:
        links, entries = table.links, table.entries
        source = table.source[entries] - table.products
        before = np.arange(copies, dtype=np.int32)[:, None] * table.products
        self.shape = (copies, table.products)
        self.buyer = (table.process[links] + before).ravel()
        supplier = (table.source[links] + before).ravel()
        structure = find_structure(copies * table.products, self.buyer, supplier)
        self.layout = Layout(structure, self.buyer, supplier)
        self.links, self.link_quantity = table.per_unit[links], quantities.of_row[links]
        self.entering = table.per_unit[entries] * table.source_kg_co2e[source]
        self.entry_quantity = quantities.of_row[entries]
        self.source_quantity = quantities.of_source[source]
        self.entry_product = (table.process[entries] + before).ravel()

    def price(self, multiples: Numbers) -> Numbers:
        """Footprints of every product, a draw for each copy, kg CO2e per declared unit.

        Args:
            multiples: Multiples of every quantity, shape (copies, quantities + 1).

        Returns:
            Shape (copies, products); no number where something beyond measure is drawn on.
        """
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number is left out
            parts = self.entering * multiples.take(self.entry_quantity, axis=1)
            parts *= multiples.take(self.source_quantity, axis=1)
            size = self.layout.structure.size
            entering = np.zeros(size)
            np.add.at(entering, self.entry_product, parts.ravel())
            takings = (self.links * multiples.take(self.link_quantity, axis=1)).ravel()
            system = System(self.layout, takings)
            if loops := system.unproductive():
                priced = self._price_without(np.concatenate(loops), takings, entering)
            else:
                priced = system.price(entering)
            return priced.reshape(self.shape)

    def _price_without(
        self, lost: NDArray[np.int64], takings: Numbers, entering: Numbers
    ) -> Numbers:
        """Footprints where some products have none, and so has nothing that draws on them."""
        marks = np.zeros_like(entering)
        marks[lost] = 1.0
        system = System(self.layout, np.where(marks[self.buyer] > 0, 0.0, takings))
        priced, drawing_on_lost = system.price(np.column_stack((entering, marks))).T
        return np.where(drawing_on_lost == 0, priced, np.nan)


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
