"""Energy beyond anything that is made, and outside the benchmarks of a material."""

import pytest

from service.domain.product import Product
from service.domain.submission import Line
from tests import make
from tests.domain.plausibility.examined import codes, examine, fuel, only, parts, power, steel


@pytest.mark.parametrize(
    ("electricity", "found"),
    [
        ("20 MWh", []),  # 20 kWh for a kilogram of part
        ("80 MWh", []),  # 288 MJ a kilogram: below twice the 148.9 MJ of sponge titanium
        ("83 MWh", [("impossible-energy", "power")]),  # 298.8 MJ
        ("20000 MWh", [("impossible-energy", "power")]),
    ],
)
def test_energy_beyond_twice_the_highest_benchmark_is_doubted(
    electricity: str, found: list[tuple[str, str]]
) -> None:
    # 100 parts of 10 kg; 5080 kgce/t of sponge titanium are 148.88 MJ/kg, twice that 297.77.
    examined = examine(parts("100 piece", steel("1 t"), power(electricity)))
    assert codes(examined) == found


def test_it_says_which_unit_was_meant() -> None:
    reason = only(examine(parts("100 piece", steel("1 t"), power("20000 MWh")))).reason
    assert "kWh typed as MWh" in reason.en
    assert "以kWh计的数值被填成了MWh" in reason.zh


def aluminium(*lines: Line) -> list[tuple[str, str | None]]:
    """What is found of a tonne of primary aluminium."""
    metal = make.product("metal", "smelter", "kg", screening="aluminium_primary")
    made = make.submission("metal", steel("1 t"), *lines, makes=make.output("metal", "1 t"))
    return codes(examine(made, product=metal))


@pytest.mark.parametrize(
    ("electricity", "found"),
    [
        ("13400 kWh", []),  # 12,950 to 13,750 kWh/t
        ("27400 kWh", []),  # below twice 13,750
        ("27600 kWh", [("energy-benchmark", None)]),
        ("6500 kWh", []),  # above half of 12,950
        ("6400 kWh", [("energy-benchmark", None)]),
        ("13.4 kWh", [("energy-benchmark", None)]),
    ],
)
def test_aluminium_takes_the_power_of_its_standard(
    electricity: str, found: list[tuple[str, None]]
) -> None:
    assert aluminium(power(electricity)) == found


def test_fuels_are_no_electricity() -> None:
    assert aluminium(power("13400 kWh"), fuel("natural gas", "2000 m3")) == []


def test_cement_counts_all_its_energy_and_names_its_standard() -> None:
    # 80 to 94 kgce/t with clinker, from 26 kWh/t (3.2 kgce) for grinding only; 250 kgce is more
    # than twice 94.
    cement = make.product("cement", "kiln", "kg", screening="水泥")
    makes = make.output("cement", "1 t")
    made = make.submission("cement", steel("1 t"), fuel("coal", "250 kgce"), makes=makes)
    finding = only(examine(made, product=cement))
    assert finding.code == "energy-benchmark"
    assert "GB 16780-2021" in finding.reason.en
    ground = make.submission("cement", steel("1 t"), power("26 kWh"), makes=makes)
    assert codes(examine(ground, product=cement)) == []


@pytest.mark.parametrize(
    "product", [make.product("x", "maker", "kg"), make.product("x", "maker", "kg", screening="PP")]
)
def test_what_has_no_benchmark_is_not_compared(product: Product) -> None:
    made = make.submission("x", steel("1 t"), makes=make.output("x", "1 t"))
    assert codes(examine(made, product=product)) == []
