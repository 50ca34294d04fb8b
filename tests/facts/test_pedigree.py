"""Pedigree scores become the uncertainty that the library's own factors were given."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.facts.factors import Factor
from lca_models.facts.library import load_library
from lca_models.facts.pedigree import geometric_sd

LIBRARY = load_library()
FACTORS = [*LIBRARY.factors.values(), *LIBRARY.cross_checks.values()]
PROCESS_GASES = {"CH4_fossil", "N2O", "CF4", "C2F6", "SF6"}
scores = st.lists(st.integers(1, 5), min_size=5, max_size=5)


def test_the_best_scores_leave_the_basic_uncertainty() -> None:
    # The square of the geometric standard deviation is 1.05.
    assert geometric_sd([1, 1, 1, 1, 1]) == pytest.approx(math.sqrt(1.05))


def test_the_worst_scores_add_up_as_squares_of_logarithms() -> None:
    # ln 1.5, 1.2, 1.5, 1.1, 2.0 and the basic 1.05: 0.4055, 0.1823, 0.4055, 0.0953, 0.6931, 0.0488;
    # squared and added 0.8540; its root 0.9241; halved and raised 1.5873.
    assert geometric_sd([5, 5, 5, 5, 5]) == pytest.approx(1.5873, abs=5e-5)


def test_the_factors_of_the_library_follow_their_pedigree() -> None:
    others = [factor for factor in FACTORS if not follows(factor)]
    assert len(FACTORS) - len(others) > 500
    # Methane, nitrous oxide and fluorinated gases of a process start from a wider basic spread.
    assert {gas for factor in others for gas in factor.gases} <= PROCESS_GASES
    for factor in others:
        assert factor.geometric_sd2 > geometric_sd(factor.pedigree) ** 2, factor.id


def follows(factor: Factor) -> bool:
    # Printed with three decimals.
    return abs(geometric_sd(factor.pedigree) ** 2 - factor.geometric_sd2) <= 6e-4


@given(scores, st.integers(0, 4))
def test_a_worse_score_never_narrows(marks: list[int], place: int) -> None:
    worse = [*marks[:place], min(5, marks[place] + 1), *marks[place + 1 :]]
    assert geometric_sd(worse) >= geometric_sd(marks) > 1


@pytest.mark.parametrize("marks", [[1, 1, 1, 1], [1, 1, 1, 1, 6], [1] * 6])
def test_there_are_five_marks_from_one_to_five(marks: list[int]) -> None:
    with pytest.raises((ValueError, IndexError)):
        geometric_sd(marks)
