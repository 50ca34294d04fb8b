"""Numbers for people: significant digits, shares, units."""

import pytest

from lca_models.errors import Language
from service.formats.wording import (
    decimals_of,
    say_gas,
    say_number,
    say_part,
    say_per,
    say_published,
    say_quantity,
    say_range,
    say_share,
)

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3895.378, "3,895"),
        (0.07486476, "0.07486"),
        (999_999.0, "1,000,000"),
        (9.9996, "10.00"),
        (-3.2, "-3.200"),
        (0.0, "0"),
        (None, "—"),
        (1e-7, "1.000e-07"),
        (2e12, "2.000e+12"),
    ],
)
def test_numbers_have_four_significant_digits(value: float | None, said: str) -> None:
    assert say_number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(3795.4, "3,795"), (0.6, "1"), (0.2, "<1"), (0.0, "0"), (-0.0, "0"), (-0.2, ">-1")],
)
def test_a_part_that_rounds_to_nothing_is_not_called_zero(value: float, said: str) -> None:
    assert say_part(value, decimals_of(3895.0)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.974, "97.4%"), (0.0002, "<0.1%"), (0.0, "0.0%"), (1.0, "100.0%"), (None, "—")],
)
def test_shares_are_percent(share: float | None, said: str) -> None:
    assert say_share(share) == said


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((3123.4, 4411.0), "3,100 to 4,400"),
        ((0.0712, 0.0787), "0.0712 to 0.0787"),
        ((-1.79, -1.21), "-1.79 to -1.21"),
        ((-0.001, 4.0), "0.0 to 4.0"),
        ((5.0, 5.0), "5.000 to 5.000"),
        ((1e9, 3e12), "1.000e+09 to 3.000e+12"),
    ],
)
def test_a_range_is_as_precise_as_it_is_wide(ends: tuple[float, float], said: str) -> None:
    assert say_range(*ends, EN) == said
    assert say_range(*ends, ZH) == said.replace(" to ", "至")


def test_published_values_keep_their_digits() -> None:
    assert say_published(15.1) == "15.1"
    assert say_published(110.0) == "110"
    assert say_published(0.00468568) == "0.00468568"
    assert say_published(23500.0) == "23,500"


def test_units_are_said_in_the_readers_language() -> None:
    assert say_quantity(12, "piece", ZH) == "12 件"
    assert say_quantity(0.0034, "t", EN) == "3.4 kg"
    assert say_per(1, "piece", EN) == "piece"
    assert say_per(12, "L", ZH) == "12 L"
    assert say_gas("CO2e", ZH) == "以CO2e发布"
    assert say_gas("SF6", EN) == "SF6"
