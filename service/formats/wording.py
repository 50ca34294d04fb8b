"""How numbers, units and gases are said to people: rounding happens here and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lca_models.errors import Language, Text
from lca_models.facts.factors import BIOGENIC_CO2, PUBLISHED_CO2E
from lca_models.facts.units import convert

DIGITS = 4
CO2E = "kg CO2e"
UNKNOWN = "—"

_LEAST_SHARE = 0.001
_RANGE_DIGITS = 2  # of the width: more would be noise (GUM, JCGM 100:2008, 7.2.6)
_LARGEST_PLAIN, _SMALLEST_PLAIN = 1e9, 1e-6
_UNITS: Mapping[str, Text] = {
    "piece": Text(en="piece", zh="件"),
    "h": Text(en="h", zh="小时"),
    "万t": Text(en="10,000 t", zh="万t"),
    "万kWh": Text(en="10,000 kWh", zh="万kWh"),
    "Mbit_s": Text(en="Mbit s", zh="Mbit·s"),
}
_GASES: Mapping[str, Text] = {
    PUBLISHED_CO2E: Text(en="published as CO2e", zh="以CO2e发布"),
    BIOGENIC_CO2: Text(en="biogenic CO2", zh="生物成因CO2"),
    "CH4_fossil": Text(en="CH4, fossil", zh="CH4（化石源）"),
    "CH4_nonfossil": Text(en="CH4, non-fossil", zh="CH4（非化石源）"),
    "CH4_unspecified": Text(en="CH4, origin not stated", zh="CH4（来源未说明）"),
}


def say_number(value: float | None, digits: int = DIGITS) -> str:
    """A number with so many significant digits and separators of thousands: `3,895`, `0.07486`."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "0"
    if not _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        return f"{value:.{digits - 1}e}"
    rounded = float(f"{value:.{digits - 1}e}")
    return f"{rounded:,.{decimals_of(rounded, digits)}f}"


def say_published(value: float | None) -> str:
    """A value with the digits that it was published with: `15.1`; a dash where it is withheld."""
    if value is None:
        return UNKNOWN
    if value and not _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        return f"{value:.6g}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def decimals_of(value: float, digits: int = DIGITS) -> int:
    """How many decimals show a number with so many significant digits, as for a column's total."""
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def say_part(value: float, decimals: int) -> str:
    """A part in a column of so many decimals; what would round to nothing is `<1`, never zero."""
    least: float = 10.0**-decimals
    if 0 < abs(value) < least / 2:
        return f"{'<' if value > 0 else '>-'}{least:,.{decimals}f}"
    return f"{abs(value) if value == 0 else value:,.{decimals}f}"


def say_share(share: float | None) -> str:
    """A share in percent: `97.4%`, `<0.1%`."""
    if share is None:
        return UNKNOWN
    if 0 < abs(share) < _LEAST_SHARE / 2:
        return "<0.1%"
    return f"{share:.1%}"


def say_range(low: float, high: float, language: Language) -> str:
    """Both ends of an interval, as precise as it is wide: `3,100 to 4,400`."""
    width = high - low
    if width < _SMALLEST_PLAIN or max(abs(low), abs(high)) >= _LARGEST_PLAIN:
        said = [say_number(low), say_number(high)]
    else:
        decimals = _RANGE_DIGITS - 1 - math.floor(math.log10(width))
        said = [f"{round(end, decimals) + 0.0:,.{max(0, decimals)}f}" for end in (low, high)]
    return (
        Text(en="{low} to {high}", zh="{low}至{high}")
        .format(low=said[0], high=said[1])
        .to(language)
    )


def say_coverage(coverage: float) -> Text:
    """What an interval is called: `95% interval`."""
    return Text(en=f"{coverage:.0%} interval", zh=f"{coverage:.0%}区间")


def say_rating(rating: float) -> str:
    """A data quality rating with one decimal: `2.7`."""
    return f"{rating:.1f}"


def say_unit(unit: str, language: Language) -> str:
    """A unit in the reader's language."""
    known = _UNITS.get(unit)
    return unit if known is None else known.to(language)


def say_quantity(amount: float, unit: str, language: Language) -> str:
    """An amount with its unit, small tonnages in kilograms: `12 L`, `3.4 kg`."""
    if unit == "t" and 0 < abs(amount) < 1:
        return say_quantity(convert(amount, unit, "kg"), "kg", language)
    said = say_number(amount)
    if "." in said and "e" not in said:
        said = said.rstrip("0").rstrip(".")
    return f"{said} {say_unit(unit, language)}"


def say_per(amount: float, unit: str, language: Language) -> str:
    """A declared unit after a slash or the word per: `piece`, `12 L`."""
    if amount == 1:
        return say_unit(unit, language)
    return say_quantity(amount, unit, language)


def say_gas(gas: str, language: Language) -> str:
    """A gas by its formula, with what people must know of it."""
    known = _GASES.get(gas)
    return gas if known is None else known.to(language)
