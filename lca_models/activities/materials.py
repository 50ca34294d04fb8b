"""Materials known by name: the library's default choice, or a gap that stays visible."""

from __future__ import annotations

from lca_models.activities.drawn import ActivityLine, Drawn, MissingValue, draw_factor, leave_gap
from lca_models.errors import Text
from lca_models.facts.choices import GapMaterial
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity


def draw_material(library: Library, line: ActivityLine, name: str, quantity: Quantity) -> Drawn:
    """A material by its name.

    A name that the library does not have exactly is a gap, and so is a material without a good open
    default: nothing is guessed.

    Raises:
        UnitMismatchError: The quantity is not in the unit of the default factor.
    """
    material = library.find_material(name)
    if material is None:
        return leave_gap(line, quantity, _unknown(line, name))
    if isinstance(material, GapMaterial):
        return leave_gap(line, quantity, _without_default(library, line, material))
    return draw_factor(library, line, material.factor, quantity)


def _unknown(line: ActivityLine, name: str) -> MissingValue:
    return MissingValue(
        line=line.label,
        reason=Text(
            en="The library has no material named “{name}”.",
            zh="背景数据库中没有名为“{name}”的材料。",
        ).format(name=name),
        cure=Text(
            en="Choose a factor id (greenchain background search) "
            "or link the supplier's footprint.",
            zh="请指定因子编号（greenchain background search 可查询），或关联供应商的碳足迹。",
        ),
    )


def _without_default(library: Library, line: ActivityLine, material: GapMaterial) -> MissingValue:
    return MissingValue(
        line=line.label,
        reason=Text(
            en="There is no good open value for {name}.", zh="{name}没有合适的公开因子。"
        ).format(name=material.name),
        cure=Text(
            en="Ask the supplier for its product carbon footprint.", zh="请向供应商索取产品碳足迹。"
        ),
        cross_checks=library.list_cross_checks(material),
    )
