"""Loops of any size are solved alike, and those that keep nothing are told by position."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lca_models.calculation.blocks import DenseLoops, Links, Loops, SparseLoop, build_loops

Array = NDArray[np.float64]
FIRST = 3  # where the loop begins; what stands before and after is none of its business


def ring_links(taken: Array) -> Links:
    """All entries of a loop that begins at `FIRST`."""
    row, column = np.nonzero(taken)
    return Links(
        (row + FIRST).astype(np.int32), (column + FIRST).astype(np.int32), taken[row, column]
    )


def of_both_kinds(taken: Array) -> tuple[Loops, Loops]:
    links, size = ring_links(taken), len(taken)
    return DenseLoops(np.array([FIRST]), size, links), SparseLoop(FIRST, size, links)


def random_loop(size: int) -> Array:
    """A ring in units up to twelve orders apart, with a few links across."""
    chance = np.random.default_rng(size)
    taken = np.diag(chance.random(size - 1), 1) if size > 1 else np.zeros((1, 1))
    taken[-1, 0] = chance.random()
    taken += chance.random((size, size)) * (chance.random((size, size)) < 0.1)
    unit = 2.0 ** chance.integers(-20, 21, size)
    taken *= 0.9 / taken.sum(axis=1).max()
    scaled: Array = taken * unit[:, None] / unit[None, :]
    return scaled


@pytest.mark.parametrize("size", range(1, 41))
@pytest.mark.parametrize("transposed", [False, True])
def test_dense_and_sparse_loops_give_the_same_in_any_units(size: int, *, transposed: bool) -> None:
    taken = random_loop(size)
    entering = np.random.default_rng(1).random((FIRST + size + 2, 3))
    dense, sparse = of_both_kinds(taken)
    found = [entering.copy(), entering.copy()]
    for loop, values in zip((dense, sparse), found, strict=True):
        loop.solve(values, transposed=transposed)
        assert loop.unproductive() == []
    np.testing.assert_allclose(found[0], found[1], rtol=1e-12)
    inside = slice(FIRST, FIRST + size)
    solved, turned = found[0][inside], taken.T if transposed else taken
    np.testing.assert_allclose(solved, entering[inside] + turned @ solved, rtol=1e-12)
    np.testing.assert_array_equal(found[0][:FIRST], entering[:FIRST])
    np.testing.assert_array_equal(found[0][FIRST + size :], entering[FIRST + size :])


def test_a_vector_is_solved_like_one_column() -> None:
    entering = np.random.default_rng(1).random(FIRST + 5)
    for loop in of_both_kinds(random_loop(5)):
        vector, column = entering.copy(), entering.copy()[:, None]
        loop.solve(vector)
        loop.solve(column)
        np.testing.assert_array_equal(vector, column[:, 0])


@pytest.mark.parametrize("size", [1, 2, 16, 17, 40])
@pytest.mark.parametrize("round_gain", [1.0, 1.1, 1 - 1e-9])
def test_a_loop_that_keeps_nothing_is_told_by_its_first_position(
    size: int, round_gain: float
) -> None:
    taken = np.roll(np.eye(size), 1, axis=1) * round_gain
    for loop in of_both_kinds(taken):
        assert loop.unproductive() == [FIRST]


def test_a_loop_that_cannot_be_solved_gives_no_number() -> None:
    taken = np.roll(np.eye(20), 1, axis=1)
    loop = SparseLoop(FIRST, 20, ring_links(taken))
    values = np.ones((FIRST + 20, 2))
    loop.solve(values)
    assert np.all(values[:FIRST] == 1)
    assert np.all(np.isnan(values[FIRST:]) | (values[FIRST:] > 1e6))


def test_loops_of_every_size_find_their_links() -> None:
    # Two rings of two at 0 and 2, one of twenty at 4: each product takes half of the next.
    starts = {0: 2, 2: 2, 4: 20}
    row = np.arange(24, dtype=np.int32)
    column = np.array(
        [s + (n + 1) % size for s, size in starts.items() for n in range(size)], dtype=np.int32
    )
    shuffled = np.random.default_rng(1).permutation(24)
    links = Links(row[shuffled], column[shuffled], np.full(24, 0.5))
    loops = build_loops(np.array(list(starts.items())), links)
    values = np.ones(24)
    for loop in loops:
        loop.solve(values)
    assert len(loops) == 2
    np.testing.assert_allclose(values, 2.0, rtol=1e-14)  # x = 1 + x / 2
