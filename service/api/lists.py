"""Lists: which page is asked for, and the answer with a link to the page that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from service.domain.paging import Page, PageAsked
from service.formats.members.listing import ListDocument, to_list_document

MOST_ITEMS = 200
_LONGEST_CURSOR = 1_000
_LONGEST_NAME = 50
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked(PageAsked):
    """The page that a request asks for, which also writes its answer."""

    request: Request
    response: Response

    def answer(self, page: Page[Item]) -> ListDocument[Item]:
        """The page, of documents already, with `Link: <…>; rel="next"` where the list goes on."""
        if page.next_cursor is not None:
            asked = self.request.query_params.multi_items()
            kept = [(name, value) for name, value in asked if name != "cursor"]
            query = urlencode([*kept, ("cursor", page.next_cursor)])
            self.response.headers["Link"] = f'<{self.request.url.path}?{query}>; rel="next"'
        return to_list_document(page)


async def _ask(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Most items of a page.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=_LONGEST_CURSOR, description="`next` of the page before.")
    ] = None,
    sort: Annotated[
        str | None,
        Query(
            max_length=_LONGEST_NAME,
            description="Field to sort by; `-` before it puts the greatest first.",
        ),
    ] = None,
) -> ListAsked:
    return ListAsked(limit=limit, cursor=cursor, sort=sort, request=request, response=response)


Listing = Annotated[ListAsked, Depends(_ask)]
