"""What a chain takes with it when it leaves: its inventory and the factors it draws on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.errors import LicenceError, Text
from lca_models.facts.factors import Factor
from lca_models.facts.library import Library
from lca_models.inventory.processes import Inventory, SupplierKind


@dataclass(frozen=True, slots=True)
class PortableChain:
    """A chain that may leave.

    Args:
        inventory: Its processes and the declared footprints that they use.
        factors: The published factors that they draw on, and no others.
        gas_factors: GWP of each gas that it can emit, kg CO2e per kg.
        characterisation: Name of the GWP set.
    """

    inventory: Inventory
    factors: tuple[Factor, ...]
    gas_factors: Mapping[str, float]
    characterisation: str


def find_factors(inventory: Inventory, library: Library) -> tuple[Factor, ...]:
    """The published factors that an inventory draws on, by id.

    Raises:
        LicenceError: The licence of some keeps them here; every line that draws on one is named.
    """
    drawn = [
        (process, exchange, library.get_footprint_factor(exchange.supplier.id))
        for process in inventory.processes
        for exchange in process.exchanges
        if exchange.supplier.kind is SupplierKind.BACKGROUND
    ]
    kept = [
        f"{process.product} › {exchange.line} ({factor.id})"
        for process, exchange, factor in drawn
        if not factor.redistributable
    ]
    if kept:
        raise LicenceError(
            Text(
                en="Lines draw on values whose licence does not let them leave: {lines}.",
                zh="以下明细使用的数值，其许可条款不允许外传：{lines}。",
            ).format(lines="; ".join(kept)),
            Text(
                en="Export the chain with open factors in their place.",
                zh="请改用开放因子后再导出。",
            ),
            value=kept[0],
        )
    factors = {factor.id: factor for _, _, factor in drawn}
    return tuple(factors[factor_id] for factor_id in sorted(factors))
