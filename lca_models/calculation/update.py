"""A priced chain that is kept up to date: what changes costs as much as depends on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.checks import IMPOSSIBLE_AMOUNT_CURE
from lca_models.calculation.structure import group, list_ranges
from lca_models.calculation.system import System, build_system
from lca_models.calculation.table import ChainTable, Priced, lock
from lca_models.errors import InventoryError, Text, UnproductiveLoopError

Numbers = NDArray[np.float64]
Positions = NDArray[np.int32]
Products = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a process, as columns.

    Args:
        made: Declared units that it makes, above zero.
        source: What each row draws on, as in `ChainTable`, shape (rows,).
        amount: How much it takes of that, shape (rows,).
    """

    made: float
    source: Positions
    amount: Numbers


@dataclass(frozen=True, slots=True)
class _Links:
    """Who buys from whom in the runs that are new since the chain was first priced."""

    supplier: Products
    customer: Products


class KeptChain:
    """A priced chain whose processes may change.

    Only those products are priced again that draw on a changed process, directly or not, before or
    after the change. They form a chain of their own: nothing outside it depends on them, and every
    loop that a new link closes lies within it. So each change is exact.

    One thread at a time may change it or read it.

    Args:
        priced: The chain as it stands.
    """

    def __init__(self, priced: Priced) -> None:
        self._table = priced.table
        self._gas_kg, self._kg_co2e = priced.gas_kg.copy(), priced.kg_co2e.copy()
        self._runs: dict[int, Run] = {}
        none = np.empty(0, dtype=np.int64)
        self._new = _Links(none, none)
        table, links = priced.table, priced.table.links
        rows, self._starts = group(table.source[links], table.products)
        self._customers = table.process[links[rows]]

    @property
    def gas_kg(self) -> Numbers:
        """Now, kg of each gas per declared unit of each product, shape (products, gases)."""
        return lock(self._gas_kg[:])

    @property
    def kg_co2e(self) -> Numbers:
        """Now, kg CO2e per declared unit of each product, shape (products,)."""
        return lock(self._kg_co2e[:])

    @property
    def priced(self) -> Priced:
        """The chain as it stands now, by itself."""
        base = self._table
        runs = dict(sorted(self._runs.items()))
        made = base.made.copy()
        made[list(runs)] = [run.made for run in runs.values()]
        kept = ~np.isin(base.process, list(runs))
        process = [np.full(len(run.source), number) for number, run in runs.items()]
        processes = np.concatenate((base.process[kept], *process)).astype(np.int32)
        order = np.argsort(processes, kind="stable")
        source = np.concatenate((base.source[kept], *(run.source for run in runs.values())))
        amount = np.concatenate((base.amount[kept], *(run.amount for run in runs.values())))
        table = ChainTable(
            made=made,
            process=processes[order],
            source=source[order].astype(np.int32),
            amount=amount[order],
            prices=base.prices,
            gwp=base.gwp,
        )
        return Priced(table, self._gas_kg.copy(), self._kg_co2e.copy())

    def change(self, runs: Mapping[int, Run]) -> Products:
        """Give some processes other runs, and price what depends on them again.

        Args:
            runs: By position of the product.

        Returns:
            Positions of the products that were priced again, in order.

        Raises:
            UnproductiveLoopError: With them, a loop would use up what it makes.
            InventoryError: There is no such product or source, an amount is impossible, or
                amounts would multiply beyond any measure. After an error the chain stands as
                before.
        """
        if not runs:
            return np.empty(0, dtype=np.int64)
        for number, run in runs.items():
            _refuse_impossible(number, run, self._table)
        new, after = self._link(runs), self._runs | {n: _copy(run) for n, run in runs.items()}
        affected = self._depend_on(np.array(list(runs), dtype=np.int64), new)
        with np.errstate(over="ignore", invalid="ignore"):  # refused here
            system, entering = self._lay_out(affected, after)
            _refuse_unproductive(system, affected)
            gas_kg = system.price(entering)
            kg_co2e = gas_kg @ self._table.gwp
            _refuse_beyond_measure(kg_co2e, affected)
        self._new, self._runs = new, after
        self._gas_kg[affected], self._kg_co2e[affected] = gas_kg, kg_co2e
        return affected

    def _link(self, runs: Mapping[int, Run]) -> _Links:
        """Links of all runs that are new, those of the replaced ones left out."""
        kept = ~np.isin(self._new.customer, list(runs))
        suppliers = [run.source[run.source < self._table.products] for run in runs.values()]
        customers = [
            np.full(len(found), number) for found, number in zip(suppliers, runs, strict=True)
        ]
        return _Links(
            np.concatenate((self._new.supplier[kept], *suppliers)).astype(np.int64),
            np.concatenate((self._new.customer[kept], *customers)).astype(np.int64),
        )

    def _depend_on(self, changed: Products, new: _Links) -> Products:
        """Changed products with their customers, their customers' customers and so on."""
        reached = np.zeros(self._table.products, dtype=np.bool_)
        found = changed
        while len(found):
            reached[found] = True
            starts = self._starts[found]
            customers = self._customers[list_ranges(starts, self._starts[found + 1] - starts)]
            further = np.concatenate((customers, new.customer[reached[new.supplier]]))
            found = np.unique(further[~reached[further]]).astype(np.int64)
        return np.flatnonzero(reached)

    def _lay_out(self, affected: Products, runs: Mapping[int, Run]) -> tuple[System, Numbers]:
        """What the affected products take of each other, and what enters at each from outside."""
        process, source, per_unit = self._rows(affected, runs)
        row = np.searchsorted(affected, process).astype(np.int32)
        column = np.searchsorted(affected, source).astype(np.int32)
        within = column < len(affected)
        within[within] = affected[column[within]] == source[within]
        system = build_system(len(affected), row[within], column[within], per_unit[within])
        outside = source[~within]
        priced = outside >= self._table.products
        gas_kg = np.empty((len(outside), self._gas_kg.shape[1]))
        gas_kg[priced] = self._table.prices[outside[priced] - self._table.products]
        gas_kg[~priced] = self._gas_kg[outside[~priced]]
        taken = sparse.coo_array(
            (per_unit[~within], (row[~within], np.arange(len(outside)))),
            shape=(len(affected), len(outside)),
        )
        return system, np.asarray(taken.tocsr() @ gas_kg)

    def _rows(
        self, affected: Products, runs: Mapping[int, Run]
    ) -> tuple[Products, Products, Numbers]:
        """Process, source and amount per declared unit of all rows of the affected products."""
        table = self._table
        changed = np.array(list(runs), dtype=np.int64)
        changed = changed[np.isin(changed, affected)].tolist()
        others = np.setdiff1d(affected, changed)
        starts = table.row_starts[others]
        rows = list_ranges(starts, table.row_starts[others + 1] - starts)
        process = [np.full(len(runs[number].source), number) for number in changed]
        per_unit = [runs[number].amount / runs[number].made for number in changed]
        return (
            np.concatenate((table.process[rows], *process)).astype(np.int64),
            np.concatenate((table.source[rows], *(runs[n].source for n in changed))).astype(
                np.int64
            ),
            np.concatenate((table.per_unit[rows], *per_unit)),
        )


