"""In which order the products of a chain can be priced: suppliers first, loops as one block."""

from __future__ import annotations

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
        levels: First position of each level and the end of the last. Products of a level draw on
            earlier levels, and within a loop on each other. Empty where the chain is too deep.
        loops: First position and length of each loop, shape (loops, 2), in order.
    """

    order: Positions
    position: Positions
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
    # As int32, entries of a link given many times cannot cancel out: the values are only counted.
    graph = sparse.csr_array(
        (np.ones(len(product), dtype=np.int32), (product, supplier)), shape=(size, size)
    )
    count, component = csgraph.connected_components(graph, directed=True, connection="strong")
    buyer, seller = component[product], component[supplier]
    across = buyer != seller
    rank = _levels(count, buyer[across], seller[across])
    in_levels = rank is not None
    if rank is None:
        rank = _topological(count, buyer[across], seller[across])
    members = np.bincount(component, minlength=count)
    # Within a level, single products stand before loops, and each loop together.
    order = np.lexsort((component, members[component], rank[component])).astype(np.int32)
    position = np.empty(size, dtype=np.int32)
    position[order] = np.arange(size, dtype=np.int32)
    looping = members > 1
    looping[component[product[product == supplier]]] = True
    return Structure(
        order=order,
        position=position,
        levels=_starts(rank[component[order]]) if in_levels else np.empty(0, dtype=np.int64),
        loops=_find_loops(component[order], members, looping),
    )


def _find_loops(
    component: Positions, members: NDArray[np.int64], looping: NDArray[np.bool_]
) -> NDArray[np.int64]:
    starts = _starts(component)[:-1]
    starts = starts[looping[component[starts]]]
    return np.column_stack((starts, members[component[starts]]))


def _starts(keys: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of equal keys begins, and the end of the last."""
    changes = np.flatnonzero(np.diff(keys)) + 1
    return np.concatenate((np.zeros(1, dtype=np.int64), changes, [len(keys)]))


def _levels(count: int, buyer: Positions, seller: Positions) -> NDArray[np.int64] | None:
    """How many steps each component stands above those that buy from none; None if too many."""
    waiting = np.bincount(buyer, minlength=count)
    customers = sparse.csr_array(
        (buyer, (seller, np.arange(len(buyer)))), shape=(count, len(buyer))
    )
    starts, lengths = customers.indptr[:-1], np.diff(customers.indptr)
    level = np.zeros(count, dtype=np.int64)
    ready = np.flatnonzero(waiting == 0)
    for number in range(_MOST_LEVELS):
        level[ready] = number
        served = customers.data[_ranges(starts[ready], lengths[ready])]
        if not len(served):
            return level
        touched, times = np.unique(served, return_counts=True)
        waiting[touched] -= times
        ready = touched[waiting[touched] == 0]
    return None


def _ranges(starts: Positions, lengths: Positions) -> NDArray[np.int64]:
    """All positions of several ranges, one after the other."""
    ends = np.cumsum(lengths)
    shifts = np.repeat(starts - (ends - lengths), lengths)
    return shifts + np.arange(ends[-1] if len(ends) else 0)


def _topological(count: int, buyer: Positions, seller: Positions) -> NDArray[np.int64]:
    """A rank for each component, above those of all whom it buys from."""
    waiting = np.bincount(buyer, minlength=count).tolist()
    customers: list[list[int]] = [[] for _ in range(count)]
    for above, below in zip(buyer.tolist(), seller.tolist(), strict=True):
        customers[below].append(above)
    ready = [component for component in range(count) if not waiting[component]]
    for component in ready:  # grows while it is read
        for customer in customers[component]:
            waiting[customer] -= 1
            if not waiting[customer]:
                ready.append(customer)
    rank = np.empty(count, dtype=np.int64)
    rank[ready] = np.arange(count)
    return rank
