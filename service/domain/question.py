"""A question or answer in the thread of a data request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Question:
    """What one side of a data request says to the other.

    Args:
        id: Its id here.
        data_request_id: The request that it is about.
        asker_id: The buyer.
        supplier_id: The firm that is asked for data.
        author_id: Which of the two says it.
        words: What it says.
        at: When.
    """

    id: UUID
    data_request_id: UUID
    asker_id: UUID
    supplier_id: UUID
    author_id: UUID
    words: str
    at: datetime
