"""Values in batches, as many as one query may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

# SQLite takes 32,766 values in one query, PostgreSQL 65,535.
_AT_ONCE = 10_000
_Value = TypeVar("_Value")


def in_batches(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """The values, so many at a time; nothing where there is none."""
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
