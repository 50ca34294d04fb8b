"""Usability of a footprint: how far it may be relied on, and why not further."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import Text
from service.domain.footprint import Footprint, FootprintGap

# PACT Methodology v3, exemptions: at most this share of a footprint may be left out.
MOST_EXEMPTED = 0.03
# Our own limits on PACT's scale of 1 to 5: no worse than a proxy, a global value and four years;
# no worse than an average of the same technology, the region and three years.
_WORST_CONSISTENT, _WORST_COMPLETE = 4.0, 3.0
_LISTED = 3


class Usability(StrEnum):
    """Levels of WBCSD's usability model, from least to most; each demands those before it."""

    UNKNOWN = "unknown"
    INDICATIVE = "indicative"
    CONSISTENT = "consistent"
    COMPLETE = "complete"


USABILITY_NAMES: Mapping[Usability, Text] = {
    Usability.UNKNOWN: Text(en="no value", zh="无数值"),
    Usability.INDICATIVE: Text(en="L1 indicative", zh="L1 参考级"),
    Usability.CONSISTENT: Text(en="L2 consistent", zh="L2 一致级"),
    Usability.COMPLETE: Text(en="L3 methodologically complete", zh="L3 方法完整级"),
}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a footprint does not reach a level, and what would mend it."""

    reason: Text
    cure: Text


@dataclass(frozen=True, slots=True)
class UsabilityFinding:
    """What a footprint is good for.

    Args:
        level: The highest level whose demands, and those of all below it, are met.
        shortfalls: What keeps it from the next level; empty at the highest.
    """

    level: Usability
    shortfalls: tuple[Shortfall, ...]


def find_usability(footprint: Footprint) -> UsabilityFinding:
    """The level that a footprint reaches.

    Source: the names of the levels are those of WBCSD's usability model (2026); it is not published
    what they demand, so the demands are ours and stand in docs/method.md, section 8.
    """
    levels = list(Usability)
    for reached, demands in zip(levels, _DEMANDS, strict=False):
        shortfalls = tuple(short for demand in demands for short in demand(footprint))
        if shortfalls:
            return UsabilityFinding(reached, shortfalls)
    return UsabilityFinding(levels[-1], ())


def _is_known(footprint: Footprint) -> Iterator[Shortfall]:
    if not footprint.is_known:
        yield Shortfall(
            Text(en="Nothing along its chain has a value.", zh="供应链上没有任何数值。"),
            Text(en="Ask its maker for activity data.", zh="请其生产企业提交活动数据。"),
        )


def _is_answered(footprint: Footprint) -> Iterator[Shortfall]:
    if not footprint.answered:
        yield Shortfall(
            Text(en="Its maker has given no activity data.", zh="其生产企业未提交活动数据。"),
            Text(en="Ask for its bill of materials.", zh="请索取物料清单。"),
        )


def _is_bounded(footprint: Footprint) -> Iterator[Shortfall]:
    unbounded = [gap for gap in footprint.gaps if gap.impact.upper_kg_co2e is None]
    if unbounded:
        yield Shortfall(
            Text(
                en="Nobody knows how much is left out: {gaps}.",
                zh="未计入部分的大小未知：{gaps}。",
            ).format(gaps=_list_gaps(unbounded)),
            Text(en="Ask their suppliers for footprints.", zh="请向其供应商索取碳足迹。"),
        )


def _leaves_out_little(footprint: Footprint) -> Iterator[Shortfall]:
    share = footprint.exempted_share
    if share is None or share > MOST_EXEMPTED:
        yield Shortfall(
            Text(
                en="More than 3 % may be left out: {gaps}.",
                zh="未计入部分可能超过3%：{gaps}。",
            ).format(gaps=_list_gaps([g for g in footprint.gaps if g.impact.upper_kg_co2e])),
            Text(en="Ask their suppliers for footprints.", zh="请向其供应商索取碳足迹。"),
        )


def _is_hardly_screened(footprint: Footprint) -> Iterator[Shortfall]:
    if footprint.impact.screening_share > MOST_EXEMPTED:
        yield Shortfall(
            Text(
                en="More than 3 % rests on screening values.",
                zh="筛查值占比超过3%。",
            ),
            Text(
                en="Ask the members that have not answered for activity data.",
                zh="请未填报的企业提交活动数据。",
            ),
        )


def _is_verified(footprint: Footprint) -> Iterator[Shortfall]:
    if footprint.unverified:
        yield Shortfall(
            Text(
                en="It rests on declarations that nobody else has checked: {list}.",
                zh="所依据的声明未经核查：{list}。",
            ).format(list=_list_words([declared.name for declared in footprint.unverified])),
            Text(en="Ask their owners to have them verified.", zh="请声明方完成核查。"),
        )


def _is_measured(footprint: Footprint) -> Iterator[Shortfall]:
    lines = [Text(en=label, zh=label) for label in footprint.secondary_lines]
    if lines:
        yield Shortfall(
            Text(en="Its maker has not measured: {lines}.", zh="生产企业未实测：{lines}。").format(
                lines=_list_words(lines)
            ),
            Text(en="Measure them for this process.", zh="请提供该工序的实测数据。"),
        )


def _is_rated(worst: float) -> Callable[[Footprint], Iterator[Shortfall]]:
    def demand(footprint: Footprint) -> Iterator[Shortfall]:
        quality = footprint.impact.data_quality
        rated = (
            (quality.technological, Text(en="technological", zh="技术")),
            (quality.geographical, Text(en="geographical", zh="地理")),
            (quality.temporal, Text(en="temporal", zh="时间")),
        )
        poor = [name for rating, name in rated if rating > worst]
        if poor:
            yield Shortfall(
                Text(
                    en="Data quality is worse than {worst:g}: {ratings}.",
                    zh="数据质量评分劣于{worst:g}：{ratings}代表性。",
                ).format(worst=worst, ratings=_list_words(poor)),
                Text(
                    en="Replace published factors by suppliers' own data; give firms their sites.",
                    zh="请以供应商自身数据替代公开因子，并填写企业厂址。",
                ),
            )

    return demand


# What each level demands beyond the one before it.
_DEMANDS: Sequence[Sequence[Callable[[Footprint], Iterator[Shortfall]]]] = (
    (_is_known,),
    (_is_answered, _is_bounded, _is_rated(_WORST_CONSISTENT)),
    (
        _leaves_out_little,
        _is_hardly_screened,
        _is_measured,
        _is_verified,
        _is_rated(_WORST_COMPLETE),
    ),
)


def _list_gaps(gaps: Sequence[FootprintGap]) -> Text:
    return _list_words(
        [
            Text(en="{firm} › {line}", zh="{firm} › {line}").format(
                firm=gap.organisation.name, line=gap.impact.line
            )
            for gap in gaps
        ]
    )


def _list_words(words: Sequence[Text]) -> Text:
    """The first few, and how many more."""
    first, more = words[:_LISTED], len(words) - _LISTED
    en, zh = "; ".join(word.en for word in first), "；".join(word.zh for word in first)
    if more > 0:
        return Text(en=f"{en}; {more} more", zh=f"{zh}等{len(words)}项")
    return Text(en=en, zh=zh)