def _copy(run: Run) -> Run:
    """A run of our own: who gave it may go on changing his."""
    return Run(run.made, run.source.copy(), run.amount.copy())


def _refuse_impossible(number: int, run: Run, table: ChainTable) -> None:
    sources = table.products + len(table.prices)
    known = 0 <= number < table.products and bool(
        np.all((run.source >= 0) & (run.source < sources))
    )
    if not known:
        raise InventoryError(
            Text(
                en="Product number {product}, or what its run draws on, is not in the chain.",
                zh="第{product}号产品或其过程所使用的来源不在链上。",
            ).format(product=number),
            Text(
                en="Number products and sources as the chain does.",
                zh="请按链上的编号指定产品和来源。",
            ),
            value=number,
        )
    taken = run.amount[run.source < table.products]
    finite = math.isfinite(run.made) and bool(np.all(np.isfinite(run.amount)))
    if not (finite and run.made > 0 and bool(np.all(taken >= 0))):
        raise InventoryError(
            Text(
                en="The run of product number {product} has an impossible amount.",
                zh="第{product}号产品的过程含有无效数量。",
            ).format(product=number),
            IMPOSSIBLE_AMOUNT_CURE,
            value=number,
        )


def _refuse_unproductive(system: System, affected: Products) -> None:
    for loop in system.unproductive():
        products = ", ".join(str(affected[position]) for position in loop)
        raise UnproductiveLoopError(
            Text(
                en="The loop of products number {products} uses up at least as much as it makes.",
                zh="第{products}号产品之间的循环供应消耗不少于产出。",
            ).format(products=products),
            Text(
                en="Check the amounts and units that they take of each other.",
                zh="请核对它们相互领用的数量和单位。",
            ),
            value=products,
        )


def _refuse_beyond_measure(kg_co2e: Numbers, affected: Products) -> None:
    for position in affected[~np.isfinite(kg_co2e)].tolist():
        raise InventoryError(
            Text(
                en="The amounts along the chain of product number {product} multiply beyond any "
                "measure.",
                zh="第{product}号产品供应链上的数量连乘后超出可计算范围。",
            ).format(product=position),
            Text(
                en="Check the units of its lines and outputs.", zh="请核对各明细与产出的计量单位。"
            ),
            value=position,
        )
