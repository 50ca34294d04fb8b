"""The linear system of a chain: prices go from suppliers to customers, demand the other way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.blocks import DenseLoops, Links, Loops, build_loops
from lca_models.calculation.elimination import Factorised, factorise_in_order
from lca_models.calculation.structure import Structure, find_structure

Numbers = NDArray[np.float64]


class Layout:
    """Where each link of a chain stands once its products are in order; the amounts may change."""

    def __init__(
        self, structure: Structure, product: NDArray[np.int32], supplier: NDArray[np.int32]
    ) -> None:
        self.structure = structure
        row, column = structure.position[product], structure.position[supplier]
        inside = _share_a_loop(structure, row, column)
        self.inside = np.flatnonzero(inside)
        self.row, self.column = row[self.inside], column[self.inside]
        self.between = np.flatnonzero(~inside)
        row, column = row[self.between], column[self.between]
        size = structure.size
        ones = np.ones(len(row), dtype=np.int8)
        # Each link is a column of its own here, so that turning the matrix sorts them by row.
        by_row = sparse.csc_array(
            (ones, row, np.arange(len(row) + 1)), shape=(size, len(row))
        ).tocsr()
        self.between = self.between[by_row.indices]
        self.indices = column[by_row.indices]
        self.indptr = by_row.indptr

    @property
    def levels(self) -> Sequence[tuple[int, int]]:
        """First and end position of each level."""
        bounds = self.structure.levels.tolist()
        return list(pairwise(bounds))


class System:
    """What products take of each other, ready to solve for prices and for runs.

    Args:
        layout: Where the links stand.
        amounts: Declared units of the supplier's product per unit of the product, shape (links,).
    """

    def __init__(self, layout: Layout, amounts: Numbers) -> None:
        self.layout = layout
        self._takes = sparse.csr_array(
            (amounts[layout.between], layout.indices, layout.indptr),
            shape=(layout.structure.size, layout.structure.size),
        )
        self._links = Links(layout.row, layout.column, amounts[layout.inside])
        self.loops: tuple[Loops, ...] = build_loops(layout.structure.loops, self._links)

    def price(self, entering: Numbers) -> Numbers:
        """What each product carries, from what enters at each: y = entering + C y.

        Args:
            entering: What enters the chain at one unit of each product, shape (products,) or
                (products, columns).
        """
        structure = self.layout.structure
        values = np.array(entering[structure.order], dtype=np.float64, order="C")
        if not len(structure.levels):
            return self._factorised.solve(values)[structure.position]
        for (first, end), takes in zip(self.layout.levels, self._by_supplier, strict=True):
            if takes is not None:
                values[first:end] += takes @ values
            for loops in self._loops_by_level[first]:
                loops.solve(values)
        return values[structure.position]

    def run(self, demand: Numbers) -> Numbers:
        """How much is made of each product to meet a demand: s = demand + Cᵀ s.

        Args:
            demand: Declared units of each product, shape (products,) or (products, columns).
        """
        structure = self.layout.structure
        values = np.array(demand[structure.order], dtype=np.float64, order="C")
        if not len(structure.levels):
            return self._factorised.solve_transposed(values)[structure.position]
        for (first, end), takes in zip(
            reversed(self.layout.levels), reversed(self._by_customer), strict=True
        ):
            if takes is not None:
                values[first:end] += takes @ values
            for loops in self._loops_by_level[first]:
                loops.solve(values, transposed=True)
        return values[structure.position]

    def unproductive(self) -> Sequence[Sequence[int]]:
        """Products of each loop that uses up all that it makes, or more."""
        lengths = dict(self.layout.structure.loops.tolist())
        starts = [start for loops in self.loops for start in loops.unproductive()]
        order = self.layout.structure.order
        return [order[start : start + lengths[start]].tolist() for start in sorted(starts)]

    @cached_property
    def consumption(self) -> sparse.csr_array:
        """C: declared units of the column's product per unit of the row's, in the chain's order."""
        between, links = self._takes.tocoo(), self._links
        order = self.layout.structure.order
        row = np.concatenate((between.coords[0], links.row))
        column = np.concatenate((between.coords[1], links.column))
        amounts = np.concatenate((between.data, links.amount))
        whole = sparse.coo_array((amounts, (order[row], order[column])), shape=self._takes.shape)
        return whole.tocsr()

    @cached_property
    def _by_supplier(self) -> list[sparse.csr_array | None]:
        return [_rows(self._takes, first, end) for first, end in self.layout.levels]

    @cached_property
    def _by_customer(self) -> list[sparse.csr_array | None]:
        turned = self._takes.T.tocsr()
        return [_rows(turned, first, end) for first, end in self.layout.levels]

    @cached_property
    def _loops_by_level(self) -> dict[int, list[Loops]]:
        found: dict[int, list[Loops]] = {}
        for first, end in self.layout.levels:
            found[first] = []
            for loops in self.loops:
                if not isinstance(loops, DenseLoops):
                    found[first] += [loops] if first <= loops.start < end else []
                elif (part := loops.within(first, end)) is not None:
                    found[first].append(part)
        return found

    @cached_property
    def _factorised(self) -> Factorised:
        order = self.layout.structure.order
        within = self.consumption[order][:, order]
        return factorise_in_order(sparse.identity(len(order)) - within)


def build_system(
    size: int, product: NDArray[np.int32], supplier: NDArray[np.int32], amounts: Numbers
) -> System:
    """Order a chain and make it ready to solve.

    Args:
        size: Number of products.
        product: Product that draws, shape (links,).
        supplier: Product that is drawn on, shape (links,).
        amounts: Declared units of the supplier's product per unit of the product, shape (links,).
    """
    return System(Layout(find_structure(size, product, supplier), product, supplier), amounts)


def _share_a_loop(
    structure: Structure, row: NDArray[np.int32], column: NDArray[np.int32]
) -> NDArray[np.bool_]:
    loop = np.full(structure.size, -1, dtype=np.int32)
    starts, lengths = structure.loops[:, 0], structure.loops[:, 1]
    numbers = np.repeat(np.arange(len(starts), dtype=np.int32), lengths)
    shifts = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    loop[np.repeat(starts, lengths) + shifts] = numbers
    return np.asarray((loop[row] >= 0) & (loop[row] == loop[column]))


def _rows(matrix: sparse.csr_array, first: int, end: int) -> sparse.csr_array | None:
    """Some rows of a matrix, without a copy of their numbers."""
    low, high = matrix.indptr[first], matrix.indptr[end]
    if low == high:
        return None
    return sparse.csr_array(
        (matrix.data[low:high], matrix.indices[low:high], matrix.indptr[first : end + 1] - low),
        shape=(end - first, matrix.shape[1]),
    )
