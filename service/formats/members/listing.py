"""A page of a list as the API gives it."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from service.domain.paging import Page
from service.formats.bilingual import Part

Item = TypeVar("Item")


class ListDocument(Part, Generic[Item]):
    """Some items of a list, and where it goes on."""

    items: list[Item]
    next: Annotated[
        str | None,
        Field(description="Send it as `cursor` to read the page that follows; null on the last."),
    ]


def to_list_document(page: Page[Item]) -> ListDocument[Item]:
    """A page whose items are documents already."""
    return ListDocument(items=list(page.items), next=page.next_cursor)
