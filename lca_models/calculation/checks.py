"""What no chain may contain: things made twice or by nobody, impossible numbers, changed units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lca_models.errors import InventoryError, Place, Text, UnknownGasError
from lca_models.facts.gases import Characterisation
from lca_models.facts.library import Library
from lca_models.inventory.processes import (
    DeclaredFootprint,
    DistributionKind,
    Emission,
    Exchange,
    Inventory,
    Process,
    Supplier,
    SupplierKind,
    Uncertainty,
)

IMPOSSIBLE_AMOUNT_CURE = Text(
    en="Amounts are finite, inputs not below zero, outputs above zero.",
    zh="数量须为有限数值，投入不得为负，产出须大于零。",
)


def refuse_impossible(inventory: Inventory) -> None:
    """Refuse an inventory that cannot be laid out.

    Raises:
        InventoryError: There is no process, something is made twice, an exchange draws on something
            that nothing makes, or a number is none or below zero where it cannot be.
    """
    if not inventory.processes:
        raise InventoryError(
            Text(en="There is no process to calculate.", zh="没有可计算的过程。"),
            Text(en="Give the activity data of one product.", zh="请至少提供一个产品的活动数据。"),
        )
    made = {Supplier(SupplierKind.PRODUCT, p.product) for p in inventory.processes}
    declared = {Supplier(SupplierKind.DECLARED, d.id) for d in inventory.declared}
    _refuse_twice([process.product for process in inventory.processes])
    _refuse_twice([footprint.id for footprint in inventory.declared])
    for process in inventory.processes:
        _refuse_impossible_amounts(process)
        for exchange in process.exchanges:
            of_chain = exchange.supplier.kind is not SupplierKind.BACKGROUND
            if of_chain and not (exchange.supplier in made or exchange.supplier in declared):
                raise _made_by_nobody(process, exchange)
    for footprint in inventory.declared:
        _refuse_impossible_values(footprint)


def refuse_beyond_measure(processes: Sequence[Process], numbers: NDArray[np.float64]) -> None:
    """Refuse a chain whose amounts multiply to what no number can hold.

    Args:
        processes: The processes.
        numbers: What was calculated for each, shape (processes,).

    Raises:
        InventoryError: Names the product of the first that is infinite or no number.
    """
    for position in np.flatnonzero(~np.isfinite(numbers)).tolist():
        product = processes[position].product
        raise InventoryError(
            Text(
                en="The amounts along the chain of “{product}” multiply beyond any measure.",
                zh="产品“{product}”供应链上的数量连乘后超出可计算范围。",
            ).format(product=product),
            Text(
                en="Check the units of its lines and outputs.", zh="请核对各明细与产出的计量单位。"
            ),
            value=product,
        )


def refuse_other_units(before: Mapping[str, Process], after: Mapping[str, Process]) -> None:
    """Refuse products that are declared per other units in the other version.

    Raises:
        InventoryError: A product changed its declared unit.
    """
    for product in before.keys() & after.keys():
        units = before[product].unit, after[product].unit
        if units[0] != units[1]:
            raise InventoryError(
                Text(
                    en="“{product}” is declared per {before} before and per {after} after.",
                    zh="产品“{product}”前后两个版本的声明单位不同（{before}、{after}）。",
                ).format(product=product, before=units[0], after=units[1]),
                Text(
                    en="Give both versions the same declared unit.",
                    zh="请统一两个版本的声明单位。",
                ),
                value=product,
            )


def gas_factors(
    inventory: Inventory, library: Library, chosen: Characterisation
) -> dict[str, float]:
    """GWPs of all gases that a chain can emit, by gas in order of their keys.

    Raises:
        UnknownGasError: The set has none for a gas; it names who emits it. Never zero.
        UnknownFactorError: A process draws on a factor that the library does not have.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.
    """
    used = [
        (emission.gas, Place(process.organisation, process.product, emission.line))
        for process in inventory.processes
        for emission in process.emissions
    ]
    used += [
        (gas, Place(declared.organisation, declared.id))
        for declared in inventory.declared
        for gas in declared.gases
    ]
    used += [
        (gas, Place(line=factor_id))
        for factor_id in background_ids(inventory)
        for gas in library.get_footprint_factor(factor_id).gases
    ]
    found: dict[str, float] = {}
    for gas, place in used:
        if gas in found:
            continue
        try:
            found[gas] = chosen.factor_of(gas)
        except UnknownGasError as error:
            raise error.at(place) from error
    return dict(sorted(found.items()))


def background_ids(inventory: Inventory) -> list[str]:
    """Published factors that a chain draws on, in order."""
    drawn = {
        exchange.supplier.id
        for process in inventory.processes
        for exchange in process.exchanges
        if exchange.supplier.kind is SupplierKind.BACKGROUND
    }
    return sorted(drawn)


def _refuse_twice(ids: list[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise InventoryError(
                Text(en="“{id}” is made by two processes.", zh="“{id}”由两个过程生产。").format(
                    id=name
                ),
                Text(en="Give each product one process.", zh="每个产品只能有一个过程。"),
                value=name,
            )
        seen.add(name)


def _made_by_nobody(process: Process, exchange: Exchange) -> InventoryError:
    return InventoryError(
        Text(
            en="Product “{product}” draws on “{id}”, which nothing makes.",
            zh="产品“{product}”使用了“{id}”，但没有任何过程生产它。",
        ).format(product=process.product, id=exchange.supplier.id),
        Text(
            en="Add its process or leave the line as a gap.",
            zh="请补充其过程，或将该明细列为缺口。",
        ),
        value=exchange.supplier.id,
    )


def _refuse_impossible_amounts(process: Process) -> None:
    credits_ = (SupplierKind.BACKGROUND, SupplierKind.DECLARED)
    takings = [e.amount for e in process.exchanges if e.supplier.kind not in credits_]
    takings += [gap.amount for gap in process.gaps]
    numbers = [e.amount for e in process.exchanges if e.supplier.kind in credits_]
    numbers += [emission.mass_kg for emission in process.emissions]
    numbers += [gap.upper_kg_co2e_per_unit or 0.0 for gap in process.gaps]
    rows: list[Exchange | Emission] = [*process.exchanges, *process.emissions]
    for row in rows:
        if row.uncertainty is not None and not _is_possible(row.uncertainty):
            raise _impossible_uncertainty(row.uncertainty).at(
                Place(process.organisation, process.product, row.line)
            )
    wrong = [] if math.isfinite(process.amount) and process.amount > 0 else [process.amount]
    wrong += _not_finite([*takings, *numbers])
    wrong += [amount for amount in takings if amount < 0]
    if wrong:
        raise InventoryError(
            Text(
                en="Product “{product}” of “{firm}” has the impossible amount {amount}.",
                zh="“{firm}”的产品“{product}”含有无效数量{amount}。",
            ).format(product=process.product, firm=process.organisation, amount=wrong[0]),
            IMPOSSIBLE_AMOUNT_CURE,
            value=wrong[0],
        )


def _is_possible(uncertainty: Uncertainty) -> bool:
    match uncertainty.kind:
        case DistributionKind.LOGNORMAL:
            return _lies_between(1, uncertainty.geometric_sd, math.inf)
        case DistributionKind.NORMAL:
            return _lies_between(0, uncertainty.relative_sd, math.inf)
        case DistributionKind.TRIANGULAR | DistributionKind.UNIFORM:
            low, high = uncertainty.relative_low, uncertainty.relative_high
            return _lies_between(0, low, 1) and _lies_between(1, high, math.inf)


def _lies_between(low: float, number: float | None, high: float) -> bool:
    return number is not None and low <= number <= high and math.isfinite(number)


def _impossible_uncertainty(uncertainty: Uncertainty) -> InventoryError:
    return InventoryError(
        Text(
            en="Its {kind} uncertainty has no possible parameters.",
            zh="其{kind}不确定性的参数无效。",
        ).format(kind=uncertainty.kind.value),
        Text(
            en="Give a geometric standard deviation from 1 (lognormal), a relative standard "
            "deviation from 0 (normal), or a least value from 0 to 1 and a greatest from 1 "
            "(triangular, uniform), relative to the amount.",
            zh="请填写不小于1的几何标准差（对数正态）、不小于0的相对标准差（正态），"
            "或相对于数量的最小值（0至1）和最大值（不小于1）（三角、均匀）。",
        ),
        value=uncertainty.kind.value,
    )


def _refuse_impossible_values(declared: DeclaredFootprint) -> None:
    if declared.uncertainty is not None and not _is_possible(declared.uncertainty):
        place = Place(declared.organisation, declared.id)
        raise _impossible_uncertainty(declared.uncertainty).at(place)
    wrong = _not_finite(declared.gases.values())
    if not 0 <= declared.primary_data_share <= 1:
        wrong.append(declared.primary_data_share)
    if wrong or not declared.gases:
        raise InventoryError(
            Text(
                en="The footprint “{id}” declared by “{firm}” has no possible value ({value}).",
                zh="“{firm}”声明的碳足迹“{id}”没有有效数值（{value}）。",
            ).format(id=declared.id, firm=declared.organisation, value=wrong[0] if wrong else "—"),
            Text(
                en="Give finite masses of at least one gas, and a primary data share from 0 to 1.",
                zh="请至少填写一种气体的有限质量，初级数据占比须在0至1之间。",
            ),
            value=declared.id,
        )


def _not_finite(numbers: Iterable[float]) -> list[float]:
    return [number for number in numbers if not math.isfinite(number)]
