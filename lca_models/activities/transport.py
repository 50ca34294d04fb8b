"""Transport legs: mass times distance, by mode."""

from __future__ import annotations

from lca_models.activities.drawn import ActivityLine, Drawn, draw_factor
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity


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
    return draw_factor(library, line, mode.factor, work)
