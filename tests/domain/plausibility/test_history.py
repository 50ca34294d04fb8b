"""A submission beside the one accepted before, and beside the published value of its product."""

from datetime import date

import pytest

from service.domain.plausibility.examination import Former
from service.domain.submission import Line, Period, Submission
from tests import make
from tests.domain.plausibility.examined import (
    PART,
    codes,
    examine,
    fuel,
    only,
    parts,
    power,
    steel,
    waste,
)

LAST_YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def before(quantity: str, *lines: Line, kg_co2e: float | None = None) -> tuple[Former, ...]:
    makes = make.output("part", quantity)
    return (Former(make.submission("part", *lines, makes=makes, period=LAST_YEAR), kg_co2e),)


@pytest.mark.parametrize(
    ("electricity", "found"),
    [
        ("1 MWh", []),
        ("9 MWh", []),
        ("0.11 MWh", []),
        ("10.1 MWh", [("far-from-history", "power")]),
        ("0.09 MWh", [("far-from-history", "power")]),
        ("400 MWh", [("impossible-energy", "power"), ("far-from-history", "power")]),
        ("1 kWh", [("unit-slip", "power")]),
        ("0.6 kWh", [("unit-slip", "power")]),
        ("0.4 kWh", [("far-from-history", "power")]),
    ],
)
def test_lines_ten_times_off_are_doubted_and_a_thousand_times_is_a_unit(
    electricity: str, found: list[tuple[str, str]]
) -> None:
    former = before("100 piece", steel("1 t"), power("1 MWh"))
    now = parts("100 piece", steel("1 t"), power(electricity))
    assert codes(examine(now, former=former)) == found


def test_a_slip_names_the_unit_that_was_meant() -> None:
    former = before("100 piece", steel("1 t"), power("1 MWh"))
    now = parts("100 piece", steel("1 t"), power("1 kWh"))
    assert "MWh typed as kWh" in only(examine(now, former=former)).reason.en


def test_it_is_the_amount_for_one_unit_that_is_compared() -> None:
    former = before("100 piece", steel("1 t"), power("1 MWh"))
    now = parts("2000 piece", steel("20 t"), power("20 MWh"))
    assert codes(examine(now, former=former)) == []


def test_lines_of_one_need_are_added_up_and_new_ones_have_no_history() -> None:
    former = before("100 piece", steel("500 kg"), steel("500 kg"), power("1 MWh"))
    now = parts("100 piece", steel("1 t"), power("1 MWh"), fuel("diesel", "1 kg"))
    assert codes(examine(now, former=former)) == []


@pytest.mark.parametrize(
    ("kg_co2e", "found"),
    [
        (20.0, []),
        (190.0, []),
        (210.0, ["total-far-from-history"]),
        (1.9, ["total-far-from-history"]),
    ],
)
def test_a_footprint_ten_times_the_one_before_is_doubted(kg_co2e: float, found: list[str]) -> None:
    former = before("100 piece", steel("1 t"), kg_co2e=20.0)
    examined = examine(parts("100 piece", steel("1 t")), former=former, kg_co2e=kg_co2e)
    assert [code for code, _ in codes(examined)] == found


def test_the_ratio_of_totals_has_two_digits() -> None:
    former = before("100 piece", steel("1 t"), kg_co2e=3.0)
    examined = examine(parts("100 piece", steel("1 t")), former=former, kg_co2e=100.0)
    assert only(examined).measure == 33.0


@pytest.mark.parametrize(
    ("kg_co2e", "found"),
    [
        (2.3, []),
        (23.0, []),
        (24.0, [("far-from-screening", None)]),
        (0.23, [("far-from-screening", None)]),
    ],
)
def test_rebar_is_compared_with_its_published_value(
    kg_co2e: float, found: list[tuple[str, None]]
) -> None:
    # 2.34 kg CO2e for a kilogram (GB/T 51366-2019).
    rebar = make.product("rebar", "mill", "kg", screening="gb51366-rebar")
    made = make.submission("rebar", steel("1 t"), makes=make.output("rebar", "1 t"))
    assert codes(examine(made, product=rebar, kg_co2e=kg_co2e)) == found


def test_a_material_without_a_value_is_compared_with_nothing() -> None:
    copper = make.product("copper", "mill", "kg", screening="copper")
    made = make.submission("copper", steel("1 t"), makes=make.output("copper", "1 t"))
    assert codes(examine(made, product=copper, kg_co2e=400.0)) == []


def year(*amounts: str) -> tuple[Line, ...]:
    material, electricity, gas, oil, scrap = amounts
    return (
        steel(material),
        power(electricity),
        fuel("natural gas", gas),
        fuel("diesel", oil),
        waste(scrap),
    )


ALIKE = year("1.013 t", "1.234 MWh", "56.7 m3", "12.3 kg", "13.4 kg")


def test_last_years_amounts_are_noted() -> None:
    noted = only(examine(parts("100 piece", *ALIKE), former=before("100 piece", *ALIKE)))
    assert noted.code == "same-as-before"
    assert "2024-01-01" in noted.reason.en


def test_one_digit_more_is_another_year() -> None:
    other = year("1.013 t", "1.235 MWh", "56.7 m3", "12.3 kg", "13.4 kg")
    assert codes(examine(parts("100 piece", *other), former=before("100 piece", *ALIKE))) == []


def test_a_new_version_of_the_same_period_may_be_the_same() -> None:
    same: Submission = parts("100 piece", *ALIKE)
    assert codes(examine(same, former=(Former(same),), product=PART)) == []
