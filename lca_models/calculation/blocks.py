"""Loops within a chain: what one unit more of each product of a loop sets in motion in the loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.elimination import Factorised, factorise

Numbers = NDArray[np.float64]

# Larger loops are factorised one by one; up to here, dense and all of one size at once is faster.
_LARGEST_DENSE = 16
# A loop that keeps less than one part in a million of what it makes is rounding, not production:
# nearer to 1, double precision cannot hold the results to 1e-9.
_LARGEST_MULTIPLIER = 1e6


@dataclass(frozen=True, slots=True)
class Links:
    """What products take of each other: entries of a square matrix, in any order, added up.

    Args:
        row: Where each product that draws stands, shape (links,).
        column: Where each product that is drawn on stands, shape (links,).
        amount: Declared units of the column's product per unit of the row's, shape (links,).
    """

    row: NDArray[np.int32]
    column: NDArray[np.int32]
    amount: Numbers

    def select(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Links:
        """Some of them."""
        return Links(self.row[which], self.column[which], self.amount[which])


class DenseLoops:
    """Loops of one size, inverted together by elimination along the diagonal.

    With takings not below zero, nothing is ever subtracted from its like but the loop itself from
    one, so that results keep their digits whatever the units (see `elimination.factorise`).
    """

    def __init__(self, starts: NDArray[np.int64], size: int, links: Links) -> None:
        self.starts = starts
        self.rows = starts[:, None] + np.arange(size)
        loop = np.searchsorted(starts, links.row, side="right") - 1
        taken = np.zeros((len(starts), size, size))
        np.add.at(
            taken, (loop, links.row - starts[loop], links.column - starts[loop]), links.amount
        )
        self.inverse = _invert(np.eye(size) - taken)

    def solve(self, values: Numbers, *, transposed: bool = False) -> None:
        """Replace the values of the loops' products by the solution."""
        inverse = self.inverse.transpose(0, 2, 1) if transposed else self.inverse
        columns = values.reshape(
            len(values), -1
        )  # the same numbers, also where there is one column
        columns[self.rows] = inverse @ columns[self.rows]

    def solve_rows(self, rows: sparse.csr_array) -> sparse.csr_array:
        """The solution for the rows of the loops' products, most of whose columns are empty."""
        loops = np.arange(len(self.starts) + 1)
        inverse = sparse.bsr_array((self.inverse, loops[:-1], loops), shape=(rows.shape[0],) * 2)
        return sparse.csr_array(inverse.tocsr() @ rows)

    def within(self, first: int, end: int) -> DenseLoops | None:
        """The loops that stand from one position to before another."""
        low, high = np.searchsorted(self.starts, (first, end))
        if low == high:
            return None
        part = object.__new__(DenseLoops)
        part.starts, part.rows = self.starts[low:high], self.rows[low:high]
        part.inverse = self.inverse[low:high]
        return part

    def unproductive(self) -> Sequence[int]:
        """First positions of the loops that keep nothing of what they make."""
        needed = self.inverse.sum(axis=2)
        again = (self.inverse @ needed[:, :, None])[:, :, 0]
        return [int(start) for start in self.starts[~_is_productive(needed, again)]]


class SparseLoop:
    """One large loop, factorised."""

    def __init__(self, start: int, size: int, links: Links) -> None:
        self.start, self.size = start, size
        self.rows = np.arange(start, start + size)
        taken = sparse.csc_matrix(
            (links.amount, (links.row - start, links.column - start)), shape=(size, size)
        )
        self._factorised: Factorised | None
        try:
            self._factorised = factorise(sparse.identity(size) - taken)
        except RuntimeError:  # SuperLU's word for an exactly singular matrix
            self._factorised = None

    def solve(self, values: Numbers, *, transposed: bool = False) -> None:
        """Replace the values of the loop's products by the solution."""
        if self._factorised is None:
            values[self.rows] = np.nan
            return
        solve = self._factorised.solve_transposed if transposed else self._factorised.solve
        values[self.rows] = solve(values[self.rows])

    def solve_rows(self, rows: sparse.csr_array) -> sparse.csr_array:
        """The solution for the rows of the loop's products: all of them get what one has."""
        used = np.unique(rows.indices)
        values = np.zeros((self.size, len(used)))
        row, column = rows.tocoo().coords
        np.add.at(values, (row, np.searchsorted(used, column)), rows.tocoo().data)
        solved = np.full_like(values, np.nan)
        if self._factorised is not None:
            solved = self._factorised.solve(values)
        starts = np.arange(self.size + 1) * len(used)
        return sparse.csr_array((solved.ravel(), np.tile(used, self.size), starts), rows.shape)

    def unproductive(self) -> Sequence[int]:
        """The first position of the loop, if it keeps nothing of what it makes."""
        if self._factorised is None:
            return [self.start]
        needed = self._factorised.solve(np.ones(self.size))
        again = self._factorised.solve(needed)
        return [] if bool(_is_productive(needed[None], again[None])[0]) else [self.start]


Loops = DenseLoops | SparseLoop


def build_loops(loops: NDArray[np.int64], links: Links) -> tuple[Loops, ...]:
    """Invert or factorise every loop of a chain.

    Args:
        loops: First position and length of each, in order, shape (loops, 2).
        links: What their products take of each other.
    """
    found: list[Loops] = []
    of_link = np.searchsorted(loops[:, 0], links.row, side="right") - 1
    for size in np.unique(loops[:, 1]):
        chosen = np.flatnonzero(loops[:, 1] == size)
        if size <= _LARGEST_DENSE:
            within = links.select(loops[of_link, 1] == size)
            found.append(DenseLoops(loops[chosen, 0], int(size), within))
            continue
        found += [
            SparseLoop(int(loops[loop, 0]), int(size), links.select(of_link == loop))
            for loop in chosen
        ]
    return tuple(found)


def _invert(systems: Numbers) -> Numbers:
    """Inverse of many small systems at once, eliminating along the diagonal."""
    size = systems.shape[1]
    left, right = systems, np.broadcast_to(np.eye(size), systems.shape).copy()
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for pivot in range(size):
            scale = 1.0 / left[:, pivot, pivot, None]
            left[:, pivot] *= scale
            right[:, pivot] *= scale
            others = left[:, :, pivot].copy()
            others[:, pivot] = 0.0
            left -= others[:, :, None] * left[:, None, pivot]
            right -= others[:, :, None] * right[:, None, pivot]
    return right


def _is_productive(needed: Numbers, again: Numbers) -> NDArray[np.bool_]:
    """Whether a positive solution of x = Mx + 1 exists (Hawkins and Simon 1949), by loop.

    How much `needed` grows in one more round does not depend on the units of the products.
    """
    positive = np.all(needed > 0, axis=1)
    return np.asarray(positive & np.all(again < _LARGEST_MULTIPLIER * needed, axis=1))
