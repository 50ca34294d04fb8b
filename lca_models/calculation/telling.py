"""The change of one product, told by cause and by the firm where it happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.causes import DRIVERS, NUMBERS
from lca_models.calculation.decomposition import Decomposition, Versions
from lca_models.errors import InventoryError, Text
from lca_models.impacts.change import Change, Driver, OrganisationChange, SalesChange

Numbers = NDArray[np.float64]


def tell_changes(
    versions: Versions,
    found: Decomposition,
    products: Sequence[str],
    sold: Mapping[str, tuple[float, float]],
) -> Iterator[Change]:
    """The changes of some products, in the order in which they are asked for.

    Args:
        versions: Both versions, solved.
        found: The change of every product.
        products: Ids of the products.
        sold: Declared units sold in either version, by product.

    Raises:
        InventoryError: Neither version has the product.
    """
    positions = {product: n for n, product in enumerate(found.products)}
    for product in products:
        position = positions.get(product)
        if position is None:
            raise _unknown(product)
        change = Change(
            product=product,
            unit=versions.sides.after.processes[position].unit,
            kg_co2e_before=float(found.before[position]),
            kg_co2e_after=float(found.after[position]),
            causes=_by_driver(found.causes[position]),
            supplied=_by_driver(found.supplied[position]),
            organisations=_by_organisation(versions, position),
        )
        amounts = sold.get(product)
        yield change if amounts is None else replace(change, sales=_of_sales(change, *amounts))


def _by_driver(kg_co2e: Numbers) -> dict[Driver, float]:
    return {driver: kg for driver, kg in zip(DRIVERS, kg_co2e.tolist(), strict=True) if kg}


def _by_organisation(versions: Versions, position: int) -> tuple[OrganisationChange, ...]:
    """What happened at each process, for as much of it as one unit of the product needs."""
    terms, sides = versions.factors.terms, versions.sides
    demand = np.zeros(versions.factors.products)
    demand[position] = 0.5
    happened = np.zeros_like(versions.local[0].kg_co2e)
    declared = np.zeros_like(versions.local[0].improved)
    for system, local in zip(versions.systems, versions.local, strict=True):
        units = system.run(demand)
        happened += units[:, None] * local.kg_co2e
        declared += units[terms.process] * local.improved
    improvement = NUMBERS[Driver.SUPPLIER_IMPROVEMENT]
    happened[:, improvement] = 0.0
    firms: dict[str, Numbers] = {}
    for process in np.flatnonzero(happened.any(axis=1)).tolist():
        firm = sides.after.processes[process].organisation
        firms[firm] = firms.get(firm, 0.0) + happened[process]
    owners = versions.factors.prices.owners
    for term in np.flatnonzero(declared).tolist():
        owner = owners[terms.source[term] - versions.factors.products]
        known = firms.setdefault(owner, np.zeros(len(DRIVERS)))
        known[improvement] += declared[term]
    told = [OrganisationChange(firm, _by_driver(kg)) for firm, kg in firms.items()]
    return tuple(sorted(told, key=lambda each: (-abs(each.kg_co2e), each.organisation)))


def _of_sales(change: Change, before: float, after: float) -> SalesChange:
    """V1 h1 - V0 h0 = mean(V) (h1 - h0) + mean(h) (V1 - V0)."""
    mean = 0.5 * (before + after)
    footprint = 0.5 * (change.kg_co2e_before + change.kg_co2e_after)
    return SalesChange(
        amount_before=before,
        amount_after=after,
        causes={
            Driver.VOLUME: footprint * (after - before),
            **{driver: mean * kg for driver, kg in change.causes.items()},
        },
    )


def _unknown(product: str) -> InventoryError:
    return InventoryError(
        Text(
            en="Neither version has a product “{product}”.", zh="两个版本中均没有产品“{product}”。"
        ).format(product=product),
        Text(en="Name a product of the chain.", zh="请填写供应链中的产品编号。"),
        value=product,
    )
