"""An inventory as in-memory Brightway datapackages, and the integer ids of its nodes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import bw_processing as bwp
import numpy as np
import stats_arrays

from lca_models.errors import InventoryError, Text
from lca_models.inventory.background import Background
from lca_models.inventory.processes import (
    DeclaredFootprint,
    DistributionKind,
    Inventory,
    Process,
    Supplier,
    SupplierKind,
    Uncertainty,
)


@dataclass(frozen=True, slots=True)
class Matrices:
    """A chain and its background as Brightway reads them.

    Args:
        packages: Background, foreground and characterisation, in this order.
        nodes: Integer id of every process, by what supplies it.
        gases: Integer id of every gas.
    """

    packages: tuple[bwp.Datapackage, ...]
    nodes: Mapping[Supplier, int]
    gases: Mapping[str, int]


@dataclass(slots=True)
class _Entries:
    """Rows of one matrix in the making."""

    indices: list[tuple[int, int]] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)
    flips: list[bool] = field(default_factory=list)
    distributions: list[tuple[float, ...]] = field(default_factory=list)

    def add(
        self,
        row: int,
        column: int,
        amount: float,
        *,
        flip: bool = False,
        uncertainty: Uncertainty | None = None,
    ) -> None:
        self.indices.append((row, column))
        self.amounts.append(amount)
        self.flips.append(flip)
        self.distributions.append(_distribution(amount, uncertainty))

    def write(self, package: bwp.Datapackage, matrix: str) -> None:
        package.add_persistent_vector(
            matrix=matrix,
            name=matrix,
            indices_array=np.array(self.indices, dtype=bwp.INDICES_DTYPE),
            data_array=np.array(self.amounts, dtype=np.float64),
            flip_array=np.array(self.flips, dtype=bool),
            distributions_array=np.array(self.distributions, dtype=bwp.UNCERTAINTY_DTYPE),
        )


def build_matrices(
    inventory: Inventory, background: Background, gas_factors: Mapping[str, float]
) -> Matrices:
    """Lay an inventory out for `bw2calc`, on top of the frozen background.

    Args:
        inventory: The chain.
        background: Published processes, frozen.
        gas_factors: kg CO2e per kg of every gas that the chain emits.

    Raises:
        InventoryError: A product is made twice, an exchange draws on something unknown, or a
            number is none.
    """
    nodes = _number_nodes(inventory, background)
    technosphere, biosphere = _Entries(), _Entries()
    for process in inventory.processes:
        _add_process(process, nodes, background.gas_ids, technosphere, biosphere)
    for declared in inventory.declared:
        _add_declared(declared, nodes, background.gas_ids, technosphere, biosphere)
    foreground = bwp.create_datapackage(name="foreground", sum_intra_duplicates=True)
    technosphere.write(foreground, "technosphere_matrix")
    if biosphere.indices:
        biosphere.write(foreground, "biosphere_matrix")
    return Matrices(
        packages=(
            background.datapackage,
            foreground,
            _characterisation_package(gas_factors, background.gas_ids),
        ),
        nodes=nodes,
        gases=background.gas_ids,
    )


def _number_nodes(inventory: Inventory, background: Background) -> dict[Supplier, int]:
    nodes = {
        Supplier(SupplierKind.BACKGROUND, factor): node
        for factor, node in background.process_ids.items()
    }
    first_free = 1 + max(*background.process_ids.values(), *background.gas_ids.values())
    made = [Supplier(SupplierKind.PRODUCT, p.product) for p in inventory.processes]
    made += [Supplier(SupplierKind.DECLARED, d.id) for d in inventory.declared]
    for number, supplier in enumerate(made, start=first_free):
        if supplier in nodes:
            raise InventoryError(
                Text(en="“{id}” is made by two processes.", zh="“{id}”由两个过程生产。").format(
                    id=supplier.id
                ),
                Text(en="Give each product one process.", zh="每个产品只能有一个过程。"),
                value=supplier.id,
            )
        nodes[supplier] = number
    return nodes


def _add_process(
    process: Process,
    nodes: Mapping[Supplier, int],
    gases: Mapping[str, int],
    technosphere: _Entries,
    biosphere: _Entries,
) -> None:
    _refuse_impossible_amounts(process)
    column = nodes[Supplier(SupplierKind.PRODUCT, process.product)]
    technosphere.add(column, column, process.amount)
    for exchange in process.exchanges:
        row = nodes.get(exchange.supplier)
        if row is None:
            raise InventoryError(
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
        technosphere.add(row, column, exchange.amount, flip=True, uncertainty=exchange.uncertainty)
    for emission in process.emissions:
        row = gases[emission.gas]
        biosphere.add(row, column, emission.mass_kg, uncertainty=emission.uncertainty)


def _add_declared(
    declared: DeclaredFootprint,
    nodes: Mapping[Supplier, int],
    gases: Mapping[str, int],
    technosphere: _Entries,
    biosphere: _Entries,
) -> None:
    _refuse_impossible_values(declared)
    column = nodes[Supplier(SupplierKind.DECLARED, declared.id)]
    technosphere.add(column, column, 1.0)
    for gas, mass_kg in declared.gases.items():
        biosphere.add(gases[gas], column, mass_kg)


def _characterisation_package(
    gas_factors: Mapping[str, float], gases: Mapping[str, int]
) -> bwp.Datapackage:
    package = bwp.create_datapackage(name="characterisation", sum_intra_duplicates=True)
    rows = [(gases[gas], 0) for gas in gas_factors]
    package.add_persistent_vector(
        matrix="characterization_matrix",
        name="characterization_matrix",
        indices_array=np.array(rows, dtype=bwp.INDICES_DTYPE),
        data_array=np.array(list(gas_factors.values()), dtype=np.float64),
    )
    return package


def _distribution(amount: float, uncertainty: Uncertainty | None) -> tuple[float, ...]:
    """One row of `UNCERTAINTY_DTYPE`: type, loc, scale, shape, minimum, maximum, negative."""
    nothing = math.nan
    if uncertainty is None or amount == 0:
        return (stats_arrays.NoUncertainty.id, amount, nothing, nothing, nothing, nothing, False)
    low, high = uncertainty.relative_low, uncertainty.relative_high
    bounds = (
        nothing if low is None else amount * low,
        nothing if high is None else amount * high,
    )
    match uncertainty.kind:
        case DistributionKind.LOGNORMAL:
            location, scale = math.log(abs(amount)), math.log(uncertainty.geometric_sd or 1.0)
            kind = stats_arrays.LognormalUncertainty.id
        case DistributionKind.NORMAL:
            location, scale = amount, abs(amount) * (uncertainty.relative_sd or 0.0)
            kind = stats_arrays.NormalUncertainty.id
        case DistributionKind.TRIANGULAR:
            location, scale, kind = amount, nothing, stats_arrays.TriangularUncertainty.id
        case DistributionKind.UNIFORM:
            location, scale, kind = nothing, nothing, stats_arrays.UniformUncertainty.id
    return (kind, location, scale, nothing, *sorted(bounds), amount < 0)


def _refuse_impossible_amounts(process: Process) -> None:
    inputs = [exchange.amount for exchange in process.exchanges]
    inputs += [gap.amount for gap in process.gaps]
    emitted = [emission.mass_kg for emission in process.emissions]
    bounds = [gap.upper_kg_co2e_per_unit or 0.0 for gap in process.gaps]
    if not (math.isfinite(process.amount) and process.amount > 0):
        raise _bad_amount(process, process.amount)
    for amount in (*inputs, *emitted, *bounds):
        if not math.isfinite(amount):
            raise _bad_amount(process, amount)
    for amount in inputs:
        if amount < 0:
            raise _bad_amount(process, amount)


def _refuse_impossible_values(declared: DeclaredFootprint) -> None:
    wrong = [kg for kg in declared.gases.values() if not math.isfinite(kg)]
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


def _bad_amount(process: Process, amount: float) -> InventoryError:
    return InventoryError(
        Text(
            en="Product “{product}” of “{firm}” has the impossible amount {amount}.",
            zh="“{firm}”的产品“{product}”含有无效数量{amount}。",
        ).format(product=process.product, firm=process.organisation, amount=amount),
        Text(
            en="Amounts are finite, inputs not below zero, outputs above zero.",
            zh="数量须为有限数值，投入不得为负，产出须大于零。",
        ),
        value=amount,
    )
