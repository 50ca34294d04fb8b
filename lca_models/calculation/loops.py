"""Loops between firms that leave nothing over, refused with the names of the firms."""

from __future__ import annotations

from collections.abc import Sequence

from lca_models.calculation.system import System
from lca_models.errors import Text, UnproductiveLoopError
from lca_models.inventory.processes import Process


def refuse_unproductive_loops(processes: Sequence[Process], system: System) -> None:
    """Refuse loops in which the firms together use up all that they make, or more.

    Raises:
        UnproductiveLoopError: Names the firms and products of the first such loop.
    """
    for loop in system.unproductive():
        raise _unproductive([processes[position] for position in loop])


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
