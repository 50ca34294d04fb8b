"""A page of a list, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from lca_models.errors import RuleBrokenError, Text

Item = TypeVar("Item")
Other = TypeVar("Other")


class InvalidPageError(RuleBrokenError):
    """A cursor that this list did not give, or an order that it does not have."""

    code = "invalid-page"
    title = Text(en="There is no such page", zh="无此分页")


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page is wanted.

    Args:
        limit: Most items on it.
        cursor: What the page before named as its continuation; None for the first.
        sort: Field to sort by, with `-` before it for the greatest first; None for the list's own.
    """

    limit: int = 50
    cursor: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, and the cursor of those that follow; None on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None

    def map(self, turn: Callable[[Item], Other]) -> Page[Other]:
        """The same page with every item turned into something else."""
        return Page(tuple(map(turn, self.items)), self.next_cursor)
