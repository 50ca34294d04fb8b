"""How much one request may ask of the engine: what is larger belongs to the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lca_models.errors import Text
from service.domain.chain import Chain
from service.domain.errors import AnswerTooLargeError, ChainTooLargeError
from service.domain.footprint import Footprint


@dataclass(frozen=True, slots=True)
class CalculationLimits:
    """The most that one calculation may take in and give out.

    Args:
        products: Products of a chain; each is a process, answered or not.
        lines: Lines of activity data of all of them.
        parts: Lines, firms, gases and gaps of all footprints that are asked for.
    """

    products: int
    lines: int
    parts: int


def refuse_large_chain(chain: Chain, limits: CalculationLimits) -> None:
    """Refuse a chain before it is laid out.

    Raises:
        ChainTooLargeError: It has too many products or lines.
    """
    lines = sum(len(submission.lines) for submission in chain.submissions)
    _refuse(len(chain.products), limits.products, Text(en="products", zh="个产品"))
    _refuse(lines, limits.lines, Text(en="lines of activity data", zh="条活动数据"))


def refuse_large_answer(footprints: Iterable[Footprint], limits: CalculationLimits) -> None:
    """Refuse an answer before it is written.

    Raises:
        AnswerTooLargeError: The footprints have too many parts together.
    """
    parts = sum(_count_parts(footprint) for footprint in footprints)
    if parts > limits.parts:
        raise AnswerTooLargeError(
            Text(
                en="The answer would have {parts} lines, firms, gases and gaps; {most} are the "
                "most.",
                zh="结果将包含{parts}个明细、企业、气体和缺口条目，上限为{most}个。",
            ).format(parts=parts, most=limits.parts),
            Text(
                en="Ask for single products, or calculate on the command line: "
                "greenchain calculate.",
                zh="请指定产品，或改用命令行计算：greenchain calculate。",
            ),
            value=parts,
        )


def _count_parts(footprint: Footprint) -> int:
    impact = footprint.impact
    groups = (impact.by_line, impact.by_organisation, impact.by_gas, footprint.gaps)
    return sum(len(group) for group in groups)


def _refuse(found: int, most: int, what: Text) -> None:
    if found > most:
        raise ChainTooLargeError(
            Text(
                en="The chain has {found} {what}; one request may have {most}.",
                zh="该供应链有{found}{what}，单次请求上限为{most}{what}。",
            ).format(found=found, most=most, what=what),
            Text(
                en="Calculate it on the command line: greenchain calculate.",
                zh="请改用命令行计算：greenchain calculate。",
            ),
            value=found,
        )
