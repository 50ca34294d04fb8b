"""The one door: an inventory in, impacts out."""

from __future__ import annotations

from collections.abc import Mapping

from lca_models.calculation.contributions import Intensity, list_contributions
from lca_models.calculation.fingerprint import engine_versions, hash_inputs
from lca_models.calculation.loops import consumption_matrix, refuse_unproductive_loops
from lca_models.calculation.matrices import build_matrices
from lca_models.calculation.solving import Solution, solve
from lca_models.calculation.splits import Priced, split_impacts
from lca_models.errors import InventoryError, Place, Text, UnknownGasError
from lca_models.facts.factors import PUBLISHED_CO2E
from lca_models.facts.gases import Characterisation
from lca_models.facts.library import Library
from lca_models.impacts import Calculation, Method
from lca_models.inventory.background import build_background
from lca_models.inventory.processes import (
    Inventory,
    Supplier,
    SupplierKind,
    in_canonical_order,
)


def calculate(
    inventory: Inventory, library: Library, *, characterisation: str = "AR6"
) -> Calculation:
    """Calculate the cradle-to-gate impact of every product of a chain, as one linear system.

    Args:
        inventory: Processes of all members, laid out per run, allocation done.
        library: Published factors and global warming potentials.
        characterisation: Set of GWPs by name: AR4, AR5 or AR6.

    Returns:
        The impact of one declared unit of every product, split exactly, with the method.

    Raises:
        InventoryError: A process draws on something that nothing makes, or is given twice.
        UnproductiveLoopError: Firms use up what they make for each other.
        UnknownGasError: A gas has no GWP in the set.
        UnknownCharacterisationError: There is no such set.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.

    Source: Heijungs and Suh (2002), The Computational Structure of Life Cycle Assessment, ch. 2.
    """
    chosen = library.get_characterisation(characterisation)
    if not inventory.processes:
        raise InventoryError(
            Text(en="There is no process to calculate.", zh="没有可计算的过程。"),
            Text(en="Give the activity data of one product.", zh="请至少提供一个产品的活动数据。"),
        )
    inventory = in_canonical_order(inventory)
    gas_factors = _gas_factors(inventory, library, chosen)
    positions = {process.product: n for n, process in enumerate(inventory.processes)}
    matrices = build_matrices(inventory, build_background(library), gas_factors)
    consumption = consumption_matrix(inventory.processes, positions)
    refuse_unproductive_loops(inventory.processes, consumption)
    products = [Supplier(SupplierKind.PRODUCT, process.product) for process in inventory.processes]
    solution = solve(matrices, products, products)
    intensities = _intensities(inventory, library, chosen, solution, gas_factors, matrices.gases)
    priced = Priced(
        inventory=inventory,
        solution=solution,
        gases=tuple(matrices.gases),
        gas_factors=gas_factors,
        contributions=list_contributions(inventory, intensities, gas_factors, chosen.name),
    )
    method = Method(
        characterisation=chosen.name,
        library_version=library.version,
        engine=engine_versions(),
        inputs_hash=hash_inputs(inventory, library.version, chosen.name),
    )
    return Calculation(impacts=split_impacts(priced), method=method)


def _gas_factors(
    inventory: Inventory, library: Library, chosen: Characterisation
) -> Mapping[str, float]:
    """GWPs of all gases that the chain can emit; an unknown one is refused, never zero."""
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
    for factor_id in _background_ids(inventory):
        gases = library.get_footprint_factor(factor_id).gases
        used += [(gas, Place(line=factor_id)) for gas in gases]
    found = {}
    for gas, place in used:
        try:
            found[gas] = chosen.factor_of(gas)
        except UnknownGasError as error:
            raise error.at(place) from error
    return dict(sorted(found.items()))


def _background_ids(inventory: Inventory) -> set[str]:
    return {
        exchange.supplier.id
        for process in inventory.processes
        for exchange in process.exchanges
        if exchange.supplier.kind is SupplierKind.BACKGROUND
    }


def _intensities(
    inventory: Inventory,
    library: Library,
    chosen: Characterisation,
    solution: Solution,
    gas_factors: Mapping[str, float],
    gases: Mapping[str, int],
) -> Mapping[Supplier, Intensity]:
    found: dict[Supplier, Intensity] = {}
    for factor_id in _background_ids(inventory):
        factor = library.get_footprint_factor(factor_id)
        found[Supplier(SupplierKind.BACKGROUND, factor_id)] = _intensity(
            factor.gases, gas_factors, chosen.name, factor.gwp_basis, 0.0
        )
    for declared in inventory.declared:
        found[Supplier(SupplierKind.DECLARED, declared.id)] = _intensity(
            declared.gases,
            gas_factors,
            chosen.name,
            declared.gwp_basis,
            declared.primary_data_share,
        )
    weights = [gas_factors.get(gas, 0.0) for gas in gases]
    for process, gas_kg in zip(inventory.processes, solution.gas_kg, strict=True):
        total = float(gas_kg @ weights)
        found[Supplier(SupplierKind.PRODUCT, process.product)] = Intensity(total, {})
    return found


def _intensity(
    gases: Mapping[str, float],
    gas_factors: Mapping[str, float],
    chosen: str,
    published_basis: str,
    primary_data_share: float,
) -> Intensity:
    by_basis: dict[str, float] = {}
    for gas, mass_kg in gases.items():
        basis = published_basis if gas == PUBLISHED_CO2E else chosen
        by_basis[basis] = by_basis.get(basis, 0.0) + mass_kg * gas_factors[gas]
    return Intensity(sum(by_basis.values()), by_basis, primary_data_share)
