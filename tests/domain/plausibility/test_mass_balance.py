"""What goes in by mass comes out; what does not is told with the line that would mend it."""

import pytest

from service.domain.plausibility.finding import Severity
from service.domain.plausibility.mass_balance import find_imbalance, find_mass_slips, read_balance
from service.domain.submission import BackgroundSupply, MemberProduct
from tests import make
from tests.domain.plausibility.examined import (
    PART,
    co2,
    codes,
    examine,
    only,
    parts,
    steel,
    waste,
)


@pytest.mark.parametrize(
    ("taken", "found"),
    [
        ("1.05 t", []),  # 1000 kg of parts and 50 kg of waste
        ("1.15 t", []),  # within a tenth of 1050 kg
        ("0.95 t", []),
        ("1.17 t", ["mass-balance"]),  # 1050 · 1.1 = 1155
        ("0.94 t", ["mass-balance"]),  # 1050 · 0.9 = 945
        ("2.1 t", ["mass-balance"]),
    ],
)
def test_inputs_are_parts_and_waste_within_a_tenth(taken: str, found: list[str]) -> None:
    examined = examine(parts("100 piece", steel(taken), waste("50 kg")))
    assert [finding.code for finding in find_imbalance(examined)] == found


@pytest.mark.parametrize(
    ("taken", "meant"),
    [("1000 t", "kg typed as t"), ("1000000 kg", "g typed as kg"), ("1 kg", "t typed as kg")],
)
def test_a_line_a_thousand_times_off_is_a_slip_of_its_unit(taken: str, meant: str) -> None:
    # 100 parts of 10 kg are 1000 kg; half of it comes from a line that is right.
    examined = examine(parts("200 piece", steel("1 t", label="bar"), steel(taken)))
    slip = only(examined)
    assert (slip.code, slip.line, slip.severity) == ("unit-slip", "steel", Severity.DOUBTFUL)
    assert meant in slip.reason.en


def test_an_output_a_thousand_times_off_is_told_as_one() -> None:
    # 2 kg of coil from two lines of a tonne each: the output was meant in tonnes.
    coil = make.product("coil", "maker", "kg")
    made = make.submission(
        "coil",
        steel("1 t", label="bar"),
        steel("1 t"),
        makes=make.output("coil", "2 kg"),
    )
    slip = only(examine(made, product=coil))
    assert slip.key == ("unit-slip", None)
    assert "t typed as kg" in slip.reason.en


@pytest.mark.parametrize("taken", ["100 t", "300 t", "3000 t"])
def test_a_hundredfold_or_three_hundredfold_input_is_no_slip(taken: str) -> None:
    examined = examine(parts("100 piece", steel(taken)))
    assert list(find_mass_slips(examined)) == []
    assert [finding.code for finding in find_imbalance(examined)] == ["mass-balance"]


def test_losses_count_as_input_and_packaging_and_water_do_not_count() -> None:
    pallet = make.line(BackgroundSupply("defra-mat-wood-virgin"), "1 t", packaging=True)
    water = make.line(BackgroundSupply("water-supply-uk"), "9 t", label="tap water")
    examined = examine(
        parts("100 piece", steel("1 t"), pallet, water, waste("5 m3", "waste water"))
    )
    balance = read_balance(examined)
    assert balance.inputs == {"steel": 1000.0}
    assert balance.made == 1000.0
    assert balance.is_complete


@pytest.mark.parametrize(("ore", "found"), [("1.5 t", []), ("2.5 t", ["mass-balance"])])
def test_oxygen_of_process_co2_may_come_from_ore_or_air(ore: str, found: list[str]) -> None:
    # 1000 kg of metal and 1100 kg of CO2, of which 300 kg are carbon: 1300 to 2100 kg leave.
    examined = examine(parts("100 piece", steel(ore), co2("1.1 t")))
    balance = read_balance(examined)
    assert (balance.least_out, balance.most_out) == pytest.approx((1300, 2100), rel=1e-4)
    assert [finding.code for finding in find_imbalance(examined)] == found


def test_a_mass_that_nobody_states_is_noted_by_name() -> None:
    bolts = make.product("bolts", "other", "piece")
    lines = steel("0.9 t"), steel("100 piece", label="bolts", supply=MemberProduct("bolts"))
    noted = only(examine(parts("100 piece", *lines), bolts))
    assert (noted.code, noted.severity) == ("mass-unknown", Severity.NOTED)
    assert "bolts" in noted.reason.en


def test_known_inputs_beyond_all_that_leaves_are_doubted_though_one_is_unknown() -> None:
    bolts = make.product("bolts", "other", "piece")
    lines = steel("5 t"), steel("100 piece", label="bolts", supply=MemberProduct("bolts"))
    assert codes(examine(parts("100 piece", *lines), bolts)) == [("mass-balance", None)]


def test_the_mass_that_a_leg_carries_is_the_mass_of_its_line() -> None:
    bolts = make.product("bolts", "other", "piece", mass_kg=2.0)
    lines = steel("0.8 t"), steel("100 piece", label="bolts", supply=MemberProduct("bolts"))
    assert codes(examine(parts("100 piece", *lines), bolts, product=PART)) == []
