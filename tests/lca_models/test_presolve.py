"""A presolved background has every digit, in any units and for strong loops, or is refused."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from lca_models.errors import InventoryError
from lca_models.inventory import presolve as module
from lca_models.inventory.presolve import presolve
from tests.lca_models.exact_solver import eliminate

Array = NDArray[np.float64]


def solve(technosphere: ArrayLike, biosphere: ArrayLike, names: tuple[str, ...] = ()) -> Array:
    made = sparse.csc_matrix(np.array(technosphere, dtype=np.float64))
    return presolve(made, sparse.csc_matrix(np.array(biosphere, dtype=np.float64)), names)


def exact(technosphere: Array, biosphere: Array) -> Array:
    """The same in whole fractions."""
    made = [[Fraction(float(value)) for value in row] for row in technosphere.T]
    emitted = [[Fraction(float(value)) for value in row] for row in biosphere.T]
    return np.array([[float(value) for value in row] for row in eliminate(made, emitted)])


def background(
    seed: int, radius: float, size: int = 8, density: float = 0.4, gases: int = 3
) -> tuple[Array, Array]:
    """Loops of a spectral radius, in units and runs many orders apart; some emit nothing."""
    chance = np.random.default_rng(seed)
    taken = chance.random((size, size)) * (chance.random((size, size)) < density)
    np.fill_diagonal(taken, 0.0)
    strongest = np.abs(np.linalg.eigvals(taken)).max()
    if strongest > 1e-6:
        taken *= radius / strongest
    units, runs = 10.0 ** chance.integers(-6, 7, size), 10.0 ** chance.integers(-3, 4, size)
    technosphere: Array = (np.eye(size) - taken * units[:, None] / units[None, :]) * runs[None, :]
    biosphere: Array = chance.random((gases, size)) * (chance.random((gases, size)) < density)
    return technosphere, biosphere * 10.0 ** chance.integers(-9, 1, (gases, 1)) * runs / units


@given(st.integers(0, 10_000), st.sampled_from([0.1, 0.5, 0.9, 0.99, 0.999]))
@example(8536, 0.9)
@settings(max_examples=40, deadline=None)
def test_every_digit_holds_in_any_units(seed: int, radius: float) -> None:
    technosphere, biosphere = background(seed, radius)
    found, expected = solve(technosphere, biosphere), exact(technosphere, biosphere)
    assert np.array_equal(found == 0, expected == 0)
    assert found == pytest.approx(expected, rel=1e-10, abs=0)


@pytest.mark.parametrize("radius", [0.5, 0.97, 0.99])
def test_a_few_hundred_activities_agree_with_dense_elimination(radius: float) -> None:
    technosphere, biosphere = background(1, radius, size=300, density=0.03, gases=8)
    scale = technosphere.diagonal()
    units = solve(technosphere, np.abs(biosphere).sum(axis=0)[None])[:, 0]
    units = np.where(units > 0, units, 1.0)
    measured = (technosphere / scale).T * units[None, :] / units[:, None]
    expected = np.linalg.solve(measured, (biosphere / scale).T / units[:, None]) * units[:, None]
    found = solve(technosphere, biosphere)
    for gas in range(8):
        assert found[:, gas] == pytest.approx(expected[:, gas], rel=1e-10, abs=0)


def test_two_activities_solved_by_hand() -> None:
    # A run makes 10 kWh from 1 kg coal and emits 5 kg; a kg of coal takes 0.5 kWh and emits 1 kg.
    # power = (5 + coal) / 10, coal = 1 + power / 2: power = 12 / 19, coal = 25 / 19.
    found = solve([[10.0, -0.5], [-1.0, 1.0]], [[5.0, 1.0]])
    assert found == pytest.approx(np.array([[12 / 19], [25 / 19]]), rel=1e-14)


@pytest.mark.parametrize(
    ("technosphere", "biosphere", "weights", "score"),
    [
        # bw2calc's `basic_fixture` and `mc_basic`: 1, and 1 + 0.5 × 0.1 × 2 = 1.1.
        ([[1.0, 0.0], [-0.5, 1.0]], [[1.0, 0.0]], [1.0], 1.0),
        ([[1.0, 0.0], [-0.5, 1.0]], [[1.0, 0.0], [0.0, 0.1]], [1.0, 2.0], 1.1),
    ],
)
def test_the_static_fixtures_of_bw2calc_have_their_scores(
    technosphere: list[list[float]],
    biosphere: list[list[float]],
    weights: list[float],
    score: float,
) -> None:
    assert solve(technosphere, biosphere)[0] @ weights == pytest.approx(score, rel=1e-14)


def test_what_emits_nothing_and_draws_on_nothing_that_does_is_exactly_zero() -> None:
    found = solve(np.eye(3) - np.diag([0.5, 0.5], k=1), [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert np.array_equal(found, [[1.0, 0.0], [0.5, 0.0], [0.25, 0.0]])
    assert not solve(np.eye(2), np.zeros((1, 2))).any()


def test_a_background_of_nothing_has_no_intensities() -> None:
    assert solve(np.eye(2), np.zeros((0, 2))).shape == (2, 0)
    assert presolve(sparse.csc_matrix((0, 0)), sparse.csc_matrix((3, 0))).shape == (0, 3)


def test_a_credit_may_outweigh_what_it_is_taken_from() -> None:
    # a = 1 - 3 b, b = 2 a + 1: a = -2 / 7, b = 3 / 7. No series converges here.
    found = solve([[1.0, -2.0], [3.0, 1.0]], [[1.0, 1.0]])
    assert found == pytest.approx(np.array([[-2 / 7], [3 / 7]]), rel=1e-14)


def test_a_loop_too_strong_to_iterate_is_eliminated() -> None:
    # a = 1 + 0.9999 a' and back: 1 / (1 - 0.9999) = 10,000 for both.
    found = solve([[1.0, -0.9999], [-0.9999, 1.0]], [[1.0, 1.0]])
    assert found == pytest.approx(1e4, rel=1e-10)


def test_a_small_residual_does_not_hide_a_large_error() -> None:
    """The loop keeps 1 part in 400: 20 % off leaves a residual of 0.05 %."""
    share = 1 - 1 / 400
    taken = sparse.csr_matrix(np.array([[0.0, share], [share, 0.0]]))
    system = module._System(taken, np.ones((2, 1)), np.ones((2, 1)))
    proof = module._prove(taken)
    assert proof is not None
    bad = np.full((2, 1), 0.8 * 400)
    residual = system.residual_of(bad)
    assert np.abs(residual).max() / 400 == pytest.approx(0.0005)
    assert proof.error_of(bad, residual) >= 0.2 / 0.8


def test_without_proof_an_iterate_is_thrown_away() -> None:
    system = module._System(
        sparse.csr_matrix(np.array([[0.0, 0.5], [0.5, 0.0]])), np.ones((2, 1)), np.ones((2, 1))
    )
    assert module._iterate(system, module._Proof(np.full(2, 1e8), np.full(2, 0.5), 1)) is None
    assert module._eliminate(system, ("a", "b")) == pytest.approx(2.0)


@pytest.mark.parametrize(
    "technosphere",
    [
        [[1.0, -2.0, 0.0], [-0.5, 1.0, 0.0], [0.0, -1.0, 1.0]],
        [[1.0, -10.0, 0.0], [-0.1 * (1 - 1e-15), 1.0, 0.0], [0.0, -1.0, 1.0]],
        [[1.0, -3.0, 0.0], [-0.5, 1.0, 0.0], [0.0, -1.0, 1.0]],
    ],
    ids=["uses up all", "all but rounding", "more than all"],
)
@pytest.mark.parametrize("emitted", [[1.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
def test_a_loop_that_uses_up_what_it_makes_is_refused_by_name(
    technosphere: list[list[float]], emitted: list[float]
) -> None:
    with pytest.raises(InventoryError) as caught:
        solve(technosphere, [emitted], ("smelter", "scrap yard", "bystander"))
    told = caught.value.to_text()
    assert "smelter" in told.en
    assert "scrap yard" in told.zh
    assert "bystander" not in told.en


@pytest.mark.parametrize("vast", [1e30, 1e200])
def test_amounts_too_far_apart_are_refused_without_a_loop_to_name(vast: float) -> None:
    technosphere = np.eye(6) - np.diag([vast] * 5, k=1)
    with pytest.raises(InventoryError, match="holds a number that is vast or not finite"):
        solve(technosphere, np.eye(1, 6))


@pytest.mark.parametrize("impossible", [0.0, -1.0, math.nan, math.inf])
def test_an_activity_that_makes_nothing_is_refused_by_name(impossible: float) -> None:
    with pytest.raises(InventoryError, match="“tip” makes nothing"):
        solve([[1.0, -0.5], [0.0, impossible]], [[1.0, 1.0]], ("mill", "tip"))


@pytest.mark.parametrize("where", ["taken", "emitted"])
def test_a_number_that_is_not_finite_is_refused_by_name(where: str) -> None:
    taken, emitted = (math.nan, 1.0) if where == "taken" else (-0.5, math.inf)
    with pytest.raises(InventoryError, match="“1” makes nothing, or holds a number"):
        solve([[1.0, taken], [0.0, 1.0]], [[1.0, emitted]])


def test_matrices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InventoryError, match="do not fit 2 activities"):
        solve(np.eye(2), np.ones((1, 3)))
    with pytest.raises(InventoryError, match="do not fit 2 activities"):
        solve(np.eye(2)[:, :1], np.ones((1, 2)))
