"""CO2 counts once, and its carbon came in."""

import pytest

from service.domain.submission import MemberProduct
from tests import make
from tests.domain.plausibility.examined import co2, codes, examine, fuel, only, parts, steel

# 1000 m3 of natural gas emit 2162.19 kg of CO2: 38.931 GJ, 15.3 t C/TJ, 99 % burnt, 44/12.


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("2162 kg", [("combustion-twice", "CO2")]),
        ("2.2 t", [("combustion-twice", "CO2")]),  # 1.7 % more
        ("2.1 t", []),  # 2.9 % less
        ("2.3 t", []),
        ("500 kg", []),
    ],
)
def test_direct_co2_that_is_that_of_the_fuels_counts_twice(
    stated: str, found: list[tuple[str, str]]
) -> None:
    lines = steel("100 t"), fuel("natural gas", "1000 m3"), co2(stated)
    assert codes(examine(parts("10000 piece", *lines))) == found


def test_one_of_several_fuels_is_enough_to_count_twice() -> None:
    lines = fuel("natural gas", "1000 m3"), fuel("diesel", "1 t"), co2("2162 kg")
    assert codes(examine(parts("10000 piece", steel("100 t"), *lines))) == [
        ("combustion-twice", "CO2")
    ]


def test_bought_heat_is_burnt_elsewhere() -> None:
    lines = steel("100 t"), fuel("heat", "10 GJ"), co2("1.1 t")
    assert codes(examine(parts("10000 piece", *lines))) == []


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("3.7 t", []),  # a tonne of pure carbon would give 44/12 t
        ("3.8 t", ["carbon-from-nowhere"]),
    ],
)
def test_no_input_gives_more_co2_than_pure_carbon(stated: str, found: list[str]) -> None:
    examined = examine(parts("100 piece", steel("1 t"), co2(stated)))
    doubts = [code for code, _ in codes(examined)]
    assert [code for code in doubts if code.startswith("carbon")] == found


@pytest.mark.parametrize(("stated", "found"), [("2.8 t", []), ("3 t", ["carbon-from-nowhere"])])
def test_coke_gives_what_its_factor_says(stated: str, found: list[str]) -> None:
    # A tonne of coke emits 28.435 · 29.5 · 0.93 · 44/12 = 2860 kg; by pure carbon it were 3667.
    coke = make.product("coke", "cokery", "kg")
    line = steel("1 t", label="coke", supply=MemberProduct("coke"))
    examined = examine(parts("100 piece", line, co2(stated)), coke)
    assert [c for c, _ in codes(examined) if c.startswith("carbon")] == found


def test_an_input_of_unknown_mass_may_hold_any_carbon() -> None:
    gas = make.product("gas", "other", "m3")
    line = steel("500 m3", label="gas", supply=MemberProduct("gas"))
    examined = examine(parts("100 piece", steel("1 t"), line, co2("9 t")), gas)
    assert "carbon-from-nowhere" not in dict(codes(examined))


def test_it_names_both_amounts() -> None:
    lines = steel("100 t"), fuel("natural gas", "1000 m3"), co2("2200 kg")
    reason = only(examine(parts("10000 piece", *lines))).reason.en
    assert "2,200 kg" in reason
    assert "(2,160 kg)" in reason
