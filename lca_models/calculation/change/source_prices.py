"""What priced sources stand for in both versions, and why the one differs from the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.matching import DECLARED, FOR_ALL, GAS, Matching, SourceKey
from lca_models.calculation.change.versions import Side, Sides
from lca_models.facts.factors import PUBLISHED_CO2E, Factor
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import DeclaredFootprint

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SourcePrices:
    """Priced sources of both versions.

    Args:
        before: kg CO2e per unit in the first version, shape (sources,).
        after: The same in the second, shape (sources,).
        by_value: Part of the difference that comes from the masses of gases, shape (sources,).
        by_gwp: Part that comes from the GWPs, shape (sources,).
        drivers: What stands behind other masses, by source.
        owners: Who declares a source; empty where nobody does.
    """

    before: Numbers
    after: Numbers
    by_value: Numbers
    by_gwp: Numbers
    drivers: tuple[Driver, ...]
    owners: tuple[str, ...]


def price_sources(sides: Sides, matching: Matching) -> SourcePrices:
    """Price every source in both versions.

    The difference of sum(m_g c_g) over gases is split evenly over both orders: masses at mean GWPs,
    GWPs at mean masses.
    """
    keys = tuple(matching.sources)
    pairs = [_pair(sides, matching, key, number) for number, key in enumerate(keys)]
    columns = {gas: n for n, gas in enumerate(sides.before.gwp)}
    masses = [_masses([pair[side] for pair in pairs], columns) for side in (0, 1)]
    gwp = [np.array(list(side.gwp.values())) for side in (sides.before, sides.after)]
    return SourcePrices(
        before=masses[0] @ gwp[0],
        after=masses[1] @ gwp[1],
        by_value=(masses[1] - masses[0]) @ (0.5 * (gwp[0] + gwp[1])),
        by_gwp=0.5 * (masses[0] + masses[1]) @ (gwp[1] - gwp[0]),
        drivers=tuple(_driver(*pair) for pair in pairs),
        owners=tuple(_owner(after) for _, after in pairs),
    )


_Source = DeclaredFootprint | Factor | str


def _pair(sides: Sides, matching: Matching, key: SourceKey, number: int) -> tuple[_Source, _Source]:
    kind, name, cover = key
    if kind == GAS:
        return name, name
    if cover != FOR_ALL:
        before, after = (rows.anew for rows in matching.rows)
        return before.get(number) or after[number], after.get(number) or before[number]
    return _named(sides.before, kind, name), _named(sides.after, kind, name)


def _named(side: Side, kind: str, name: str) -> DeclaredFootprint | Factor:
    return side.declared[name] if kind == DECLARED else side.factors[name]


def _masses(sources: list[_Source], columns: Mapping[str, int]) -> Numbers:
    masses = np.zeros((len(sources), len(columns)))
    for row, source in enumerate(sources):
        for gas, kg in ({source: 1.0} if isinstance(source, str) else source.gases).items():
            masses[row, columns[gas]] = kg
    return masses


def _owner(source: _Source) -> str:
    return source.organisation if isinstance(source, DeclaredFootprint) else ""


def _driver(before: _Source, after: _Source) -> Driver:
    """A new value by the same firm is its doing, unless it is CO2e by other GWPs."""
    if not isinstance(before, DeclaredFootprint) or not isinstance(after, DeclaredFootprint):
        return Driver.FACTOR_VERSION
    summed = PUBLISHED_CO2E in before.gases or PUBLISHED_CO2E in after.gases
    if summed and before.gwp_basis != after.gwp_basis:
        return Driver.METHOD
    return Driver.SUPPLIER_IMPROVEMENT
