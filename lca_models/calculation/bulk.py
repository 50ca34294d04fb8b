"""Exact splits of every product of a chain at once, as arrays.

Each sums to the totals of the products. By line, what `Priced.row_kg_co2e` holds is the split.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.table import ChainTable, Priced

Numbers = NDArray[np.float64]
Positions = NDArray[np.int32]
Rows = NDArray[np.int64]

_TOLERANCE = 1e-9
# Runs of some products are solved together in blocks of so many numbers: some 32 MB.
_RUNS_AT_ONCE = 4_000_000


def split_by_group(priced: Priced, group: Positions, groups: int) -> Numbers:
    """What the rows of each group add to one declared unit of every product: by stage, say.

    Args:
        priced: The chain.
        group: Group of each row, shape (rows,).
        groups: How many there are.

    Returns:
        kg CO2e, shape (products, groups).
    """
    table = priced.table
    cell = table.process.astype(np.int64) * groups + group
    sums = np.bincount(cell, weights=priced.row_kg_co2e, minlength=table.products * groups)
    return sums.astype(np.float64).reshape(table.products, groups)


def split_by_gas(priced: Priced) -> Numbers:
    """Every product by gas: kg CO2e, shape (products, gases)."""
    return priced.gas_kg * priced.table.gwp


def split_by_tier(priced: Priced, tiers: int) -> Numbers:
    """Every product by how many steps of supply up the chain its emissions enter.

    Tier 0 is the product's own process: what it emits, and the published and declared footprints
    that it draws on; tier k is the same at its suppliers' suppliers, k steps up. With e what enters
    at each product and C what products take of each other, tier k carries Cᵏ e. What lies beyond
    the last tier is Cᵏ⁺¹ h with the totals h: loops, which never end, are split exactly too.

    Args:
        priced: The chain.
        tiers: How many tiers above the product's own process to tell apart.

    Returns:
        kg CO2e, shape (products, tiers + 2); the last column is what lies beyond.
    """
    consumption = priced.table.system.consumption
    entering, beyond = _enter(priced), priced.kg_co2e
    columns = []
    for _ in range(tiers + 1):
        columns.append(entering)
        entering, beyond = consumption @ entering, consumption @ beyond
    return np.column_stack((*columns, beyond))


def split_by_supplier(priced: Priced, answering: Positions, organisations: int) -> sparse.csr_array:
    """Every product by the firm that its maker buys from, each with everything behind it.

    What enters at the product's own process stands under its maker, a product of the chain under
    the firm that makes it, a declared footprint under its owner.

    Args:
        priced: The chain.
        answering: Firm of each row: the maker of what it takes, the owner of the declaration, or
            the firm whose process it is. Shape (rows,).
        organisations: How many firms there are.

    Returns:
        kg CO2e, shape (products, organisations).
    """
    rows = np.arange(len(priced.table.process))
    return gather(priced.table, rows, priced.row_kg_co2e, answering, organisations)


def split_by_organisation(
    priced: Priced, answering: Positions, organisations: int, products: Rows | None = None
) -> sparse.csr_array:
    """Every product by the firm where its emissions enter the chain: O = E + C O.

    Memory goes by how many firms each product reaches. Where everybody reaches everybody, ask for
    some products at a time: then the runs behind them are solved in blocks of bounded size.

    Args:
        priced: The chain.
        answering: Firm of each row, as for `split_by_supplier`.
        organisations: How many firms there are.
        products: Positions of the products to split; without it, all.

    Returns:
        kg CO2e, shape (products, organisations).

    Raises:
        MemoryError: All are asked for, and the parts are too many to hold.
    """
    table = priced.table
    entering = gather(table, table.entries, priced.row_kg_co2e, answering, organisations)
    if products is None:
        return table.system.carry(entering)
    return carry_to(table, entering, products)


def carry_to(table: ChainTable, entering: sparse.csr_array, products: Rows) -> sparse.csr_array:
    """What some products carry of what enters the chain, by the runs behind one unit of each.

    Args:
        table: The chain.
        entering: What enters at one unit of each product, shape (products, columns).
        products: Positions of the products that are asked for, shape (some,).

    Returns:
        Shape (some, columns).
    """
    step = max(1, _RUNS_AT_ONCE // table.products)
    parts = [sparse.csr_array((0, entering.shape[1]))]
    for first in range(0, len(products), step):
        chosen = products[first : first + step]
        demand = np.zeros((table.products, len(chosen)))
        demand[chosen, np.arange(len(chosen))] = 1.0
        runs = sparse.csr_array(table.system.run(demand).T)
        parts.append(sparse.csr_array(runs @ entering))
    return sparse.csr_array(sparse.vstack(parts))


def gather(
    table: ChainTable, rows: Rows, numbers: Numbers, group: Positions, groups: int
) -> sparse.csr_array:
    """Add up numbers of some rows by product and group, where most groups are empty.

    Args:
        table: The chain.
        rows: The rows to add up.
        numbers: Number of each row of the table, shape (rows,).
        group: Group of each row of the table, shape (rows,).
        groups: How many there are.

    Returns:
        Shape (products, groups).
    """
    cells = (table.process[rows], group[rows])
    shape = (table.products, groups)
    return sparse.coo_array((numbers[rows], cells), shape=shape).tocsr()


def find_gross(priced: Priced) -> Numbers:
    """What enters the chain behind every product, removals and credits by magnitude: kg CO2e.

    Sums are held against it, since the parts of a total may cancel out.
    """
    return priced.table.system.price(enter_gross(priced))


def enter_gross(priced: Priced) -> Numbers:
    """What enters at one unit of each product itself, by magnitude: kg CO2e, (products,)."""
    table = priced.table
    return table.sum_by_product(table.entries, np.abs(priced.row_kg_co2e[table.entries]))


def refuse_wrong_sums(priced: Priced, split: Numbers | sparse.csr_array, gross: Numbers) -> None:
    """Hold a split of every product against the totals.

    Raises:
        ArithmeticError: It does not sum to them: our own fault, never a result.
    """
    off = np.abs(np.asarray(split.sum(axis=1)).ravel() - priced.kg_co2e)
    wrong = np.flatnonzero(~(off <= _TOLERANCE * gross))  # so also where one is no number
    if len(wrong):
        message = f"a split is off by {off[wrong[0]]} at product {wrong[0]} of {len(off)}"
        raise ArithmeticError(message)


def _enter(priced: Priced) -> Numbers:
    table = priced.table
    return table.sum_by_product(table.entries, priced.row_kg_co2e[table.entries])
