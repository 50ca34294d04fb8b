"""A chain as columns of numbers, one row for each thing that a run takes or emits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.structure import find_structure
from lca_models.calculation.system import Layout, System

Numbers = NDArray[np.float64]
Positions = NDArray[np.int32]
_Number = TypeVar("_Number", np.float64, np.int32)


@dataclass(frozen=True)
class ChainTable:
    """A chain as columns, in the form that a million products need.

    Its arrays become read-only: what follows from them is kept.

    Args:
        made: Declared units that one run of each process makes, shape (products,).
        process: Process of each row, in order, shape (rows,).
        source: What the row draws on: a product below `products`, or else `products` plus the
            position of a priced source: a declared footprint, a published factor, or one kg of a
            gas that the process emits itself. Shape (rows,).
        amount: How much one run takes, in the unit of the source, shape (rows,).
        prices: kg of each gas per unit of each priced source, shape (sources, gases).
        gwp: kg CO2e per kg of each gas, shape (gases,).
    """

    made: Numbers
    process: Positions
    source: Positions
    amount: Numbers
    prices: Numbers
    gwp: Numbers

    def __post_init__(self) -> None:
        for position in (self.process, self.source):
            lock(position)
        for number in (self.made, self.amount, self.prices, self.gwp):
            lock(number)

    @property
    def products(self) -> int:
        """Number of products."""
        return len(self.made)

    @cached_property
    def per_unit(self) -> Numbers:
        """What one declared unit takes, shape (rows,)."""
        with np.errstate(over="ignore"):  # refused once it is priced
            return lock(self.amount / self.made.take(self.process))

    @cached_property
    def links(self) -> NDArray[np.int64]:
        """Rows that draw on products of the chain."""
        return np.flatnonzero(self.source < self.products)

    @cached_property
    def entries(self) -> NDArray[np.int64]:
        """Rows that draw on priced sources: here emissions enter the chain."""
        return np.flatnonzero(self.source >= self.products)

    @cached_property
    def row_starts(self) -> NDArray[np.int64]:
        """First row of each product, and the end of the last, shape (products + 1,)."""
        return np.searchsorted(self.process, np.arange(self.products + 1))

    @cached_property
    def layout(self) -> Layout:
        """Where the links stand once the products are in order."""
        product, supplier = self.process.take(self.links), self.source.take(self.links)
        return Layout(find_structure(self.products, product, supplier), product, supplier)

    @cached_property
    def system(self) -> System:
        """What products take of each other."""
        return System(self.layout, self.per_unit[self.links])

    @cached_property
    def source_kg_co2e(self) -> Numbers:
        """What each priced source stands for in kg CO2e per unit, shape (sources,)."""
        return self.prices @ self.gwp

    def sum_by_product(self, rows: NDArray[np.int64], numbers: Numbers) -> Numbers:
        """Add up numbers of some rows by the product whose run they belong to."""
        sums = np.bincount(self.process[rows], weights=numbers, minlength=self.products)
        return sums.astype(np.float64)  # counts, if there is no row at all

    @cached_property
    def entering(self) -> sparse.csr_array:
        """What one declared unit takes of priced sources, shape (products, sources)."""
        rows, starts = self.entries, np.zeros(self.products + 1, dtype=np.int32)
        np.cumsum(np.bincount(self.process.take(rows), minlength=self.products), out=starts[1:])
        return sparse.csr_array(
            (self.per_unit.take(rows), self.source.take(rows) - self.products, starts),
            shape=(self.products, len(self.prices)),
        )


@dataclass(frozen=True, slots=True)
class Priced:
    """A chain with the price of everything in it; the arrays become read-only.

    Args:
        table: The chain.
        gas_kg: kg of each gas per declared unit of each product, shape (products, gases).
        kg_co2e: kg CO2e per declared unit of each product, shape (products,).
    """

    table: ChainTable
    gas_kg: Numbers
    kg_co2e: Numbers

    def __post_init__(self) -> None:
        for array in (self.gas_kg, self.kg_co2e):
            lock(array)

    @property
    def row_kg_co2e(self) -> Numbers:
        """What each row adds to one declared unit of its product, everything upstream included."""
        per_source = np.concatenate((self.kg_co2e, self.table.source_kg_co2e))
        return self.table.per_unit * per_source[self.table.source]


def lock(array: NDArray[_Number]) -> NDArray[_Number]:
    """The same array, from now on read-only."""
    array.flags.writeable = False
    return array


def price(table: ChainTable) -> Priced:
    """Price all products of a chain by all gases, in one adjoint solve.

    y = e + C y, where e is what enters at one unit of each product through priced sources and C is
    what products take of each other.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # refused by `solve`
        gas_kg = table.system.price(np.asarray(table.entering @ table.prices))
        # Not `@`: BLAS would wake its threads for it, which takes longer than the sum.
        return Priced(table, gas_kg, np.einsum("pg,g->p", gas_kg, table.gwp))
