"""Prices go up a chain and demand goes down it, through the same entries."""

from fractions import Fraction

import numpy as np
import pytest

from lca_models.calculation.system import System, build_system
from tests.lca_models.exact_solver import eliminate
from tests.lca_models.random_links import RandomLinks, draw_links


def system_of(links: RandomLinks) -> System:
    return build_system(links.size, links.product, links.supplier, links.amounts)


@pytest.mark.parametrize("seed", range(60))
def test_prices_are_those_of_a_dense_solver_in_any_units(seed: int) -> None:
    links = draw_links(seed)
    entering = np.random.default_rng(seed).random((links.size, 3))
    expected = np.linalg.solve(np.eye(links.size) - links.unscaled(), entering)
    found = system_of(links).price(entering * links.unit[:, None]) / links.unit[:, None]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("seed", range(60))
def test_runs_for_a_demand_cost_what_the_prices_say(seed: int) -> None:
    links, chance = draw_links(seed), np.random.default_rng(seed)
    demand, entering = (
        chance.random(links.size) / links.unit,
        chance.random(links.size) * links.unit,
    )
    system = system_of(links)
    assert system.run(demand) @ entering == pytest.approx(
        demand @ system.price(entering), rel=1e-12
    )


def test_what_is_not_reached_stays_exactly_nothing() -> None:
    links = draw_links(7)
    system, nothing = system_of(links), np.zeros(links.size)
    assert not system.price(nothing).any()
    assert not system.run(nothing).any()


def deep(depth: int) -> System:
    """Each product takes half of the one before it, and the first of the second a fifth."""
    product = np.r_[np.arange(1, depth), 0].astype(np.int32)
    supplier = np.r_[np.arange(depth - 1), 1].astype(np.int32)
    return build_system(depth, product, supplier, np.r_[np.full(depth - 1, 0.5), 0.2])


@pytest.mark.parametrize("depth", [100, 3000])
def test_a_deep_chain_is_solved_like_a_shallow_one(depth: int) -> None:
    system = deep(depth)
    assert (len(system.layout.levels) == 0) == (depth == 3000)
    # y0 = 1 + 0.2 y1 and y1 = 1 + 0.5 y0: y0 = 1.2 / 0.9; from there on y = 1 + half of the last.
    prices = [1.2 / 0.9]
    while len(prices) < depth:
        prices.append(1 + 0.5 * prices[-1])
    np.testing.assert_allclose(system.price(np.ones(depth)), prices, rtol=1e-13)
    demand = np.random.default_rng(1).random(depth)
    assert system.run(demand).sum() == pytest.approx(demand @ np.array(prices), rel=1e-12)
    assert system.unproductive() == []


def test_a_deep_chain_with_a_loop_that_keeps_nothing_names_it() -> None:
    product = np.r_[np.arange(1, 2000), 0].astype(np.int32)
    supplier = np.r_[np.arange(1999), 1].astype(np.int32)
    system = build_system(2000, product, supplier, np.ones(2000))
    assert [sorted(loop) for loop in system.unproductive()] == [[0, 1]]


@pytest.mark.parametrize("seed", range(20))
def test_consumption_holds_every_link(seed: int) -> None:
    links = draw_links(seed)
    taken = system_of(links).consumption.toarray()
    np.testing.assert_allclose(
        taken / links.unit[:, None] * links.unit[None, :], links.unscaled(), rtol=1e-15
    )


def nested_loops(seed: int) -> RandomLinks:
    """A ring with chords, some twice or of nothing, that keeps little; units far apart."""
    chance = np.random.default_rng(seed)
    size = (2, 5, 16, 17, 18)[seed % 5]
    each = np.arange(size)
    product = np.r_[each, chance.integers(0, size, size), 0].astype(np.int32)
    supplier = np.r_[(each + 1) % size, chance.integers(0, size, size), 1].astype(np.int32)
    amounts = chance.random(len(product)) * chance.integers(0, 4, len(product)).clip(0, 1)
    amounts[:size] += 0.01
    taken = np.zeros((size, size))
    np.add.at(taken, (product, supplier), amounts)
    gain = np.abs(np.linalg.eigvals(taken)).max()
    kept = (0.5, 1e-3, 1e-5, 3e-6)[seed % 4]
    unit = np.exp2(chance.integers(-20, 21, size).astype(np.float64))
    scaled = amounts * (1 - kept) / gain * unit[product] / unit[supplier]
    return RandomLinks(size, product, supplier, scaled, unit)


@pytest.mark.parametrize("seed", range(20))
def test_nested_loops_that_hardly_keep_anything_are_exact(seed: int) -> None:
    links = nested_loops(seed)
    system = system_of(links)
    assert system.unproductive() == []
    matrix = [[Fraction(int(i == j)) for j in range(links.size)] for i in range(links.size)]
    for i, j, amount in zip(links.product, links.supplier, links.amounts.tolist(), strict=True):
        matrix[i][j] -= Fraction(amount)
    right = [[Fraction(unit)] for unit in links.unit.tolist()]
    expected = [float(row[0]) for row in eliminate(matrix, right)]
    np.testing.assert_allclose(system.price(links.unit), expected, rtol=1e-9)
    turned = [list(row) for row in zip(*matrix, strict=True)]
    right = [[1 / Fraction(unit)] for unit in links.unit.tolist()]
    expected = [float(row[0]) for row in eliminate(turned, right)]
    np.testing.assert_allclose(system.run(1 / links.unit), expected, rtol=1e-9)


def test_a_chain_of_nobody_or_without_links_has_a_system() -> None:
    nobody = np.empty(0, dtype=np.int32)
    for size in (0, 3):
        system = build_system(size, nobody, nobody, np.empty(0))
        assert system.price(np.ones(size)).tolist() == [1.0] * size
        assert system.run(np.ones(size)).tolist() == [1.0] * size
        assert system.unproductive() == []
