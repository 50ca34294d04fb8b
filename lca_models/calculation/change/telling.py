"""The change of one product, told by cause and by the firm where it happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.causes import DRIVERS, NUMBERS
from lca_models.calculation.change.decomposition import (
    PERFORMED,
    Decomposition,
    Versions,
    refuse_missed_changes,
)
from lca_models.errors import InventoryError, Text
from lca_models.impacts.change import (
    Change,
    Driver,
    OneSidedNeed,
    OrganisationChange,
    SalesChange,
)

Numbers = NDArray[np.float64]
_IMPROVEMENT = NUMBERS[Driver.SUPPLIER_IMPROVEMENT]


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
        ArithmeticError: The parts do not sum to the change.
    """
    positions = {product: n for n, product in enumerate(found.products)}
    for product in products:
        position = positions.get(product)
        if position is None:
            raise _unknown(product)
        sides = versions.sides
        makers = [side.processes[position] for side in (sides.before, sides.after)]
        firms = _by_firm(versions, position)
        own_firms = {maker.organisation for maker in makers}
        causes, supplied = _attribute(found.causes[position], firms, own_firms)
        refuse_missed_changes(versions, np.array([position]), causes[None])
        change = Change(
            product=product,
            unit=makers[0].unit,
            in_both=sides.in_both(product),
            kg_co2e_before=float(found.before[position]),
            kg_co2e_after=float(found.after[position]),
            causes=_by_driver(causes),
            supplied=_by_driver(supplied),
            organisations=_in_order(firms),
            one_sided=_in_one_version(versions, position),
        )
        amounts = sold.get(product)
        yield change if amounts is None else replace(change, sales=_of_sales(change, *amounts))


def _by_driver(kg_co2e: Numbers) -> dict[Driver, float]:
    return {driver: kg for driver, kg in zip(DRIVERS, kg_co2e.tolist(), strict=True) if kg}


def _attribute(
    along: Numbers, firms: Mapping[str, Numbers], own_firms: Collection[str]
) -> tuple[Numbers, Numbers]:
    """What the firm did itself, also where it comes back through other firms, and what others did.

    Args:
        along: kg CO2e by driver, shape (drivers,); what is no performance is taken from here.
        firms: The same by firm.
        own_firms: Who makes the product; two, where another makes it in the second version.
    """
    causes, supplied = along.copy(), np.zeros(len(DRIVERS))
    causes[PERFORMED] = 0.0
    for firm, kg_co2e in firms.items():
        (causes if firm in own_firms else supplied)[PERFORMED] += kg_co2e[PERFORMED]
    # What a firm declares of its own goods is still no deed of the process that relies on it.
    supplied[_IMPROVEMENT] += causes[_IMPROVEMENT]
    causes[_IMPROVEMENT] = supplied.sum()
    return causes, supplied


def _by_firm(versions: Versions, position: int) -> dict[str, Numbers]:
    """What happened at each process, at the firm that runs it in the version that tells."""
    terms, sides = versions.factors.terms, versions.sides
    firms: dict[str, Numbers] = {}
    declared = np.zeros(len(terms.process))
    units = _units_needed(versions, position)
    for side, needed, local in zip((sides.before, sides.after), units, versions.local, strict=True):
        happened = needed[:, None] * local.kg_co2e
        happened[:, _IMPROVEMENT] = 0.0
        for process in np.flatnonzero(happened.any(axis=1)).tolist():
            firm = side.processes[process].organisation
            firms[firm] = firms.get(firm, 0.0) + happened[process]
        declared += needed[terms.process] * local.improved
    owners = versions.factors.prices.owners
    for term in np.flatnonzero(declared).tolist():
        owner = owners[terms.source[term] - versions.factors.products]
        known = firms.setdefault(owner, np.zeros(len(DRIVERS)))
        known[_IMPROVEMENT] += declared[term]
    return firms


def _units_needed(versions: Versions, position: int) -> list[Numbers]:
    """Units of each product that half a unit of one needs in either version: halves of a mean."""
    demand = np.zeros(versions.factors.products)
    demand[position] = 0.5
    return [system.run(demand) for system in versions.systems]


def _in_order(firms: Mapping[str, Numbers]) -> tuple[OrganisationChange, ...]:
    told = [OrganisationChange(firm, _by_driver(kg)) for firm, kg in firms.items()]
    return tuple(sorted(told, key=lambda each: (-abs(each.kg_co2e), each.organisation)))


def _in_one_version(versions: Versions, position: int) -> tuple[OneSidedNeed, ...]:
    """Needs that came or went, for as much of them as one unit of the product has."""
    needs, sides = versions.factors.needs, versions.sides
    kg_co2e = np.zeros(len(needs.process))
    units = _units_needed(versions, position)
    for needed, local in zip(units, versions.local, strict=True):
        kg_co2e += needed[needs.process] * local.one_sided
    found = []
    for number in np.flatnonzero(kg_co2e).tolist():
        position, stage, name, _ = versions.factors.keys[number]
        came = bool(needs.there[1, number])
        process = (sides.after if came else sides.before).processes[position]
        found.append(
            OneSidedNeed(
                organisation=process.organisation,
                product=process.product,
                stage=stage,
                name=name.partition("\n")[0],
                came=came,
                kg_co2e=float(kg_co2e[number]),
            )
        )
    return tuple(sorted(found, key=lambda e: (-abs(e.kg_co2e), e.product, e.stage, e.name)))


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
