"""Distances, digits and factors of the wrong boundary."""

from dataclasses import replace

import pytest

from service.domain.plausibility.factor_boundaries import find_wrong_factors
from service.domain.plausibility.finding import Severity
from service.domain.plausibility.transport_legs import find_strange_legs
from service.domain.plausibility.typed_digits import find_round_numbers
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    Input,
    Line,
    NamedMaterial,
    Notes,
    RecycledContent,
    Supply,
)
from tests import make
from tests.domain.plausibility.examined import (
    brought,
    co2,
    examine,
    fuel,
    only,
    parts,
    power,
    steel,
    waste,
)


@pytest.mark.parametrize(
    ("distance", "mode", "found"),
    [
        ("35 km", "road", 0),
        ("500 m", "road", 0),
        ("35 m", "road", 1),
        ("11000 km", "rail", 0),
        ("13000 km", "rail", 1),
        ("19000 km", "sea", 0),
        ("35000 km", "sea", 1),
    ],
)
def test_legs_are_as_long_as_something_travels(distance: str, mode: str, found: int) -> None:
    examined = examine(parts("100 piece", brought("1 t", distance, mode=mode)))
    assert len(list(find_strange_legs(examined))) == found


@pytest.mark.parametrize(
    ("distance", "meant"), [("35 m", "km typed as m"), ("35000 km", "m typed as km")]
)
def test_a_strange_leg_names_the_unit_that_was_meant(distance: str, meant: str) -> None:
    finding = only(examine(parts("100 piece", brought("1 t", distance))))
    assert (finding.code, finding.line) == ("transport-distance", "steel")
    assert meant in finding.reason.en


ROUND: tuple[Line, ...] = (
    steel("1 t"),
    power("12 MWh"),
    fuel("natural gas", "500 m3"),
    fuel("diesel", "0.25 t"),
    waste("30 kg"),
)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (ROUND, 1),
        (ROUND[1:], 0),  # four can be round by chance
        ((*ROUND, co2("123 kg")), 0),
        ((*ROUND[:4], replace(waste("30 kg"), notes=Notes(DataType.SECONDARY))), 0),
    ],
)
def test_measured_amounts_that_are_all_round_are_noted(lines: tuple[Line, ...], found: int) -> None:
    noted = list(find_round_numbers(examine(parts("100 piece", *lines))))
    assert len(noted) == found
    assert all(finding.severity is Severity.NOTED for finding in noted)


def judged(supply: Supply, *lines: Line, unit: str = "kg", recycled: float = 0.0) -> list[str]:
    """Severity and code of what is found of one input."""
    content = RecycledContent(post_consumer=recycled)
    line = Input("line", "line", make.amount_of(f"1 {unit}"), supply, recycled=content)
    found = find_wrong_factors(examine(parts("1 piece", line, *lines)))
    return [f"{finding.severity} {finding.code}" for finding in found]


@pytest.mark.parametrize(
    ("factor", "unit", "found"),
    [
        ("waste-landfill-ciw", "kg", ["blocking treatment-as-input"]),
        ("waste-efw", "kg", ["blocking treatment-as-input"]),
        ("water-treat-uk", "m3", ["blocking treatment-as-input"]),
        ("waste-recycle-collect", "kg", ["doubtful collection-only"]),
        ("greet-libasm", "kWh", ["doubtful one-step-only"]),
        ("wtt-coal-uk", "kg", ["doubtful supply-only"]),
        ("gb51366-rebar", "kg", []),
        ("water-supply-uk", "m3", []),
    ],
)
def test_factors_of_another_boundary_do_not_stand_for_what_is_bought(
    factor: str, unit: str, found: list[str]
) -> None:
    assert judged(BackgroundSupply(factor), unit=unit) == found


def test_scrap_that_is_wholly_recycled_counts_its_collection() -> None:
    supply = BackgroundSupply("waste-recycle-collect")
    assert judged(supply, recycled=1.0) == []
    assert judged(supply, recycled=0.9) == ["doubtful collection-only"]


def test_coal_whose_carbon_leaves_as_direct_co2_may_be_supply_only() -> None:
    assert judged(BackgroundSupply("wtt-coal-uk"), co2("1 kg")) == []


@pytest.mark.parametrize("name", ["steel", "copper", "unobtainium"])
def test_materials_by_name_are_what_they_are_called(name: str) -> None:
    assert judged(NamedMaterial(name)) == []
