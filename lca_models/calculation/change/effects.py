"""How much of a product's change each of its factors brought about, in either order alike."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def weigh_factors(before: Numbers, after: Numbers) -> Numbers:
    """Weights m with sum_k m_k (after_k - before_k) = the change of the product of all factors.

    Logarithmic means where no factor is below zero (a factor that comes from or goes to zero takes
    the whole change, by the limit of the logarithmic mean); symmetric means over all orders where
    one is. Exchanging before and after leaves the weights as they are.

    Args:
        before: Factors in the first version, shape (factors, products).
        after: The same in the second.

    Returns:
        Shape (factors, products).

    Source: Ang (2005), The LMDI approach to decomposition analysis; Shapley (1953).
    """
    first, second = before.prod(axis=0), after.prod(axis=0)
    weights = np.zeros_like(before)
    negative = ((before < 0) | (after < 0)).any(axis=0)
    weights[:, negative] = weigh_orders(before[:, negative], after[:, negative])
    positive = ((before > 0) & (after > 0)).all(axis=0)
    weights[:, positive] = logarithmic_mean(first[positive], second[positive]) / logarithmic_mean(
        before[:, positive], after[:, positive]
    )
    limit = ~negative & ~positive & ((first == 0) != (second == 0))
    weights[:, limit] = _weigh_zeros(before[:, limit], after[:, limit])
    return weights


def weigh_orders(before: Numbers, after: Numbers) -> Numbers:
    """The same weights as means over all orders in which the factors could have changed."""
    count = len(before)
    weights = np.zeros_like(before)
    for factor in range(count):
        others = [n for n in range(count) if n != factor]
        for changed in range(count):
            share = 1.0 / (count * comb(count - 1, changed))
            for done in combinations(others, changed):
                still = [n for n in others if n not in done]
                weights[factor] += (
                    share * after[list(done)].prod(axis=0) * before[still].prod(axis=0)
                )
    return weights


def logarithmic_mean(first: Numbers, second: Numbers) -> Numbers:
    """(a - b) / ln(a / b) of positive numbers, a where both are equal.

    Written as sqrt(ab) sinh(x) / x with x = ln(a / b) / 2, nothing cancels out where a is near b.
    """
    half = 0.5 * np.log(first / second)
    ratio = np.divide(np.sinh(half), half, out=np.ones_like(half), where=half != 0)
    return np.asarray(np.sqrt(first) * np.sqrt(second) * ratio)


def _weigh_zeros(before: Numbers, after: Numbers) -> Numbers:
    """The whole change at the factors that are zero on the side where the product is."""
    appears = before.prod(axis=0) == 0
    gone, there = np.where(appears, before, after), np.where(appears, after, before)
    zero = gone == 0
    shares = zero / zero.sum(axis=0)
    weights = np.divide(shares * there.prod(axis=0), there, out=np.zeros_like(there), where=zero)
    return np.asarray(weights)
