"""A solved chain: by our own block substitution, or by `bw2calc` as the reference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.matrices import build_matrices
from lca_models.calculation.solving import solve
from lca_models.calculation.table import Priced, price
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.errors import InventoryError, Text
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

    engine: ClassVar[Engine]

    @property
    def priced(self) -> Priced:
        """Every product by gas."""

    def carry(self, entering: Numbers) -> Numbers:
        """What each product carries of what enters the chain.

        Args:
            entering: What enters at one unit of each product, shape (products, columns).
        """

    def carry_parts(self, entering: sparse.csr_array) -> sparse.csr_array:
        """The same for many columns, most of them empty."""


@dataclass(frozen=True, slots=True)
class BlockSolution:
    """One adjoint solve over gases; everything else on request."""

    engine: ClassVar[Engine] = Engine.BLOCK
    priced: Priced

    def carry(self, entering: Numbers) -> Numbers:
        """See `Solution`."""
        return self.priced.table.system.price(entering)

    def carry_parts(self, entering: sparse.csr_array) -> sparse.csr_array:
        """See `Solution`."""
        return self.priced.table.system.carry(entering)


@dataclass(frozen=True, slots=True)
class ForwardSolution:
    """One forward solve for each product, all of them kept.

    Args:
        priced: Every product by gas.
        runs: Declared units of each product behind one unit of each, shape (products, products).
    """

    engine: ClassVar[Engine] = Engine.BW2CALC
    priced: Priced
    runs: Numbers

    def carry(self, entering: Numbers) -> Numbers:
        """See `Solution`."""
        return np.asarray(self.runs @ entering)

    def carry_parts(self, entering: sparse.csr_array) -> sparse.csr_array:
        """See `Solution`."""
        return sparse.csr_array(sparse.csr_array(self.runs) @ entering)


@dataclass(frozen=True, slots=True)
class SolvedChain:
    """A chain and its solution: impacts, trees and flows come from it without solving again."""

    chain: TabulatedChain
    solution: Solution

    def find_position(self, product: str) -> int:
        """Position of a product in the table.

        Raises:
            InventoryError: No process makes it.
        """
        position = self.chain.positions.get(product)
        if position is None:
            raise InventoryError(
                Text(en="No process makes “{product}”.", zh="没有任何过程生产“{product}”。").format(
                    product=product
                ),
                Text(en="Name a product of the chain.", zh="请指定链上的产品。"),
                value=product,
            )
        return position


def solve_chain(chain: TabulatedChain, library: Library, engine: Engine) -> Solution:
    """Solve a chain whose loops are known to be productive."""
    if engine is Engine.BLOCK:
        return BlockSolution(price(chain.table))
    matrices = build_matrices(chain.inventory, build_background(library), chain.gas_factors)
    products = [Supplier(SupplierKind.PRODUCT, p.product) for p in chain.inventory.processes]
    solved = solve(matrices, products, products)
    columns = [list(matrices.gases).index(gas) for gas in chain.gases]
    gas_kg = solved.gas_kg[:, columns]
    table = chain.table
    return ForwardSolution(Priced(table, gas_kg, gas_kg @ table.gwp), solved.runs * table.made)
