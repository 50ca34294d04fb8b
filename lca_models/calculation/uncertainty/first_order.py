"""Intervals without drawing: the chain made linear where every uncertain quantity has its mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.table import ChainTable, price
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.calculation.uncertainty.quantities import Quantities, find_quantities
from lca_models.errors import InventoryError, Text
from lca_models.impacts.interval import COVERAGE, Interval

Numbers = NDArray[np.float64]
# At most so many entries are carried upwards at a time: some 240 MB, where all reaches all.
_ENTRIES_AT_ONCE = 20_000_000
# Up to so many products are looked at one by one, whatever the size of the chain.
_FEW_PRODUCTS = 16


@dataclass(frozen=True, slots=True)
class LinearChain:
    """A chain at the mean of everything uncertain, and how far each row moves it.

    Args:
        table: The chain with mean amounts and mean prices.
        kg_co2e: Mean of each product to first order, shape (products,); exact without loops.
        row_kg_co2e: What each row adds to one unit of its product, shape (rows,).
        amount_sd: Standard deviation of that by the row's amount, shape (rows,).
        source_sd: Standard deviation of that by the priced source that it draws on, shape (rows,).
        amount_of: Number of what the amount moves together with, shape (rows,); equal numbers move
            together.
    """

    table: ChainTable
    kg_co2e: Numbers
    row_kg_co2e: Numbers
    amount_sd: Numbers
    source_sd: Numbers
    amount_of: NDArray[np.int64]

    @property
    def entry_source(self) -> NDArray[np.int64]:
        """Priced source of each row that draws on one, shape (entries,)."""
        return np.asarray(self.table.source[self.table.entries] - self.table.products)


def linearise(chain: TabulatedChain) -> LinearChain:
    """Make a chain linear around the means of what is uncertain in it.

    Raises:
        UnproductiveLoopError: At mean amounts, firms use up what they make for each other.
        InventoryError: An uncertainty or an amount goes beyond any measure.
    """
    quantities = find_quantities(chain)
    table = _at_means(chain.table, quantities)
    refuse_unproductive_loops(chain.inventory.processes, table.system)
    priced = price(table)
    relative = np.append(quantities.spreads.relative_deviations(), 0.0)
    by_source = np.append(np.zeros(table.products), relative[quantities.of_source])
    with np.errstate(over="ignore", invalid="ignore"):  # refused below
        row_kg_co2e = priced.row_kg_co2e
        amount_sd = relative[quantities.of_row] * row_kg_co2e
        source_sd = by_source[table.source] * row_kg_co2e
        variance = amount_sd**2 + source_sd**2
    for row in np.flatnonzero(~np.isfinite(variance)).tolist():
        raise beyond_measure(chain.inventory.processes[table.process[row]].product)
    return LinearChain(
        table=table,
        kg_co2e=priced.kg_co2e,
        row_kg_co2e=row_kg_co2e,
        amount_sd=amount_sd,
        source_sd=source_sd,
        amount_of=_number_keys(quantities)[quantities.of_row],
    )


def estimate(chain: TabulatedChain, wanted: NDArray[np.int64]) -> Iterator[Interval]:
    """Intervals of some products.

    Where nothing below zero enters, the interval is that of the lognormal distribution with this
    mean and variance; elsewhere that of the normal one.

    Args:
        chain: A chain.
        wanted: Positions of the products.

    Raises:
        UnproductiveLoopError: At mean amounts, firms use up what they make for each other.
        InventoryError: An uncertainty or an amount goes beyond any measure.

    Source: ISO/IEC Guide 98-3:2008 (GUM), 5.1.2, law of propagation of uncertainty.
    """
    linear = linearise(chain)
    with np.errstate(over="ignore", invalid="ignore"):  # refused below
        deviation = np.sqrt(variances(linear, wanted))
    mean = linear.kg_co2e[wanted]
    names = [chain.inventory.processes[position].product for position in wanted.tolist()]
    for number in np.flatnonzero(~np.isfinite(mean + deviation)).tolist():
        raise beyond_measure(names[number])
    above_zero = (mean > 0) & (_below_zero(linear)[wanted] == 0)
    median, low, high = _quantiles(mean, deviation, above_zero)
    columns = (mean, deviation, median, low, high)
    for product, *numbers in zip(names, *(c.tolist() for c in columns), strict=True):
        yield Interval(product, *numbers)


def variances(linear: LinearChain, wanted: NDArray[np.int64]) -> Numbers:
    """Variance of the footprints of some products, to first order, (kg CO2e)², shape (wanted,).

    Amounts of a run vary on their own; what several products share, such as a published factor,
    moves all of them together, in the products' own firms and upstream.
    """
    deviations = _deviations(linear)
    size = linear.table.products
    if len(wanted) <= _FEW_PRODUCTS:
        demand = np.zeros((size, len(wanted)))
        demand[wanted, np.arange(len(wanted))] = 1.0
        moved = deviations.T @ linear.table.system.run(demand)
        return np.asarray(np.square(moved).sum(axis=0))
    found = np.zeros(size)
    step = max(1, _ENTRIES_AT_ONCE // size)
    for first in range(0, deviations.shape[1], step):
        some = sparse.csr_array(deviations[:, first : first + step])
        found += linear.table.system.carry(some).power(2).sum(axis=1)
    return found[wanted]


def _deviations(linear: LinearChain) -> sparse.csc_array:
    """Standard deviation that enters at one unit of each product, by what moves on its own.

    Whatever enters at one product alone is summed up there: shape (products, products + shared).
    """
    table = linear.table
    entries = table.entries
    amounts = int(linear.amount_of.max(initial=-1)) + 1
    process = np.concatenate((table.process, table.process[entries]))
    column = np.concatenate((linear.amount_of, amounts + linear.entry_source))
    deviation = np.concatenate((linear.amount_sd, linear.source_sd[entries]))
    moving = deviation != 0
    moves = sparse.csc_array(
        sparse.coo_array(
            (deviation[moving], (process[moving], column[moving])),
            shape=(table.products, amounts + len(table.prices)),
        )
    )
    alone = np.diff(moves.indptr) == 1
    single = sparse.csc_array(moves[:, alone])
    own = np.bincount(single.indices, weights=single.data**2, minlength=table.products)
    both = (sparse.diags_array(np.sqrt(own)), moves[:, ~alone])
    return sparse.csc_array(sparse.hstack(both))


def _at_means(table: ChainTable, quantities: Quantities) -> ChainTable:
    means = np.append(quantities.spreads.means(), 1.0)
    with np.errstate(over="ignore", invalid="ignore"):  # refused as soon as it is priced
        return replace(
            table,
            amount=table.amount * means[quantities.of_row],
            prices=table.prices * means[quantities.of_source][:, None],
        )


def _number_keys(quantities: Quantities) -> NDArray[np.int64]:
    """One number for each key, and one more for what is certain."""
    numbers: dict[bytes, int] = {}
    found = [numbers.setdefault(key, len(numbers)) for key in quantities.keys]
    return np.array([*found, len(numbers)], dtype=np.int64)


def _below_zero(linear: LinearChain) -> Numbers:
    """What enters below zero anywhere upstream of each product."""
    table = linear.table
    negative = np.minimum(linear.row_kg_co2e[table.entries], 0.0)
    return table.system.price(table.sum_by_product(table.entries, negative))


def _quantiles(
    mean: Numbers, deviation: Numbers, lognormal: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    reach = special.ndtri((1 + COVERAGE) / 2)
    median, low, high = mean.copy(), mean - reach * deviation, mean + reach * deviation
    spread = np.sqrt(np.log1p((deviation[lognormal] / mean[lognormal]) ** 2))
    median[lognormal] = mean[lognormal] * np.exp(-(spread**2) / 2)
    low[lognormal] = median[lognormal] * np.exp(-reach * spread)
    high[lognormal] = median[lognormal] * np.exp(reach * spread)
    return median, low, high


def beyond_measure(product: str) -> InventoryError:
    """Why nothing can be said of how far a product's footprint may be off."""
    return InventoryError(
        Text(
            en="The uncertainties along the chain of “{product}” go beyond any measure.",
            zh="产品“{product}”供应链上的不确定性超出可计算范围。",
        ).format(product=product),
        Text(
            en="Check the geometric standard deviations of its lines.",
            zh="请核对各明细的几何标准差。",
        ),
        value=product,
    )
