"""Random links between products, with loops, links given twice and links to oneself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RandomLinks:
    """What products take of each other, in units up to twelve orders apart.

    Args:
        size: Number of products.
        product: Who takes, shape (links,).
        supplier: What is taken, shape (links,).
        amounts: How much, shape (links,).
        unit: Powers of two, by which the amounts are scaled exactly, shape (products,).
    """

    size: int
    product: NDArray[np.int32]
    supplier: NDArray[np.int32]
    amounts: Array
    unit: Array

    def unscaled(self) -> Array:
        """The matrix in units of like size, for a solver that needs them, (products, products)."""
        taken = np.zeros((self.size, self.size))
        np.add.at(taken, (self.product, self.supplier), self.amounts)
        return taken / self.unit[:, None] * self.unit[None, :]


def draw_links(seed: int, largest: int = 40) -> RandomLinks:
    """Links by which no product takes more than 0.9 of its worth."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, largest))
    count = int(chance.integers(0, 2 * size + 1))
    product = chance.integers(0, size, count).astype(np.int32)
    supplier = chance.integers(0, size, count).astype(np.int32)
    again = chance.integers(0, 2, count, dtype=bool)
    product, supplier = np.r_[product, product[again]], np.r_[supplier, supplier[again]]
    amounts = chance.random(len(product))
    most = np.bincount(product, amounts, minlength=size).max(initial=1.0)
    unit = np.exp2(chance.integers(-20, 21, size).astype(np.float64))
    return RandomLinks(
        size, product, supplier, 0.9 / most * amounts * unit[product] / unit[supplier], unit
    )
