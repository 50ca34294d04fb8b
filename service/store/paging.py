"""Reads lists page by page: after the last item seen, so that inserts never shift a page."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from lca_models.errors import Text
from service.domain.paging import InvalidPageError, Page, PageAsked

Row = TypeVar("Row", bound=SQLModel)
_INTEGERS_END = 2**31  # of PostgreSQL's
_FIRST_YEAR, _LAST_YEAR = 1, 9999  # in another time zone they would fall out of the calendar


def read_page(
    session: Session,
    query: SelectOfScalar[Row],
    asked: PageAsked,
    *,
    sorts: Mapping[str, Any],
    key: Any,  # noqa: ANN401 - a column, which SQLModel types as its value
) -> Page[Row]:
    """One page of a query.

    Args:
        session: The transaction.
        query: What the list holds, without order.
        asked: Which page.
        sorts: Columns that the list may be sorted by, never null; the first is its own order.
        key: The column that tells rows of the same place apart.

    Raises:
        InvalidPageError: The cursor is not one of this list and order, or the order is unknown.
    """
    name, descending = _order(asked, sorts)
    column, last = sorts[name], key
    if asked.cursor is not None:
        value, row_id = _read_cursor(asked.cursor, name, (column, last), descending=descending)
        query = query.where(_after(column, last, value, row_id, descending=descending))
    order = (column.desc(), last.desc()) if descending else (column, last)
    rows = session.exec(query.order_by(*order).limit(asked.limit + 1)).all()
    shown = tuple(rows[: asked.limit])
    if len(rows) <= asked.limit:
        return Page(shown, None)
    at = shown[-1]
    place = [getattr(at, column.key), getattr(at, last.key)]
    return Page(shown, _write_cursor(name, place, descending=descending))


def _order(asked: PageAsked, sorts: Mapping[str, Any]) -> tuple[str, bool]:
    wanted = asked.sort or next(iter(sorts))
    name = wanted.removeprefix("-")
    if name not in sorts:
        raise InvalidPageError(
            Text(en="The list cannot be sorted by “{name}”.", zh="列表不能按“{name}”排序。").format(
                name=name
            ),
            Text(en="Sort by one of: {names}.", zh="可选排序字段：{names}。").format(
                names=", ".join(sorts)
            ),
            value=wanted,
        )
    return name, wanted.startswith("-")


def _after(
    column: Any,  # noqa: ANN401 - as `key`
    last: Any,  # noqa: ANN401 - the same
    value: object,
    row_id: object,
    *,
    descending: bool,
) -> ColumnElement[bool]:
    beyond: ColumnElement[bool] = column < value if descending else column > value
    behind: ColumnElement[bool] = last < row_id if descending else last > row_id
    return or_(beyond, and_(column == value, behind))


def _write_cursor(name: str, place: list[object], *, descending: bool) -> str:
    written = [_WRITERS[type(part)](part) for part in place]
    text = json.dumps([name, descending, *written], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(
    cursor: str, name: str, columns: tuple[Any, Any], *, descending: bool
) -> tuple[object, object]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, made_descending, value, row_id = json.loads(urlsafe_b64decode(padded))
        if (made_for, made_descending) != (name, descending):
            raise ValueError(made_for)  # noqa: TRY301 - told as every other cursor that is none
        return _read(value, columns[0]), _read(row_id, columns[1])
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        raise InvalidPageError(
            Text(en="The cursor is not one of this list.", zh="分页游标不属于该列表。"),
            Text(
                en="Start again without a cursor, in the same order.",
                zh="请去掉游标，从第一页重新读取。",
            ),
            value=cursor[:80],
        ) from error


_WRITERS: Mapping[type, Any] = {
    UUID: lambda value: {"u": str(value)},
    datetime: lambda value: {"t": value.isoformat()},
    date: lambda value: {"d": value.isoformat()},
    str: lambda value: value,
    int: lambda value: value,
    float: lambda value: value,
}
_READERS: Mapping[str, Any] = {"u": UUID, "t": datetime.fromisoformat, "d": date.fromisoformat}


def _read(written: object, column: Any) -> object:  # noqa: ANN401 - as `key`
    """A value that the column can be compared with: callers make cursors up, too."""
    value = written
    if isinstance(written, dict):
        ((kind, told),) = written.items()
        value = _READERS[kind](told)
    kept = column.class_.model_fields[column.key].annotation
    if type(value) is not kept or not _is_storable(value):
        raise TypeError(written)
    return value


def _is_storable(value: object) -> bool:
    match value:
        case int():
            return abs(value) < _INTEGERS_END
        case str():
            return b"\0" not in value.encode()
        case datetime():
            return value.tzinfo is not None and _FIRST_YEAR < value.year < _LAST_YEAR
    return True
