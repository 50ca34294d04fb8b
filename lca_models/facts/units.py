"""The closed list of units, their names in both languages, and the one conversion of amounts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import pint

from lca_models.errors import InvalidAmountError, Text, UnitMismatchError, UnknownUnitError

# Beyond these an amount is a slip of the keyboard, and its products could leave double precision.
_SMALLEST = 1e-15
_LARGEST = 1e15

# A tonne of coal equivalent is 7 Gcal of the international table calorie (4.1868 J exactly):
# 29.3076 GJ. GB/T 2589-2020 prints the same energy rounded to 29 307 kJ per kg.
_DEFINITIONS = """
gram = [mass] = g
kilogram = 1000 * gram = kg
tonne = 1000 * kilogram = t
ten_thousand_tonnes = 10000 * tonne = 万t
megajoule = [energy] = MJ
kilojoule = 0.001 * megajoule = kJ
gigajoule = 1000 * megajoule = GJ
kilowatt_hour = 3.6 * megajoule = kWh
megawatt_hour = 1000 * kilowatt_hour = MWh
ten_thousand_kilowatt_hours = 10000 * kilowatt_hour = 万kWh
tonne_coal_equivalent = 29.3076 * gigajoule = tce
kilogram_coal_equivalent = 0.001 * tonne_coal_equivalent = kgce
cubic_metre = [volume] = m3
litre = 0.001 * cubic_metre = L
square_metre = [area] = m2
kilometre = [distance] = km
metre = 0.001 * kilometre = m
tonne_kilometre = [transport] = tkm
piece = [count] = piece
hour = [time] = h
megabit_second = [information] = Mbit_s
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the closed list.

    Args:
        symbol: How we write it, such as `kg`.
        kind: What it measures, in words.
        names: Other spellings that are read as this unit, in any language.
        pact: Its name among PACT's declared units, if it is one of the ten.
    """

    symbol: str
    kind: Text
    names: tuple[str, ...]
    pact: str | None = None


_MASS = Text(en="mass", zh="质量")
_ENERGY = Text(en="energy", zh="能量")
_VOLUME = Text(en="volume", zh="体积")
_AREA = Text(en="area", zh="面积")
_DISTANCE = Text(en="distance", zh="距离")
_TRANSPORT = Text(en="transport work", zh="货物周转量")
_COUNT = Text(en="count", zh="计件")
_TIME = Text(en="time", zh="时间")
_INFORMATION = Text(en="information rate", zh="信息速率")

UNITS: tuple[Unit, ...] = (
    Unit("kg", _MASS, ("kilogram", "kilograms", "kgs", "千克", "公斤"), "kilogram"),
    Unit("g", _MASS, ("gram", "grams", "克")),
    Unit("t", _MASS, ("tonne", "tonnes", "metric ton", "ton", "吨", "公吨")),
    Unit("万t", _MASS, ("10000 t", "10^4 t", "万吨")),
    Unit(
        "kWh",
        _ENERGY,
        ("kilowatt hour", "kilowatt-hour", "千瓦时", "千瓦·时", "度"),
        "kilowatt hour",
    ),
    Unit("MWh", _ENERGY, ("megawatt hour", "兆瓦时", "兆瓦·时")),
    Unit("万kWh", _ENERGY, ("10000 kWh", "10^4 kWh", "万千瓦时", "万度")),
    Unit("kJ", _ENERGY, ("kilojoule", "千焦")),
    Unit("MJ", _ENERGY, ("megajoule", "megajoules", "兆焦", "兆焦耳"), "megajoule"),
    Unit("GJ", _ENERGY, ("gigajoule", "gigajoules", "吉焦", "吉焦耳", "百万千焦")),
    Unit("tce", _ENERGY, ("tonne of coal equivalent", "吨标准煤", "吨标煤")),
    Unit("kgce", _ENERGY, ("kilogram of coal equivalent", "千克标准煤", "公斤标准煤", "千克标煤")),
    Unit(
        "m3",
        _VOLUME,
        (
            "m³",
            "m^3",
            "cubic meter",
            "cubic metre",
            "立方米",
            "立方",
            "Nm3",
            "Nm³",
            "标准立方米",
            "标方",
        ),
        "cubic meter",
    ),
    Unit("L", _VOLUME, ("liter", "litre", "liters", "litres", "升"), "liter"),
    Unit("m2", _AREA, ("m²", "m^2", "square meter", "square metre", "平方米"), "square meter"),
    Unit("km", _DISTANCE, ("kilometer", "kilometre", "千米", "公里")),
    Unit("m", _DISTANCE, ("meter", "metre", "米")),
    Unit(
        "tkm",
        _TRANSPORT,
        (
            "t km",
            "t·km",
            "t*km",
            "ton kilometer",
            "tonne-kilometre",
            "tonne kilometre",
            "吨公里",
            "吨千米",
        ),
        "ton kilometer",
    ),
    Unit(
        "piece",
        _COUNT,
        (
            "pieces",
            "pc",
            "pcs",
            "item",
            "unit",
            "set",
            "件",
            "个",
            "台",
            "套",
            "辆",
            "只",
            "根",
            "块",
        ),
        "piece",
    ),
    Unit("h", _TIME, ("hour", "hours", "小时", "工时"), "hour"),
    Unit("Mbit_s", _INFORMATION, ("megabit second", "Mbit s", "兆比特秒"), "megabit second"),
)
_BY_SYMBOL = {unit.symbol: unit for unit in UNITS}
# Symbols in their own case go first; any other case is read only where it cannot mislead.
_BY_WORD = {name.casefold(): unit for unit in UNITS for name in unit.names}
_BY_FOLDED_SYMBOL = {unit.symbol.casefold(): unit for unit in UNITS}
# Milliwatt hours, millijoules and giga-somethings: symbols whose case tells another unit.
_MISLEADING = frozenset({"mWh", "mJ", "G", "M", "Kj"})
DECLARED_UNITS: tuple[Unit, ...] = tuple(unit for unit in UNITS if unit.pact is not None)


def find_unit(text: str) -> Unit:
    """The unit that a user means by its symbol, its name or its Chinese name.

    Raises:
        UnknownUnitError: The unit is not in the closed list.
    """
    cleaned = " ".join(text.split())
    found = (
        _BY_SYMBOL.get(cleaned)
        or _BY_WORD.get(cleaned.casefold())
        or (None if cleaned in _MISLEADING else _BY_FOLDED_SYMBOL.get(cleaned.casefold()))
    )
    if found is None:
        listed = ", ".join(unit.symbol for unit in UNITS)
        raise UnknownUnitError(
            Text(en="“{unit}” is not a unit we know.", zh="无法识别计量单位“{unit}”。").format(
                unit=text
            ),
            Text(en="Use one of: {list}.", zh="请使用以下单位之一：{list}。").format(list=listed),
            value=text,
        )
    return found


def first_unit_of(text: str) -> str:
    """Symbol of the unit by which we count what a unit measures: `kg` for masses.

    Raises:
        UnknownUnitError: The unit is not in the closed list.
    """
    kind = find_unit(text).kind
    return next(unit.symbol for unit in UNITS if unit.kind == kind)


def find_declared_unit(text: str) -> Unit:
    """One of the ten declared units of PACT, by PACT's name, our symbol or a Chinese name.

    Raises:
        UnknownUnitError: It is no unit, or no declared unit.
    """
    unit = find_unit(text)
    if unit.pact is None:
        listed = ", ".join(f"{u.symbol} ({u.pact})" for u in DECLARED_UNITS)
        raise UnknownUnitError(
            Text(
                en="“{unit}” cannot be the declared unit of a product.",
                zh="“{unit}”不能作为产品的声明单位。",
            ).format(unit=text),
            Text(en="Use one of: {list}.", zh="请使用以下声明单位之一：{list}。").format(
                list=listed
            ),
            value=text,
        )
    return unit


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    registry.load_definitions(_DEFINITIONS.strip().splitlines())
    return registry


@cache
def _ratio(given: str, expected: str) -> float:
    registry = _registry()
    return float(registry.convert(1.0, given, expected))


def convert(amount: float, given: str, expected: str) -> float:
    """An amount in another unit of the same kind.

    Args:
        amount: Amount in `given`.
        given: A unit in any spelling of the closed list.
        expected: The unit wanted, likewise.

    Raises:
        UnknownUnitError: One of the units is not in the list.
        UnitMismatchError: They measure different things.
    """
    have, want = find_unit(given), find_unit(expected)
    if have.kind != want.kind:
        raise UnitMismatchError(
            Text(
                en="The unit “{given}” measures {have}, "
                "but an amount in “{expected}” ({want}) is expected.",
                zh="单位“{given}”表示{have}，此处应填写以“{expected}”计的{want}。",
            ).format(given=given, expected=want.symbol, have=have.kind, want=want.kind),
            Text(en="Give the amount in {expected}.", zh="请改用{expected}填写。").format(
                expected=want.symbol
            ),
            value=given,
        )
    return amount if have == want else amount * _ratio(have.symbol, want.symbol)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit; the unit is one of the closed list."""

    amount: float
    unit: str

    def __post_init__(self) -> None:
        """Refuse what is no number, or far from anything that can be produced or measured."""
        if not math.isfinite(self.amount) or not (
            self.amount == 0 or _SMALLEST <= abs(self.amount) <= _LARGEST
        ):
            raise InvalidAmountError(
                Text(
                    en="The amount {amount:g} is not a number of a possible size.",
                    zh="数量{amount:g}不是合理范围内的数值。",
                ).format(amount=self.amount),
                Text(
                    en="Give a number; choose the unit so that it is neither vast nor tiny.",
                    zh="请填写数字，并选用合适的计量单位，避免数值过大或过小。",
                ),
                value=self.amount,
            )
        object.__setattr__(self, "unit", find_unit(self.unit).symbol)

    def to(self, unit: str) -> float:
        """The amount in another unit of the same kind."""
        return convert(self.amount, self.unit, unit)
