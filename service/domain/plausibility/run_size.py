"""Recipes of one unit and totals of a year, taken for each other."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lca_models.errors import Text
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Finding, doubt, say
from service.domain.plausibility.mass_balance import MassBalance, read_balance

_TOTAL_FOR_ONE = "total-for-one-unit"
_RECIPE_FOR_MANY = "recipe-for-many-units"
_ONE_BASIS = Text(
    en="Give output and lines for the same run: all for one declared unit, or all for the period.",
    zh="产出与各明细须对应同一批次：全部按一个声明单位填写，或全部按报告期总量填写。",
)


def find_mixed_runs(examined: Examination) -> Iterator[Finding]:
    """Inputs of a year beside the output of one unit, or of one unit beside that of a year."""
    balance, units = read_balance(examined), examined.made_units
    if math.isclose(units, 1.0):
        yield from _find_totals(balance, examined)
    elif units >= examined.facts.limits.many_units and balance.is_complete:
        yield from _find_recipes(balance, units, examined.facts.limits.mass_tolerance)


def _find_totals(balance: MassBalance, examined: Examination) -> Iterator[Finding]:
    """Most lines are far above the one unit that comes out: a single one would be a slip."""
    made = examined.output_kg(examined.submission.output)
    if not made or len(balance.inputs) <= 1:
        return
    large = [kg for kg in balance.inputs.values() if kg >= made * examined.facts.limits.many_units]
    if 2 * len(large) <= len(balance.inputs):
        return
    yield doubt(
        _TOTAL_FOR_ONE,
        None,
        Text(
            en="The run makes one declared unit of {made} kg, but takes in {taken} kg: the "
            "lines look like totals of the period.",
            zh="本批次只产出一个声明单位（{made}千克），投入却达{taken}千克："
            "各明细疑似报告期总量。",
        ).format(made=say(made), taken=say(balance.taken)),
        _ONE_BASIS,
        balance.taken / made,
    )


def _find_recipes(balance: MassBalance, units: float, tolerance: float) -> Iterator[Finding]:
    """All lines, or one, balance only when multiplied by the units made."""
    if balance.closes(balance.taken, tolerance):
        return
    if balance.closes(balance.taken * units, tolerance):
        yield _tell_recipe(None, units)
        return
    for label, mass in balance.inputs.items():
        if balance.closes(balance.taken + mass * (units - 1), tolerance):
            yield _tell_recipe(label, units)


def _tell_recipe(line: str | None, units: float) -> Finding:
    return doubt(
        _RECIPE_FOR_MANY,
        line,
        Text(
            en="The run makes {units} declared units and would balance by mass with {what} "
            "multiplied by them: that looks like the amount for one unit.",
            zh="本批次产出{units}个声明单位，{what}乘以该数后质量才平衡：疑似单个产品的用量。",
        ).format(
            units=say(units),
            what=Text(en="all inputs", zh="全部投入")
            if line is None
            else Text(en="this line", zh="该明细"),
        ),
        _ONE_BASIS,
        units,
    )
