"""`GET /v1/background`: search the published factors, and read one with its citation."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import Path, Query
from fastapi.exceptions import RequestValidationError

from lca_models.facts.library import Library
from lca_models.facts.search import Entry, Match, search
from service.api.context import Wired
from service.api.routing import make_router
from service.formats.background_document import (
    BackgroundPage,
    EntryDocument,
    category_of,
    find_entry,
    list_entries,
    to_entry_document,
    to_page,
)

router = make_router("background")

_EVERY = 10_000


@router.get("/v1/background")
def list_background(
    wiring: Wired,
    q: Annotated[
        str | None,
        Query(
            max_length=200, description="A name in Chinese or English, or an id.", examples=["铝"]
        ),
    ] = None,
    category: Annotated[
        str | None, Query(max_length=50, examples=["material", "electricity", "transport"])
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[
        str | None, Query(max_length=200, description="`next` of the page before.")
    ] = None,
) -> BackgroundPage:
    """Search the library, best match first; without `q` list everything in it."""
    library = wiring.library
    start = 0 if cursor is None else _start_of(cursor, library)
    found = [
        each
        for each in _find(library, q)
        if category is None or _category(each, library) == category
    ]
    end = start + limit
    following = _cursor(end, library) if end < len(found) else None
    return to_page(found[start:end], library, total=len(found), following=following)


@router.get("/v1/background/{entry_id}")
def get_background(
    wiring: Wired,
    entry_id: Annotated[
        str,
        Path(max_length=200, description="Id of an entry, or the whole name of a material."),
    ],
) -> EntryDocument:
    """Read one entry: value, gases, source, terms and caveats."""
    return to_entry_document(find_entry(wiring.library, entry_id), wiring.library)


def _find(library: Library, text: str | None) -> Sequence[Match | Entry]:
    if text is None or not text.strip():
        return list_entries(library)
    return search(library, text, limit=_EVERY)


def _category(found: Match | Entry, library: Library) -> str:
    return category_of(found.entry if isinstance(found, Match) else found, library)


def _cursor(start: int, library: Library) -> str:
    """A place in the list, valid for this version of the library."""
    content = json.dumps([library.version[:12], start])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _start_of(cursor: str, library: Library) -> int:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, start = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, TypeError) as error:
        raise _refused(cursor) from error
    if version != library.version[:12] or not isinstance(start, int) or start < 0:
        raise _refused(cursor)
    return start


def _refused(cursor: str) -> RequestValidationError:
    message = "this is no cursor of the present library | 不是当前数据库的有效游标"
    details = {
        "type": "value_error",
        "loc": ("query", "cursor"),
        "msg": message,
        "input": cursor,
        "ctx": {"error": message},
    }
    return RequestValidationError([details])
