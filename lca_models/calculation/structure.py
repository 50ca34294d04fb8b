"""In which order the products of a chain can be priced: suppliers first, loops as one block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Positions = NDArray[np.int32]

# A chain deeper than this is factorised in its order: level by level would be many tiny steps.
_MOST_LEVELS = 1000


@dataclass(frozen=True, slots=True)
class Structure:
    """An order of products in which everybody comes after whom they buy from.

    Args:
        order: Products in the order of pricing, shape (products,); those of one loop together.
        position: Where in that order each product stands, shape (products,).
        component: Number of the loop, or of the single product, that each belongs to, shape
            (products,); suppliers have lower numbers than who buys from them.
        levels: First position of each level and the end of the last. Products of a level draw on
            earlier levels, and within a loop on each other. Empty where the chain is too deep.
        loops: First position and length of each loop, shape (loops, 2), in order.
    """

    order: Positions
    position: Positions
    component: Positions
    levels: NDArray[np.int64]
    loops: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.order)


def find_structure(size: int, product: Positions, supplier: Positions) -> Structure:
    """Order the products of a chain by who buys from whom.

    A loop is a strongly connected group of products, or one that draws on itself.

    Args:
        size: Number of products.
        product: Product that draws, shape (links,).
        supplier: Product that is drawn on, shape (links,).

    Source: Tarjan (1972), Depth-first search and linear graph algorithms.
    """
    rows, starts = group(product, size)
    graph = sparse.csr_array((np.ones(len(rows)), supplier.take(rows), starts), shape=(size, size))
    graph.sum_duplicates()  # or scipy 1.17 never comes back: a link may be given many times
    # Components are numbered as they are completed: each after all that it buys from.
    count, component = csgraph.connected_components(graph, directed=True, connection="strong")
    buyer, seller = component.take(product), component.take(supplier)
    across = buyer != seller
    levels = _find_levels(count, buyer[across], seller[across])
    ranked = np.arange(count) if levels is None else np.concatenate(levels)
    members = np.bincount(component, minlength=count)
    bounds = np.concatenate(([0], np.cumsum(members[ranked])))
    first = np.empty(count, dtype=np.int64)
    first[ranked] = bounds[:-1]
    position = _find_positions(component, members, first)
    order = np.empty(size, dtype=np.int32)
    order[position] = np.arange(size, dtype=np.int32)
    looping = members > 1
    looping[component[product[product == supplier]]] = True
    loops = ranked[looping[ranked]]
    below = np.cumsum([0, *map(len, levels)]) if levels else np.empty(0, dtype=np.int64)
    return Structure(
        order=order,
        position=position,
        component=component,
        levels=bounds[below],
        loops=np.column_stack((first[loops], members[loops])),
    )


def group(keys: Positions, size: int) -> tuple[Positions, Positions]:
    """Sort rows by key: those of key k are `rows[starts[k]:starts[k + 1]]`, in their own order.

    Args:
        keys: Key of each row, from 0 to below `size`, shape (rows,).
        size: Number of keys.

    Returns:
        The rows, shape (rows,), and the starts, shape (size + 1,).
    """
    count = len(keys)
    if np.all(keys[1:] >= keys[:-1]):
        starts = np.zeros(size + 1, dtype=np.int32)
        np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
        return np.arange(count, dtype=np.int32), starts
    # Each row is a column of its own in a matrix, which is then turned: a counting sort.
    each = np.arange(count + 1, dtype=np.int32)
    marks = sparse.csc_array((np.ones(count, dtype=np.int8), keys, each), shape=(size, count))
    sorted_rows = marks.tocsr()
    return sorted_rows.indices, sorted_rows.indptr


def _find_positions(
    component: Positions, members: NDArray[np.int64], first: NDArray[np.int64]
) -> Positions:
    """Where each product stands, from where its component begins."""
    position = first.astype(np.int32).take(component)
    loops = np.flatnonzero(members > 1)
    looped = np.flatnonzero((members > 1).take(component))
    together = looped[np.argsort(component[looped], kind="stable")]
    position[together] = list_ranges(first[loops], members[loops])
    return position


def _find_levels(
    count: int, buyer: Positions, seller: Positions
) -> Sequence[NDArray[np.int64]] | None:
    """Components by their steps above those that buy from none; None if the steps are too many."""
    waiting = np.bincount(buyer, minlength=count)
    rows, starts = group(seller, count)
    customer, lengths = buyer.take(rows), np.diff(starts)
    seen = np.empty(count, dtype=np.int64)
    levels = [np.flatnonzero(waiting == 0)]
    while len(levels) <= _MOST_LEVELS:
        served = customer[list_ranges(starts[levels[-1]], lengths[levels[-1]])]
        if not len(served):
            return levels
        np.subtract.at(waiting, served, 1)
        ready = served[waiting[served] == 0]
        numbers = np.arange(len(ready))
        seen[ready] = numbers
        levels.append(ready[seen[ready] == numbers])  # each of them once
    return None


def list_ranges(starts: NDArray[np.integer], lengths: NDArray[np.integer]) -> NDArray[np.int64]:
    """All positions of several ranges, one after the other."""
    ends = np.cumsum(lengths)
    shifts = np.repeat(starts - (ends - lengths), lengths)
    return shifts + np.arange(ends[-1] if len(ends) else 0)
