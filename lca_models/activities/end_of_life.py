"""Waste that leaves a process, by what becomes of it."""

from __future__ import annotations

from lca_models.activities.drawn import ActivityLine, Drawn, draw_factor
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity


def draw_treatment(
    library: Library, line: ActivityLine, treatment_name: str, quantity: Quantity
) -> Drawn:
    """Treatment of waste.

    Waste handed to a recycler leaves burden-free but for its collection: recycling belongs to who
    uses the recycled material (cut-off, 100-0).

    Raises:
        UnknownActivityError: The library has no such treatment.
        UnitMismatchError: The quantity does not fit the treatment's unit.
    """
    treatment = library.find_treatment(treatment_name)
    return draw_factor(library, line, treatment.factor, quantity)
