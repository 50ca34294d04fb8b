"""An inventory as a table: its words kept beside the numbers, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.checks import background_ids, gas_factors, refuse_impossible
from lca_models.calculation.table import ChainTable
from lca_models.facts.factors import NOT_STATED, PUBLISHED_CO2E, Factor
from lca_models.facts.gases import Characterisation
from lca_models.facts.library import Library
from lca_models.inventory.processes import (
    DeclaredFootprint,
    Emission,
    Exchange,
    Inventory,
    Supplier,
    SupplierKind,
    in_canonical_order,
)

# A priced source: what has a footprint of its own. The gas itself, where a process emits it.
PricedSource = DeclaredFootprint | Factor | str


@dataclass(frozen=True, slots=True)
class TabulatedChain:
    """A chain as columns, with what each row and column is.

    Args:
        inventory: The chain, in canonical order; its processes are the products of the table.
        characterisation: Name of the GWP set.
        table: The numbers.
        rows: The exchange or emission of each row.
        sources: The priced sources, in the order of the table.
        gases: The gases, in the order of the table.
    """

    inventory: Inventory
    characterisation: str
    table: ChainTable
    rows: tuple[Exchange | Emission, ...]
    sources: tuple[PricedSource, ...]
    gases: tuple[str, ...]

    @property
    def positions(self) -> Mapping[str, int]:
        """Position of each product."""
        return {process.product: n for n, process in enumerate(self.inventory.processes)}

    @property
    def gas_factors(self) -> Mapping[str, float]:
        """GWP of each gas: kg CO2e per kg."""
        return dict(zip(self.gases, self.table.gwp.tolist(), strict=True))

    def basis_of(self, source: PricedSource, gas: str) -> str:
        """Which GWPs stand behind the CO2e of a gas: the chosen ones, or those of who added up."""
        if gas != PUBLISHED_CO2E:
            return self.characterisation
        return NOT_STATED if isinstance(source, str) else source.gwp_basis


def tabulate(inventory: Inventory, library: Library, chosen: Characterisation) -> TabulatedChain:
    """Lay a chain out as columns.

    Raises:
        InventoryError: Something is made twice or by nobody, or a number is impossible.
        UnknownGasError: A gas has no GWP in the set.
        UnknownFactorError: A process draws on a factor that the library does not have.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.
    """
    refuse_impossible(inventory)
    inventory = in_canonical_order(inventory)
    gwp = gas_factors(inventory, library, chosen)
    sources = _list_sources(inventory, library, gwp)
    keys = {Supplier(SupplierKind.PRODUCT, p.product): n for n, p in enumerate(inventory.processes)}
    first = len(keys)
    gas_positions = {}
    for position, source in enumerate(sources, start=first):
        if isinstance(source, str):
            gas_positions[source] = position
        else:
            declared = isinstance(source, DeclaredFootprint)
            kind = SupplierKind.DECLARED if declared else SupplierKind.BACKGROUND
            keys[Supplier(kind, source.id)] = position
    rows: list[Exchange | Emission] = []
    process, found, amount = [], [], []
    for number, made in enumerate(inventory.processes):
        rows += (*made.exchanges, *made.emissions)
        process += [number] * (len(made.exchanges) + len(made.emissions))
        found += [keys[exchange.supplier] for exchange in made.exchanges]
        found += [gas_positions[emission.gas] for emission in made.emissions]
        amount += [exchange.amount for exchange in made.exchanges]
        amount += [emission.mass_kg for emission in made.emissions]
    table = ChainTable(
        made=np.array([p.amount for p in inventory.processes], dtype=np.float64),
        process=np.array(process, dtype=np.int32),
        source=np.array(found, dtype=np.int32),
        amount=np.array(amount, dtype=np.float64),
        prices=_price_sources(sources, tuple(gwp)),
        gwp=np.array(list(gwp.values())),
    )
    return TabulatedChain(inventory, chosen.name, table, tuple(rows), sources, tuple(gwp))


def _list_sources(
    inventory: Inventory, library: Library, gases: Mapping[str, float]
) -> tuple[PricedSource, ...]:
    factors = [library.get_footprint_factor(factor_id) for factor_id in background_ids(inventory)]
    return (*inventory.declared, *factors, *gases)


def _price_sources(
    sources: tuple[PricedSource, ...], gases: tuple[str, ...]
) -> NDArray[np.float64]:
    columns = {gas: column for column, gas in enumerate(gases)}
    prices = np.zeros((len(sources), len(gases)))
    for row, source in enumerate(sources):
        for gas, kg in ({source: 1.0} if isinstance(source, str) else source.gases).items():
            prices[row, columns[gas]] += kg
    return prices
