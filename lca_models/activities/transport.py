"""Transport legs: mass times distance, by mode."""

from __future__ import annotations

from lca_models.activities.drawn import ActivityLine, Drawn, MissingValue, draw_factor, leave_gap
from lca_models.errors import Text
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity

_TANK_TO_WHEEL = "tank_to_wheel"


def draw_transport(
    library: Library, line: ActivityLine, mode_name: str, mass: Quantity, distance: Quantity
) -> Drawn:
    """One leg of a journey.

    Raises:
        UnknownActivityError: The library has no such mode.
        UnitMismatchError: The mass is no mass, or the distance no distance.
    """
    mode = library.find_transport_mode(mode_name)
    work = Quantity(mass.to("t") * distance.to("km"), "tkm")
    drawn = draw_factor(library, line, mode.factor, work)
    if library.get_footprint_factor(mode.factor).boundary != _TANK_TO_WHEEL:
        return drawn
    missing = MissingValue(
        line=line.label,
        reason=Text(
            en="The factor of {mode} counts the vehicle only; making its fuel is missing.",
            zh="{mode}的因子仅含运输工具排放，不含燃料生产。",
        ).format(mode=mode.name),
        cure=Text(
            en="Ask the carrier for a well-to-wheel value.",
            zh="请向承运方索取燃料全生命周期的排放数据。",
        ),
    )
    return drawn + leave_gap(line, work, missing)
