"""Draws by name: published numbers, no order, and the statistics of good random numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lca_models.calculation.uncertainty.draws import draw_uniforms, start_streams

# First outputs of SplitMix64 started at 1234567, as published with its reference code.
PUBLISHED = (6457827717110365317, 3203168211198807973, 9817491932198370423)


def test_a_stream_draws_what_was_published() -> None:
    drawn = draw_uniforms(np.array([1234567], dtype=np.uint64), 0, 3)[:, 0]
    # The upper 52 of 64 bits, in the middle of the cell that they name.
    assert drawn.tolist() == [((bits >> 12) + 0.5) / 2**52 for bits in PUBLISHED]


def test_a_seed_and_a_name_draw_the_same_for_good() -> None:
    starts = start_streams(1, [b"a", b"b"])
    assert starts.tolist() == [17548568729252930709, 12798115917402520001]
    assert draw_uniforms(starts, 0, 2).tolist() == [
        [0.07911226580525155, 0.03976925771673112],
        [0.37500462611831786, 0.782854719624753],
    ]


def test_bits_at_both_ends_stay_between_zero_and_one() -> None:
    lowest, highest = 0.5 / 2**52, (2**52 - 0.5) / 2**52
    assert 0 < lowest < highest < 1
    bits = np.array([0, 2**52 - 1], dtype=np.uint64) | np.uint64(0x3FF0000000000000)
    assert (bits.view(np.float64) - (1 - 2**-53)).tolist() == [lowest, highest]


@settings(deadline=None, max_examples=30)
@given(st.permutations(list(range(20))), st.integers(1, 49), st.integers(-(2**70), 2**70))
def test_neither_order_nor_blocks_change_a_draw(order: list[int], cut: int, seed: int) -> None:
    keys = [f"quantity {n}".encode() for n in range(20)]
    whole = draw_uniforms(start_streams(seed, keys), 0, 50)
    starts = start_streams(seed, [keys[n] for n in order])
    parts = np.concatenate((draw_uniforms(starts, 0, cut), draw_uniforms(starts, cut, 50)))
    assert np.array_equal(parts, whole[:, order])


def test_another_seed_draws_something_else() -> None:
    one, other = (draw_uniforms(start_streams(seed, [b"a"]), 0, 1)[0, 0] for seed in (1, 2))
    assert one != other


@pytest.fixture(scope="module")
def drawn() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """1,000 draws of 400 quantities with much alike names."""
    return draw_uniforms(start_streams(7, [f"line {n}".encode() for n in range(400)]), 0, 1000)


def test_draws_are_evenly_spread(drawn: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    assert stats.kstest(drawn.ravel(), "uniform").pvalue > 0.001
    by_quantity = [stats.kstest(column, "uniform").pvalue for column in drawn.T]
    by_draw = [stats.kstest(row, "uniform").pvalue for row in drawn]
    # Were the draws evenly spread, so are the p-values.
    assert stats.kstest(by_quantity, "uniform").pvalue > 0.001
    assert stats.kstest(by_draw, "uniform").pvalue > 0.001


def test_quantities_and_draws_are_independent(
    drawn: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    # 79,800 pairs: the greatest of as many correlations of 1,000 draws stays below 5 / sqrt(1000).
    between = np.corrcoef(drawn.T) - np.eye(400)
    assert np.abs(between).max() < 5 / 1000**0.5
    after = [np.corrcoef(column[:-1], column[1:])[0, 1] for column in drawn.T]
    assert abs(np.mean(after)) < 4 / (400 * 1000) ** 0.5 + 1 / 1000
