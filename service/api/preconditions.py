"""Versions by `ETag`: edits name theirs (`If-Match`), readers theirs (`If-None-Match`).

Source: RFC 9110, section 13.1.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, Response

from lca_models.errors import Text
from service.domain.versions import ChangedMeanwhileError

_ANY = "*"
_REVALIDATED = "private, no-cache"
_WEAK_TAG = re.compile(r'(?:W/)?("[^"]*")')  # readers compare weakly
_STRONG_TAG = re.compile(r'"([0-9]{1,9})"')


def etag_of(version: int) -> str:
    """The tag under which a version of a thing is known."""
    return f'"{version}"'


def put_etag(response: Response, version: int) -> None:
    """Tell the reader which version it reads."""
    response.headers["ETag"] = etag_of(version)


async def answer_if_changed(
    handle: Callable[[Request], Awaitable[Response]], request: Request
) -> Response:
    """Answer 304 to a reader that has the version already, and let it keep what it reads."""
    response = await handle(request)
    tag = response.headers.get("etag")
    if tag is None:
        return response
    response.headers["Cache-Control"] = _REVALIDATED
    known = request.headers.get("if-none-match", "")
    if known.strip() != _ANY and tag not in _WEAK_TAG.findall(known):
        return response
    kept = {name: response.headers[name] for name in ("etag", "cache-control")}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


async def _read_if_match(
    if_match: Annotated[
        str | None,
        Header(description="`ETag` of the version that the edit was made on; `*` for any."),
    ] = None,
) -> int | None:
    """The version that an edit was made on; None where it shall hold for whatever stands there.

    Raises:
        HTTPException: 428, the header is missing.
        ChangedMeanwhileError: It is weak, a list, or none of our tags: no version matches it.
    """
    if if_match is None:
        raise HTTPException(HTTPStatus.PRECONDITION_REQUIRED)
    if if_match.strip() == _ANY:
        return None
    tag = _STRONG_TAG.fullmatch(if_match.strip())
    if tag is None:
        raise ChangedMeanwhileError(
            Text(en="If-Match names no version of it.", zh="If-Match未指明该对象的任何版本。"),
            Text(
                en='Send the ETag of your last read as it stands, such as "3".',
                zh='请原样发送上次读取所得的ETag，例如"3"。',
            ),
            value=if_match[:80],
        )
    return int(tag[1])


IfMatch = Annotated[int | None, Depends(_read_if_match)]
