"""Fuels burnt on site and heat bought, with what it took to bring them there."""

from __future__ import annotations

from lca_models.activities.drawn import ActivityLine, Drawn, MissingValue, draw_factor, leave_gap
from lca_models.errors import Text
from lca_models.facts.choices import Fuel
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity, find_unit


def draw_fuel(library: Library, line: ActivityLine, fuel_name: str, quantity: Quantity) -> Drawn:
    """A fuel burnt on site: combustion there, and extraction and supply upstream.

    An amount of energy is turned into fuel by the net calorific value of the combustion factor.
    Where no published upstream value fits, the upstream part is a gap: combustion alone is not a
    life-cycle value.

    Raises:
        UnknownActivityError: The library has no such fuel.
        UnitMismatchError: The quantity is neither in the fuel's unit nor an amount of energy.
    """
    fuel = library.find_fuel(fuel_name)
    quantity = _in_unit_of(library, fuel, quantity)
    unit = library.get_footprint_factor(fuel.combustion).unit
    energy_mj = quantity.to(unit) * fuel.mj_per_unit
    burnt = draw_factor(library, line, fuel.combustion, quantity)
    if fuel.upstream is not None:
        burnt += draw_factor(library, line, fuel.upstream, quantity)
        return burnt.covering(line, "fuel", energy_mj, "MJ", cover=fuel.key)
    missing = MissingValue(
        line=line.label,
        reason=Text(
            en="No open value for extraction and supply of {fuel}; only its combustion is counted.",
            zh="缺少{fuel}开采与供应环节的公开因子，仅计入燃烧排放。",
        ).format(fuel=fuel.name),
        cure=Text(
            en="Ask the fuel's supplier for a footprint.", zh="请向燃料供应商索取碳足迹数据。"
        ),
    )
    drawn = burnt + leave_gap(line, quantity, missing)
    return drawn.covering(line, "fuel", energy_mj, "MJ", cover=fuel.key)


def draw_heat(library: Library, line: ActivityLine, quantity: Quantity) -> Drawn:
    """Heat or steam bought from outside: combustion at its maker, and a gap for what came before.

    Raises:
        UnitMismatchError: The quantity is not an amount of energy.
    """
    missing = MissingValue(
        line=line.label,
        reason=Text(
            en="The default of purchased heat counts combustion only; fuel supply and other gases "
            "are missing.",
            zh="外购热力默认因子仅含燃烧的CO2，不含燃料开采供应及其他气体。",
        ),
        cure=Text(en="Ask the heat supplier for its footprint.", zh="请向供热企业索取碳足迹数据。"),
    )
    drawn = draw_factor(library, line, library.heat, quantity)
    drawn += leave_gap(line, quantity, missing)
    return drawn.covering(line, "heat", quantity.to("MJ"), "MJ", cover="bought")


def _in_unit_of(library: Library, fuel: Fuel, quantity: Quantity) -> Quantity:
    unit = library.get_footprint_factor(fuel.combustion).unit
    given = find_unit(quantity.unit).kind
    if given == find_unit("MJ").kind and given != find_unit(unit).kind:
        return Quantity(quantity.to("MJ") / fuel.mj_per_unit, unit)
    return quantity
