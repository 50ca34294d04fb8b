"""The linear system of a chain: prices go from suppliers to customers, demand the other way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.blocks import DenseLoops, Links, Loops, build_loops
from lca_models.calculation.elimination import Factorised, factorise_in_order
from lca_models.calculation.growing import GrowingRows, refuse_too_many
from lca_models.calculation.structure import Structure, find_structure, group

Numbers = NDArray[np.float64]
# So many numbers of a dense block are handled at a time: some 32 MB.
_DENSE_AT_ONCE = 4_000_000


class Layout:
    """Where each link of a chain stands once its products are in order; the amounts may change."""

    def __init__(
        self, structure: Structure, product: NDArray[np.int32], supplier: NDArray[np.int32]
    ) -> None:
        self.structure = structure
        component, position = structure.component, structure.position
        inside = component.take(product) == component.take(supplier)
        self.inside, between = np.flatnonzero(inside), np.flatnonzero(~inside)
        self.row = position[product[self.inside]]
        self.column = position[supplier[self.inside]]
        rows, self.indptr = group(position.take(product.take(between)), structure.size)
        self.between = between.take(rows)
        self.indices = position.take(supplier.take(self.between))

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
            (amounts.take(layout.between), layout.indices, layout.indptr),
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
        values = np.asarray(entering, dtype=np.float64).take(structure.order, axis=0)
        if not len(structure.levels):
            return self._factorised.solve(values).take(structure.position, axis=0)
        for (first, end), takes in zip(self.layout.levels, self._by_supplier, strict=True):
            if takes is not None:
                values[first:end] += takes @ values
            for loops in self._loops_by_level[first]:
                loops.solve(values)
        return values.take(structure.position, axis=0)

    def carry(self, entering: sparse.csr_array) -> sparse.csr_array:
        """The same as `price` for many columns, most of them empty: memory goes by what is reached.

        Args:
            entering: What enters at one unit of each product, shape (products, columns).

        Raises:
            MemoryError: Nearly everything is reached by nearly everything; ask for some products.
        """
        structure = self.layout.structure
        if not len(structure.levels):
            return self._carry_densely(entering)
        entering = sparse.csr_array(entering[structure.order])
        done = GrowingRows(entering.shape)
        for (first, end), takes in zip(self.layout.levels, self._by_supplier, strict=True):
            rows = sparse.csr_array(entering[first:end])
            if takes is not None:
                rows = sparse.csr_array(takes @ done.padded() + rows)
            for loops in self._loops_by_level[first]:
                rows = _with_rows(rows, loops.rows.ravel() - first, loops.solve_rows)
            done.append(rows)
        return sparse.csr_array(done.padded()[structure.position])

    def run(self, demand: Numbers) -> Numbers:
        """How much is made of each product to meet a demand: s = demand + Cᵀ s.

        Args:
            demand: Declared units of each product, shape (products,) or (products, columns).
        """
        structure = self.layout.structure
        values = np.asarray(demand, dtype=np.float64).take(structure.order, axis=0)
        if not len(structure.levels):
            return self._factorised.solve_transposed(values).take(structure.position, axis=0)
        for (first, end), takes in zip(
            reversed(self.layout.levels), reversed(self._by_customer), strict=True
        ):
            if takes is not None:
                values[first:end] += takes @ values
            for loops in self._loops_by_level[first]:
                loops.solve(values, transposed=True)
        return values.take(structure.position, axis=0)

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

    def _carry_densely(self, entering: sparse.csr_array) -> sparse.csr_array:
        step = max(1, _DENSE_AT_ONCE // entering.shape[0])
        columns = sparse.csc_array(entering)
        parts: list[sparse.csr_array] = []
        for first in range(0, entering.shape[1], step):
            block = self.price(columns[:, first : first + step].toarray())
            parts.append(sparse.csr_array(block))
            refuse_too_many(sum(part.nnz for part in parts))
        return sparse.csr_array(sparse.hstack(parts)) if parts else entering

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


def _rows(matrix: sparse.csr_array, first: int, end: int) -> sparse.csr_array | None:
    """Some rows of a matrix, without a copy of their numbers."""
    low, high = matrix.indptr[first], matrix.indptr[end]
    if low == high:
        return None
    return sparse.csr_array(
        (matrix.data[low:high], matrix.indices[low:high], matrix.indptr[first : end + 1] - low),
        shape=(end - first, matrix.shape[1]),
    )


def _with_rows(
    matrix: sparse.csr_array,
    chosen: NDArray[np.int64],
    change: Callable[[sparse.csr_array], sparse.csr_array],
) -> sparse.csr_array:
    """A matrix with some of its rows changed, together."""
    others = np.setdiff1d(np.arange(matrix.shape[0]), chosen)
    both = sparse.vstack((matrix[others], change(sparse.csr_array(matrix[chosen]))), format="csr")
    place = np.empty(matrix.shape[0], dtype=np.int64)
    place[np.concatenate((others, chosen))] = np.arange(len(place))
    return sparse.csr_array(both[place])
