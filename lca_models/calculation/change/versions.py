"""Two versions of a chain side by side: the same products, and what either lacks from the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.checks import (
    background_ids,
    gas_factors,
    refuse_impossible,
    refuse_other_units,
)
from lca_models.errors import UnknownGasError
from lca_models.facts.factors import Factor, Use
from lca_models.facts.gases import Characterisation
from lca_models.facts.library import Library
from lca_models.inventory.processes import DeclaredFootprint, Inventory, Process

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChainVersion:
    """A chain as it was at one time, with the facts that it is calculated by.

    Args:
        inventory: Processes of all members.
        library: Published factors and global warming potentials.
        characterisation: Set of GWPs by name.
    """

    inventory: Inventory
    library: Library
    characterisation: str = "AR6"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions, completed: what it lacks is as in the other.

    Args:
        processes: One for each product of either version, in the order of their ids.
        declared: Declared footprints by id.
        factors: Published factors that either version draws on, by id.
        gwp: kg CO2e per kg of each gas of either version, in one order.
    """

    processes: tuple[Process, ...]
    declared: Mapping[str, DeclaredFootprint]
    factors: Mapping[str, Factor]
    gwp: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both versions of a chain.

    Args:
        before: The first, completed.
        after: The second, completed.
        only_before: Products that only the first has.
        only_after: Products that only the second has.
        kept: Declared footprints that both versions have of themselves, per the same unit, by id.
        borrowed: Factors that one library lacks: there they count as in the other.
    """

    before: Side
    after: Side
    only_before: frozenset[str]
    only_after: frozenset[str]
    kept: frozenset[str]
    borrowed: tuple[str, ...]

    @property
    def products(self) -> tuple[str, ...]:
        """Products of either version."""
        return tuple(process.product for process in self.before.processes)

    def in_both(self, product: str) -> bool:
        """Whether both versions have a product of themselves."""
        return product not in self.only_before and product not in self.only_after


def put_side_by_side(before: ChainVersion, after: ChainVersion) -> Sides:
    """Complete each version by what only the other has.

    A product that one version lacks gets its process from the other: its own recipe did not change,
    and a new supplier is compared price against price. A chain that is productive stays so, for
    nothing of it draws on what it lacks.

    Raises:
        InventoryError: A version cannot be laid out, or a product changed its declared unit.
        UnknownGasError: A gas has no GWP in the set of its version.
        UnknownFactorError: A process draws on a factor that its library does not have.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.
    """
    versions = before, after
    sets = [_characterise(version) for version in versions]
    processes = [{p.product: p for p in version.inventory.processes} for version in versions]
    refuse_other_units(*processes)
    products = sorted({**processes[0], **processes[1]})
    declared = [{d.id: d for d in version.inventory.declared} for version in versions]
    ids = sorted({f for version in versions for f in background_ids(version.inventory)})
    known = [_known_factors(ids, version.library) for version in versions]
    sides = []
    for own, other in ((0, 1), (1, 0)):
        made = {**processes[other], **processes[own]}
        sides.append(
            Side(
                processes=tuple(made[product] for product in products),
                declared={**declared[other], **declared[own]},
                factors={**known[other], **known[own]},
                gwp={},
            )
        )
    gases = sorted({gas for side in sides for gas in _gases_of(side)})
    completed = [
        Side(
            side.processes,
            side.declared,
            side.factors,
            {gas: _gwp(gas, sets[own], sets[1 - own]) for gas in gases},
        )
        for own, side in enumerate(sides)
    ]
    borrowed = tuple(f for f in ids if not all(f in factors for factors in known))
    return Sides(
        before=completed[0],
        after=completed[1],
        only_before=frozenset(processes[0].keys() - processes[1].keys()),
        only_after=frozenset(processes[1].keys() - processes[0].keys()),
        kept=_told_alike(*declared),
        borrowed=borrowed,
    )


def _told_alike(
    before: Mapping[str, DeclaredFootprint], after: Mapping[str, DeclaredFootprint]
) -> frozenset[str]:
    both = before.keys() & after.keys()
    return frozenset(each for each in both if before[each].unit == after[each].unit)


def _characterise(version: ChainVersion) -> Characterisation:
    """The GWPs of a version, of which its own chain lacks nothing."""
    chosen = version.library.get_characterisation(version.characterisation)
    refuse_impossible(version.inventory)
    gas_factors(version.inventory, version.library, chosen)
    return chosen


def _known_factors(ids: Iterable[str], library: Library) -> dict[str, Factor]:
    found = {factor_id: library.factors.get(factor_id) for factor_id in ids}
    return {key: f for key, f in found.items() if f is not None and f.use is Use.FOOTPRINT}


def _gases_of(side: Side) -> Iterator[str]:
    for process in side.processes:
        for emission in process.emissions:
            yield emission.gas
    for declared in side.declared.values():
        yield from declared.gases
    for factor in side.factors.values():
        yield from factor.gases


def _gwp(gas: str, own: Characterisation, other: Characterisation) -> float:
    try:
        return own.factor_of(gas)
    except UnknownGasError:  # nothing of this version emits it
        return other.factor_of(gas)
