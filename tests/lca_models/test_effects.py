"""How a change of a product is shared among its factors."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculation.change.effects import logarithmic_mean, weigh_factors, weigh_orders


def effects(before: list[float], after: list[float]) -> list[float]:
    """The part of each factor of one product."""
    first, second = (np.array(each, dtype=np.float64)[:, None] for each in (before, after))
    return list((weigh_factors(first, second) * (second - first))[:, 0])


def test_positive_factors_share_by_logarithms() -> None:
    # 2 x 3 becomes 4 x 5: L(20, 6) = 14 / ln(20/6).
    mean = 14 / log(20 / 6)
    assert effects([2, 3], [4, 5]) == pytest.approx([mean * log(2), mean * log(5 / 3)])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([0, 3], [4, 5], [20, 0]),
        ([2, 3], [4, 0], [0, -6]),
        ([0, 0], [4, 5], [10, 10]),
        ([0, 3], [4, 0], [0, 0]),
        ([2, 3], [2, 3], [0, 0]),
    ],
)
def test_what_comes_from_or_goes_to_zero_takes_the_whole_change(
    before: list[float], after: list[float], expected: list[float]
) -> None:
    assert effects(before, after) == pytest.approx(expected)


def test_the_limit_is_where_a_factor_fades_away() -> None:
    whole, little = effects([2, 3], [4, 0]), effects([2, 3], [4, 1e-300])
    assert little == pytest.approx(whole, abs=0.02)


def test_a_sign_that_changes_is_shared_over_all_orders() -> None:
    # 2 x 3 becomes 4 x -1: (4 - 2) x (3 - 1) / 2 and (-1 - 3) x (2 + 4) / 2.
    assert effects([2, 3], [4, -1]) == pytest.approx([2, -12])


def test_three_factors_share_over_six_orders() -> None:
    # The first doubles first (1 x 3), after one other (4 x 3, 1 x 5) or last (4 x 5).
    first, second = np.array([[1.0], [1.0], [3.0]]), np.array([[2.0], [4.0], [5.0]])
    weights = weigh_orders(first, second)[:, 0]
    assert weights[0] == pytest.approx((2 * 1 * 3 + 4 * 3 + 1 * 5 + 2 * 4 * 5) / 6)
    assert weights @ (second - first)[:, 0] == pytest.approx(40 - 3)


factors = st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(factors, factors)
def test_the_parts_sum_to_the_change_and_turn_with_it(
    before: list[float], after: list[float]
) -> None:
    there, back = effects(before, after), effects(after, before)
    change = float(np.prod(after) - np.prod(before))
    # What the parts are made of may be far larger than either product.
    scale = 1e-12 * float(np.prod(np.maximum(np.abs(before), np.abs(after))))
    assert sum(there) == pytest.approx(change, rel=1e-9, abs=scale)
    assert there == pytest.approx([-part for part in back], rel=1e-9, abs=scale)


@settings(max_examples=40, deadline=None)
@given(st.floats(1e-6, 1e6), st.floats(-1e-9, 1e-9))
def test_the_logarithmic_mean_keeps_its_digits_near_equality(number: float, off: float) -> None:
    other = number * (1 + off)
    mean = logarithmic_mean(np.array([number]), np.array([other]))[0]
    assert mean == pytest.approx((number + other) / 2, rel=1e-15)
