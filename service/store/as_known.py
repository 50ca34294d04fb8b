"""Conditions of reading twice in time: for which period something holds, and when it was known.

A row holds for a reporting period, and was known from one moment (accepted, calculated) until it
was superseded. Rows are never changed back, so that the state as known on a day can be read again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from service.domain.submission import Period


def as_known(
    since: Any,  # noqa: ANN401 - a column, which SQLModel types as its value
    superseded_at: Any,  # noqa: ANN401 - as above
    moment: datetime | None = None,
) -> ColumnElement[bool]:
    """Rows that stood at a moment: known by then, and superseded later or never.

    Args:
        since: Column of when a row became known; null until then.
        superseded_at: Column of when the next version took its place; null while it stands.
        moment: When; None for now.
    """
    known, ended = col(since), col(superseded_at)
    if moment is None:
        return and_(known.is_not(None), ended.is_(None))
    return and_(known <= moment, or_(ended.is_(None), ended > moment))


def for_period(
    start: Any,  # noqa: ANN401 - as above
    end: Any,  # noqa: ANN401 - as above
    period: Period,
) -> ColumnElement[bool]:
    """Rows of one reporting period, from its first day to its last.

    Args:
        start: Column of the first day.
        end: Column of the last.
        period: The period asked for.
    """
    return and_(col(start) == period.start, col(end) == period.end)
