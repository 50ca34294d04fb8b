"""The part of an inventory that some products draw on, directly or through others."""

from __future__ import annotations

from collections.abc import Collection

from lca_models.errors import InventoryError, Text
from lca_models.inventory.processes import Inventory, SupplierKind


def upstream_of(inventory: Inventory, products: Collection[str]) -> Inventory:
    """Processes and declarations without which the footprints of some products cannot be told.

    Args:
        inventory: A chain.
        products: Ids of the products.

    Raises:
        InventoryError: Nothing makes one of them.
    """
    by_product = {process.product: process for process in inventory.processes}
    for product in products:
        if product not in by_product:
            raise _made_by_nobody(product)
    waiting, reached, relied_on = list(products), set(products), set()
    while waiting:
        for exchange in by_product[waiting.pop()].exchanges:
            name, kind = exchange.supplier.id, exchange.supplier.kind
            if kind is SupplierKind.DECLARED:
                relied_on.add(name)
            elif kind is SupplierKind.PRODUCT and name not in reached and name in by_product:
                reached.add(name)
                waiting.append(name)
    return Inventory(
        tuple(process for process in inventory.processes if process.product in reached),
        tuple(declared for declared in inventory.declared if declared.id in relied_on),
    )


def _made_by_nobody(product: str) -> InventoryError:
    return InventoryError(
        Text(
            en="There is no process that makes “{product}”.",
            zh="没有生产“{product}”的过程。",
        ).format(product=product),
        Text(en="Name a product of the chain.", zh="请填写供应链中的产品编号。"),
        value=product,
    )
