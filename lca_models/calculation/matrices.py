"""An inventory as in-memory Brightway datapackages, and the integer ids of its nodes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import bw_processing as bwp
import numpy as np
import stats_arrays

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
    """Lay an inventory, once checked, out for `bw2calc`, on top of the frozen background.

    Args:
        inventory: The chain.
        background: Published processes, frozen.
        gas_factors: kg CO2e per kg of every gas that the chain emits.
    """
    nodes = _number_nodes(inventory, background)
    technosphere, biosphere = _Entries(), _Entries()
    for process in inventory.processes:
        _add_process(process, nodes, background.gas_ids, technosphere, biosphere)
    for content, declared in enumerate(inventory.declared, start=1 + max(nodes.values())):
        column = nodes[Supplier(SupplierKind.DECLARED, declared.id)]
        _add_declared(declared, (column, content), background.gas_ids, technosphere, biosphere)
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
    return nodes | {supplier: number for number, supplier in enumerate(made, start=first_free)}


def _add_process(
    process: Process,
    nodes: Mapping[Supplier, int],
    gases: Mapping[str, int],
    technosphere: _Entries,
    biosphere: _Entries,
) -> None:
    column = nodes[Supplier(SupplierKind.PRODUCT, process.product)]
    technosphere.add(column, column, process.amount)
    for exchange in process.exchanges:
        row = nodes[exchange.supplier]
        technosphere.add(row, column, exchange.amount, flip=True, uncertainty=exchange.uncertainty)
    for emission in process.emissions:
        row = gases[emission.gas]
        biosphere.add(row, column, emission.mass_kg, uncertainty=emission.uncertainty)


def _add_declared(
    declared: DeclaredFootprint,
    nodes: tuple[int, int],
    gases: Mapping[str, int],
    technosphere: _Entries,
    biosphere: _Entries,
) -> None:
    """Add a declaration; where it may be off, its content is a process of its own.

    All its gases then vary together, with how much is taken of that content.
    """
    column, content = nodes
    technosphere.add(column, column, 1.0)
    if declared.uncertainty is not None:
        technosphere.add(content, content, 1.0)
        technosphere.add(content, column, 1.0, flip=True, uncertainty=declared.uncertainty)
        column = content
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


def _has_width(uncertainty: Uncertainty) -> bool:
    """Whether it is one that `stats_arrays` accepts."""
    return (
        uncertainty.geometric_sd not in {None, 1.0}
        or bool(uncertainty.relative_sd)
        or uncertainty.relative_low != uncertainty.relative_high
    )


def _distribution(amount: float, uncertainty: Uncertainty | None) -> tuple[float, ...]:
    """One row of `UNCERTAINTY_DTYPE`: type, loc, scale, shape, minimum, maximum, negative."""
    nothing = math.nan
    if uncertainty is None or amount == 0 or not _has_width(uncertainty):
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
