"""Ids of rows: UUIDs of version 7, which sort by the moment they were made."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """An id that nothing else has. Source: RFC 9562, section 5.7."""
    return uuid7()
