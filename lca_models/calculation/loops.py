"""Loops between processes: found, and refused where they use up more than they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from lca_models.calculation.elimination import factorise
from lca_models.errors import Text, UnproductiveLoopError
from lca_models.inventory.processes import Process, SupplierKind

# A loop that keeps less than one part in a million of what it makes is rounding, not production:
# nearer to 1, double precision cannot hold the results to 1e-9.
_LARGEST_MULTIPLIER = 1e6


def consumption_matrix(
    processes: Sequence[Process], positions: Mapping[str, int]
) -> sparse.csc_matrix:
    """What one declared unit of each product takes of every other product.

    Returns:
        Declared units of the row's product per declared unit of the column's, shape (n, n).
    """
    rows, columns, amounts = [], [], []
    for column, process in enumerate(processes):
        for exchange in process.exchanges:
            if exchange.supplier.kind is SupplierKind.PRODUCT:
                rows.append(positions[exchange.supplier.id])
                columns.append(column)
                amounts.append(exchange.amount / process.amount)
    size = len(processes)
    return sparse.csc_matrix((amounts, (rows, columns)), shape=(size, size))


def refuse_unproductive_loops(processes: Sequence[Process], consumption: sparse.csc_matrix) -> None:
    """Refuse loops in which the firms together use up all that they make, or more.

    Within a strongly connected block M of the consumption matrix, x = Mx + 1 has a positive
    solution exactly if the spectral radius of M is below 1 (Hawkins and Simon 1949).

    Raises:
        UnproductiveLoopError: Names the firms and products of the loop.
    """
    _, component = csgraph.connected_components(consumption, directed=True, connection="strong")
    members = np.argsort(component, kind="stable")
    blocks = np.split(members, np.flatnonzero(np.diff(component[members])) + 1)
    for block in blocks:
        within = consumption[block, :][:, block]
        if within.nnz and not _is_productive(within):
            raise _unproductive([processes[position] for position in block])


def _is_productive(within: sparse.csc_matrix) -> bool:
    size = within.shape[0]
    system = sparse.csc_matrix(sparse.identity(size) - within)
    try:
        factorised = factorise(system)
        needed: NDArray[np.float64] = factorised.solve(np.ones(size))
        # How much `needed` grows in one more round does not depend on the units of the products.
        again: NDArray[np.float64] = factorised.solve(needed)
    except RuntimeError:  # SuperLU's word for an exactly singular matrix
        return False
    return bool(np.all(needed > 0) and np.all(again < _LARGEST_MULTIPLIER * needed))


def _unproductive(loop: Sequence[Process]) -> UnproductiveLoopError:
    firms = ", ".join(sorted({process.organisation for process in loop}))
    products = ", ".join(sorted(process.product for process in loop))
    return UnproductiveLoopError(
        Text(
            en="The loop between {firms} ({products}) uses up at least as much as it makes.",
            zh="{firms}之间的循环供应（{products}）消耗不少于产出。",
        ).format(firms=firms, products=products),
        Text(
            en="Check the amounts and units that these firms take from each other.",
            zh="请核对这些企业相互领用的数量和单位。",
        ),
        value=products,
    )
