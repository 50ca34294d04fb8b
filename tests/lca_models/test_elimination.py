"""Eliminating along the diagonal keeps every digit, whatever the units, and every zero."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.elimination import factorise
from tests.lca_models.exact_solver import eliminate


def random_system(seed: int) -> NDArray[np.float64]:
    """Made less taken, for a few products in units that lie up to twelve orders apart."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 9))
    taken = chance.random((size, size)) * (chance.random((size, size)) < 0.5)
    taken *= 0.95 / max(taken.sum(axis=0).max(), 1.0)
    units = 10.0 ** chance.integers(-6, 7, size)
    runs = 10.0 ** chance.integers(-3, 4, size)
    system: NDArray[np.float64] = np.eye(size) - taken * units[:, None] / units[None, :]
    return system * runs[None, :]


@pytest.mark.parametrize("seed", range(40))
def test_every_digit_holds_in_any_units_and_every_zero_is_exact(seed: int) -> None:
    system = random_system(seed)
    size = range(len(system))
    identity = [[Fraction(row == column) for column in size] for row in size]
    exact = eliminate([[Fraction(float(value)) for value in row] for row in system], identity)
    solver = factorise(sparse.csc_matrix(system))
    for column in size:
        found = solver.solve(np.eye(len(system))[column])
        for row in size:
            expected = float(exact[row][column])
            assert found[row] == (pytest.approx(expected, rel=1e-13) if expected else 0.0)


def test_a_singular_system_is_refused() -> None:
    with pytest.raises(RuntimeError, match="singular"):
        factorise(sparse.csc_matrix(np.array([[1.0, -2.0], [-0.5, 1.0]])))
