"""The change of every product, from the changes at every process along its chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.causes import DRIVERS, NUMBERS
from lca_models.calculation.change.local_changes import Factors, LocalChanges
from lca_models.calculation.change.versions import Side, Sides
from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.structure import find_structure
from lca_models.calculation.system import Layout, System, build_system
from lca_models.impacts.change import Driver

Numbers = NDArray[np.float64]
_TOLERANCE = 1e-9
PERFORMANCE = tuple(driver for driver in DRIVERS if driver.is_performance)
PERFORMED = [NUMBERS[driver] for driver in PERFORMANCE]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Why every product changed, per declared unit.

    Args:
        products: Ids, in order.
        before: kg CO2e in the first version, shape (products,).
        after: kg CO2e in the second, shape (products,).
        drivers: What the columns stand for.
        causes: kg CO2e by driver, shape (products, drivers): the change together. What suppliers
            did stands under their improvement, and so does what comes back through them.
        supplied: What suppliers did, by what they did, shape (products, drivers); the column of the
            supplier improvement holds footprints that were declared anew.
    """

    products: tuple[str, ...]
    before: Numbers
    after: Numbers
    drivers: tuple[Driver, ...]
    causes: Numbers
    supplied: Numbers


class Versions:
    """Both versions solved, and the changes at their processes.

    h1 - h0 = S0 [(r1 - r0) + (C1 - C0) h1] = S1 [(r1 - r0) + (C1 - C0) h0], where S is the inverse
    of I - C; the mean of both takes no side.

    Args:
        sides: Both versions, completed.
        factors: Both versions in factors.

    Raises:
        UnproductiveLoopError: Firms of one version use up what they make for each other.
    """

    def __init__(self, sides: Sides, factors: Factors) -> None:
        self.sides, self.factors = sides, factors
        terms, size = factors.terms, factors.products
        self.links = np.flatnonzero(terms.source < size)
        self.product = terms.process[self.links].astype(np.int32)
        self.supplier = terms.source[self.links].astype(np.int32)
        layout = Layout(
            find_structure(size, self.product, self.supplier), self.product, self.supplier
        )
        self.systems = [System(layout, taken[self.links]) for taken in terms.amounts]
        for side, system, taken in self._by_version():
            if system.unproductive():  # seen with the links of both: name those of this version
                used = np.flatnonzero(taken)
                apart = build_system(size, self.product[used], self.supplier[used], taken[used])
                refuse_unproductive_loops(side.processes, apart)
        self.kg_co2e, self.gross = self._price()
        # The price of the other version stays constant while one version changes into it.
        self.local: list[LocalChanges] = [
            factors.split(prices) for prices in reversed(self.kg_co2e)
        ]

    def _price(self) -> tuple[list[Numbers], Numbers]:
        """Kg CO2e of every product in both versions, and what enters by magnitude."""
        terms, size = self.factors.terms, self.factors.products
        rows = np.flatnonzero(terms.source >= size)
        prices = self.factors.prices.before, self.factors.prices.after
        found, gross = [], np.zeros(size)
        for system, taken, price in zip(self.systems, terms.amounts, prices, strict=True):
            entering = taken[rows] * price[terms.source[rows] - size]
            columns = [
                np.bincount(terms.process[rows], each, size)
                for each in (entering, np.abs(entering))
            ]
            solved = system.price(np.column_stack(columns))
            found.append(solved[:, 0])
            gross = np.maximum(gross, solved[:, 1])
        return found, gross

    @cached_property
    def within(self) -> list[System]:
        """Both systems without what firms take of each other."""
        found = []
        for side, system, taken in self._by_version():
            firm = _number_firms(side)
            own = firm[self.product] == firm[self.supplier]
            found.append(System(system.layout, np.where(own, taken, 0.0)))
        return found

    def _by_version(self) -> Iterator[tuple[Side, System, Numbers]]:
        """Either version with what its products take of each other."""
        sides = self.sides.before, self.sides.after
        taken = self.factors.terms.amounts[:, self.links]
        return zip(sides, self.systems, taken, strict=True)


def decompose(versions: Versions) -> Decomposition:
    """Add up the changes at all processes along the chain of every product.

    Raises:
        ArithmeticError: The parts do not sum to the change: our own fault, never a result.
    """
    local = [each.kg_co2e for each in versions.local]
    along = _mean_price(versions.systems, local)
    own = _mean_price(versions.within, [each[:, PERFORMED] for each in local])
    improved = PERFORMANCE.index(Driver.SUPPLIER_IMPROVEMENT)
    own[:, improved] = 0.0  # a declared footprint counts as its declarer's, not the user's
    supplied = np.zeros_like(along)
    supplied[:, PERFORMED] = along[:, PERFORMED] - own
    causes = along.copy()
    causes[:, PERFORMED] = own
    causes[:, NUMBERS[Driver.SUPPLIER_IMPROVEMENT]] = supplied.sum(axis=1)
    before, after = versions.kg_co2e
    refuse_missed_changes(versions, np.arange(len(before)), causes)
    return Decomposition(versions.sides.products, before, after, DRIVERS, causes, supplied)


def refuse_missed_changes(versions: Versions, positions: NDArray[np.int64], parts: Numbers) -> None:
    """Let nothing pass that does not sum to the change of some products.

    Args:
        versions: Both versions, solved.
        positions: Which products, shape (some,).
        parts: Causes of each of them, shape (some, drivers).

    Raises:
        ArithmeticError: They sum to another, or to no number: our own fault, never a result.
    """
    before, after = (kg_co2e[positions] for kg_co2e in versions.kg_co2e)
    scale = np.maximum(versions.gross[positions], np.abs(parts).sum(axis=1))
    close = np.abs(parts.sum(axis=1) - (after - before)) <= _TOLERANCE * scale
    if not close.all():
        product = versions.sides.products[int(positions[np.flatnonzero(~close)[0]])]
        raise ArithmeticError(f"the causes of the change of {product} do not sum to it")


def _mean_price(systems: Sequence[System], entering: Sequence[Numbers]) -> Numbers:
    """What products carry of changes at processes, as the mean of both versions."""
    first, second = (s.price(each) for s, each in zip(systems, entering, strict=True))
    return 0.5 * (first + second)


def _number_firms(side: Side) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(p.organisation, len(numbers)) for p in side.processes])
