"""`GET /v1/background`: search the published factors, and read one with its citation.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from service.client.connection import Connection, quoted
from service.formats.background_document import BackgroundPage, EntryDocument


class Background:
    """`GET /v1/background`: search the published factors, and read one with its citation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_background(
        self,
        *,
        q: str | None = None,
        category: str | None = None,
        limit: int = 20,
        cursor: str | None = None,
    ) -> BackgroundPage:
        """Search the library, best match first; without `q` list everything in it."""
        return self._connection.send(
            "GET",
            "/v1/background",
            BackgroundPage,
            query={"q": q, "category": category, "limit": limit, "cursor": cursor},
        )

    def get_background(self, entry_id: str) -> EntryDocument:
        """Read one entry: value, gases, source, terms and caveats."""
        return self._connection.send("GET", f"/v1/background/{quoted(entry_id)}", EntryDocument)
