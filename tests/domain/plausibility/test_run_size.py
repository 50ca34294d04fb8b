"""Recipes of one unit and totals of a year are told apart by their mass."""

import pytest

from service.domain.plausibility.run_size import find_mixed_runs
from service.domain.submission import Line
from tests.domain.plausibility.examined import codes, examine, only, parts, steel


def test_inputs_of_a_year_for_one_unit_are_told_once() -> None:
    # One part of 10 kg from 60 t and 43 t.
    finding = only(examine(parts("1 piece", steel("60 t"), steel("43 t", label="bar"))))
    assert finding.key == ("total-for-one-unit", None)
    assert finding.measure == pytest.approx(10_300)


@pytest.mark.parametrize(
    "lines",
    [
        (steel("6 kg"), steel("4.3 kg", label="bar")),
        (steel("60 kg"), steel("43 kg", label="bar")),  # ten times: no total, the balance tells it
    ],
)
def test_a_recipe_of_one_unit_is_no_total(lines: tuple[Line, ...]) -> None:
    assert list(find_mixed_runs(examine(parts("1 piece", *lines)))) == []


def test_one_large_line_among_small_ones_is_a_slip_and_no_total() -> None:
    # 5 t typed for 5 kg.
    lines = steel("5 t"), steel("3 kg", label="bar"), steel("2 kg", label="wire")
    assert codes(examine(parts("1 piece", *lines))) == [("unit-slip", "steel")]


def test_a_recipe_beside_the_output_of_a_year_is_told() -> None:
    # 6000 parts of 10 kg from 6 kg and 4 kg.
    finding = only(examine(parts("6000 piece", steel("6 kg"), steel("4 kg", label="bar"))))
    assert finding.key == ("recipe-for-many-units", None)
    assert finding.measure == 6000


def test_one_line_of_a_recipe_among_totals_is_told() -> None:
    # 6000 · 6 kg = 36 t, and 4 kg that should be 24 t.
    lines = steel("36 t"), steel("4 kg", label="bar")
    assert codes(examine(parts("6000 piece", *lines))) == [("recipe-for-many-units", "bar")]


def test_a_small_line_of_a_run_that_balances_is_nothing() -> None:
    lines = steel("60 t"), steel("4 kg", label="bar")
    assert codes(examine(parts("6000 piece", *lines))) == []
