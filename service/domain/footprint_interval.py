"""A footprint's interval, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from lca_models.errors import GreenchainError, Text
from lca_models.impacts.impact import Impact
from lca_models.impacts.interval import Interval

# Deviations below this share of a footprint are rounding: the engine is held to no more.
_ACCURACY = 1e-9


@dataclass(frozen=True, slots=True)
class NoInterval:
    """Why a footprint has no interval, and what would give it one."""

    reason: Text
    cure: Text


_UNKNOWN = NoInterval(
    Text(en="Nothing is known of the footprint.", zh="碳足迹未知。"),
    Text(en="Close the gaps of its chain.", zh="请补全供应链上的数据缺口。"),
)
_STATE = Text(
    en="State uncertainties of lines and declarations.", zh="请填写明细和碳足迹声明的不确定性。"
)
_NOTHING_STATED = NoInterval(
    Text(
        en="Nothing along its chain says how far it may be off.",
        zh="供应链上没有任何不确定性信息。",
    ),
    _STATE,
)
_NOTHING_APART = NoInterval(
    Text(
        en="Nothing in which the chains differ says how far it may be off.",
        zh="两条供应链的差异部分没有任何不确定性信息。",
    ),
    _STATE,
)


def judge_interval(
    impact: Impact, interval: Interval | None, *, of_difference: bool = False
) -> Interval | NoInterval:
    """Refuse an interval that would claim more than anybody said.

    Args:
        impact: What it is about.
        interval: As it was derived or drawn; None where nothing is known.
        of_difference: Whether it is that of the difference to another chain.
    """
    if interval is None or not impact.is_known:
        return _UNKNOWN
    if interval.standard_deviation_kg_co2e <= _ACCURACY * abs(impact.kg_co2e):
        return _NOTHING_APART if of_difference else _NOTHING_STATED
    return interval


def explain_missing(error: GreenchainError) -> NoInterval:
    """Why a chain has no intervals at all."""
    first = error.defects[0]
    return NoInterval(first.reason, first.cure)
