"""A drawn chain: what a lead firm works on with its suppliers, and the target it has set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.versions import NotNowError

MOST_PERCENT = 100


class InvalidTargetError(RuleBrokenError):
    """A target that cannot be met or missed."""

    code = "invalid-target"
    title = Text(en="Target is not usable", zh="减排目标无效")


class UnknownKeyChainError(RuleBrokenError):
    """A tag that is not in the list of key chains of this service."""

    code = "unknown-key-chain"
    title = Text(en="Unknown key chain", zh="未知重点产业链")


class TargetKind(StrEnum):
    """What a target reduces."""

    ABSOLUTE = "absolute"
    """The emissions of all that is made in a year."""
    INTENSITY = "intensity"
    """The footprint of one declared unit."""


@dataclass(frozen=True, slots=True)
class Target:
    """How far and by when a chain reduces, against its base year.

    Args:
        percent: By how much, above 0 and at most 100.
        year: The year in which it holds.
        kind: What is reduced.

    Raises:
        InvalidTargetError: The percentage is no reduction.
    """

    percent: Decimal
    year: int
    kind: TargetKind

    def __post_init__(self) -> None:
        """Refuse what is no reduction."""
        if not 0 < self.percent <= MOST_PERCENT:
            raise InvalidTargetError(
                Text(en="The target is {given} %.", zh="减排目标为{given}%。").format(
                    given=self.percent
                ),
                Text(
                    en="Give a reduction above 0 and at most 100 %.",
                    zh="请填写大于0且不超过100%的降幅。",
                ),
                value=self.percent,
            )


@dataclass(frozen=True, slots=True)
class DrawnChain:
    """A chain as its lead firm drew it.

    Args:
        id: Its id here.
        lead_id: The lead firm.
        name: Name in both languages.
        product_family: What its products are, such as heavy trucks.
        base_year: The year that the target is measured from.
        target: The reduction wanted; None while none is set.
        key_chain: Which of the configured key industrial chains it belongs to.
        created_at: When it was drawn.
        closed_at: Since when nothing is added to it.
        version: Counts its edits.

    Raises:
        InvalidTargetError: The target's year is not after the base year.
    """

    id: UUID
    lead_id: UUID
    name: Text
    product_family: str
    base_year: int
    target: Target | None
    key_chain: str | None
    created_at: datetime
    closed_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse a target before its base."""
        if self.target is not None and self.target.year <= self.base_year:
            raise InvalidTargetError(
                Text(
                    en="The target is for {year}, the base year is {base}.",
                    zh="目标年为{year}年，基准年为{base}年。",
                ).format(year=self.target.year, base=self.base_year),
                Text(en="Set it for a year after the base year.", zh="目标年应晚于基准年。"),
                value=self.target.year,
            )


def refuse_unknown_key_chain(tag: str | None, known: Collection[str]) -> None:
    """Make sure that a tag is one of the configured list.

    Raises:
        UnknownKeyChainError: It is not.
    """
    if tag is None or tag in known:
        return
    cure = (
        Text(en="Use one of: {list}.", zh="请使用以下之一：{list}。").format(list=", ".join(known))
        if known
        else Text(
            en="Leave it out: this service has no list of key chains.",
            zh="请勿填写：本平台未配置重点产业链名单。",
        )
    )
    raise UnknownKeyChainError(
        Text(
            en="“{tag}” is not in the list of key chains.", zh="“{tag}”不在重点产业链名单中。"
        ).format(tag=tag),
        cure,
        value=tag,
    )


def refuse_closed(chain: DrawnChain) -> None:
    """Make sure that a chain is open.

    Raises:
        NotNowError: It is closed.
    """
    if chain.closed_at is not None:
        raise NotNowError(
            Text(en="The chain is closed.", zh="该供应链已关闭。"),
            Text(
                en="Nothing can be added to it; its lead firm may draw a new one.",
                zh="不能再添加内容；链主企业可新建供应链。",
            ),
        )


def close(chain: DrawnChain, now: datetime) -> DrawnChain:
    """Close a chain, for good.

    Raises:
        NotNowError: It is closed already.
    """
    refuse_closed(chain)
    return replace(chain, closed_at=now, version=chain.version + 1)
