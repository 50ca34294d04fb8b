"""A solved chain: by our own block substitution, or by `bw2calc` as the reference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.matrices import build_matrices
from lca_models.calculation.solving import solve
from lca_models.calculation.table import ChainTable, Priced, price
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.facts.library import Library
from lca_models.inventory.background import build_background
from lca_models.inventory.processes import Supplier, SupplierKind

Numbers = NDArray[np.float64]


class Engine(StrEnum):
    """What solves a chain. Both agree to 1e-9; `bw2calc` takes one solve for each product."""

    BLOCK = "block"
    BW2CALC = "bw2calc"


class Solution(Protocol):
    """What a solved chain can tell."""

    @property
    def priced(self) -> Priced:
        """Every product by gas."""

    def carry(self, entering: Numbers) -> Numbers:
        """What each product carries of what enters the chain.

        Args:
            entering: What enters at one unit of each product, shape (products, columns).
        """

    def run(self, products: slice) -> Numbers:
        """Declared units of every product behind one unit of each of some products.

        Returns:
            Shape (some, products).
        """


@dataclass(frozen=True, slots=True)
class BlockSolution:
    """One adjoint solve over gases; everything else on request."""

    priced: Priced

    def carry(self, entering: Numbers) -> Numbers:
        """See `Solution`."""
        return self.priced.table.system.price(entering)

    def run(self, products: slice) -> Numbers:
        """See `Solution`."""
        demand = np.eye(self.priced.table.products)[:, products]
        return self.priced.table.system.run(demand).T


@dataclass(frozen=True, slots=True)
class ForwardSolution:
    """One forward solve for each product, all of them kept.

    Args:
        priced: Every product by gas.
        runs: Declared units of each product behind one unit of each, shape (products, products).
    """

    priced: Priced
    runs: Numbers

    def carry(self, entering: Numbers) -> Numbers:
        """See `Solution`."""
        return np.asarray(self.runs @ entering)

    def run(self, products: slice) -> Numbers:
        """See `Solution`."""
        return self.runs[products]


def solve_chain(chain: TabulatedChain, library: Library, engine: Engine) -> Solution:
    """Solve a chain whose loops are known to be productive."""
    if engine is Engine.BLOCK:
        return BlockSolution(price(chain.table))
    matrices = build_matrices(chain.inventory, build_background(library), chain.gas_factors)
    products = [Supplier(SupplierKind.PRODUCT, p.product) for p in chain.inventory.processes]
    solved = solve(matrices, products, products)
    columns = [list(matrices.gases).index(gas) for gas in chain.gases]
    gas_kg = solved.gas_kg[:, columns]
    table: ChainTable = chain.table
    return ForwardSolution(Priced(table, gas_kg, gas_kg @ table.gwp), solved.runs * table.made)
