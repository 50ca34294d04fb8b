"""A cell is read as what it says, or refused; it is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from service.formats.errors import InvalidCellError
from service.formats.sheets.cells import clean, show, to_date, to_number, to_percent, to_text
from service.formats.sheets.table import Fault, Faulty, Percent, Value


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12.5, 12.5),
        ("12.5", 12.5),
        (" 12 ", 12.0),
        ("+3", 3.0),
        ("-3", -3.0),
        (".5", 0.5),
        ("1.2e3", 1200.0),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1 000", 1000.0),
        ("1\u00a0000\u00a0000.25", 1000000.25),
        ("１２３．５", 123.5),
        ("１，２３４．５", 1234.5),
        ("\u200b7\u200e", 7.0),
    ],
)
def test_a_number_is_read_as_it_is_written(value: Value, number: float) -> None:
    assert to_number(value) == number


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("1,5", "“1,5” is ambiguous: the comma."),
        ("1,234", "“1,234” is ambiguous: the comma."),
        ("1.234,5", "“1.234,5” is ambiguous: the comma."),
        ("12kg", "“12kg” is a number with a word."),
        ("12%", "“12%” is a percentage."),
        (Percent(12.0), "“12%” is a percentage."),
        ("10²", "“10²” is a number with a word."),
        ("1_000", "“1_000” is no number."),
        ("(5)", "“(5)” is no number."),
        ("NaN", "“NaN” is no number."),
        ("1e400", "“1e400” is not a finite number."),
        ("٣", "“٣” is no number."),
        (True, "“TRUE” is no number."),
        (date(2025, 3, 5), "“2025-03-05” is a date."),
        (Faulty(Fault.ERROR, "#REF!"), "The formula gives the error #REF!."),
        (Faulty(Fault.UNCALCULATED, "="), "The formula has never been calculated."),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(value: Value, reason: str) -> None:
    with pytest.raises(InvalidCellError) as caught:
        to_number(value)
    assert caught.value.defects[0].reason.en == reason


def test_a_decimal_comma_is_told_its_cure_in_both_languages() -> None:
    with pytest.raises(InvalidCellError) as caught:
        to_number("1,5")
    cure = caught.value.defects[0].cure
    assert cure.en == "Write 1.5 or 1234.5: a point for decimals, no separators of thousands."
    assert cure.zh == "请写作1.5或1234.5：小数用点号，不加千位分隔符。"


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (5.0, 5.0),
        ("5", 5.0),
        ("5%", 5.0),
        ("５％", 5.0),
        ("0.5%", 0.5),
        (Percent(7.0), 7.0),
        (0.0, 0.0),
    ],
)
def test_a_percentage_is_read_in_points(value: Value, points: float) -> None:
    assert to_percent(value) == points


def test_a_fraction_in_a_column_of_percentages_is_refused() -> None:
    with pytest.raises(InvalidCellError) as caught:
        to_percent(0.3)
    assert caught.value.defects[0].reason.en == "0.3 may be meant as 30 % or as 0.3 %."


@pytest.mark.parametrize(
    "value",
    [
        date(2025, 1, 31),
        "2025-01-31",
        "2025/1/31",
        "2025.1.31",
        "2025年1月31日",
        "20250131",
        20250131.0,
        "2025-01-31 00:00:00",
        "２０２５－０１－３１",
    ],
)
def test_a_day_is_read_from_its_year_on(value: Value) -> None:
    assert to_date(value) == date(2025, 1, 31)


@pytest.mark.parametrize(
    "value", ["31/01/2025", "01-31", "2025-02-30", "1899-12-31", 45688.0, True]
)
def test_an_unclear_day_is_refused(value: Value) -> None:
    with pytest.raises(InvalidCellError, match="is not a usable date"):
        to_date(value)


def test_text_loses_what_nobody_sees() -> None:
    assert clean("\u202ehot\u200b-rolled\u00a0 coil\x07 \ufeff") == "hot-rolled coil"


def test_a_number_in_a_column_of_text_keeps_its_digits() -> None:
    assert to_text(20250131.0) == "20250131"
    assert to_text(2.5) == "2.5"
    with pytest.raises(InvalidCellError, match="lost its last digits"):
        to_text(6.10131e17)


def test_a_long_text_is_refused_and_shown_short() -> None:
    with pytest.raises(InvalidCellError, match="more than 200 characters"):
        to_text("x" * 201)
    assert show("x" * 201) == "x" * 79 + "…"
