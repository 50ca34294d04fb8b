"""`/v1/releases`: footprints of suppliers, as they let their buyers see them.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.formats.members.listing import ListDocument
from service.formats.members.release import ReleaseDocument


class Releases:
    """`/v1/releases`: footprints of suppliers, as they let their buyers see them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_releases(
        self,
        *,
        product_id: UUID | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[ReleaseDocument]:
        """What was released to you, and of your products to others; each buyer's reading is kept."""
        return self._connection.send(
            "GET",
            "/v1/releases",
            ListDocument[ReleaseDocument],
            query={"product_id": product_id, "limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_release(self, release_id: UUID) -> ReleaseDocument:
        """One release; a reading by its buyer is recorded."""
        return self._connection.send("GET", f"/v1/releases/{release_id}", ReleaseDocument)
