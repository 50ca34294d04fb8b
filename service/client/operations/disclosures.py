"""`/v1/disclosures`: who saw what of your footprints, when, with how many digits.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from service.client.connection import Connection
from service.formats.members.disclosure import DisclosureDocument
from service.formats.members.listing import ListDocument


class Disclosures:
    """`/v1/disclosures`: who saw what of your footprints, when, with how many digits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_disclosures(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[DisclosureDocument]:
        """Who saw what of your footprints: every reading by another firm stands here."""
        return self._connection.send(
            "GET",
            "/v1/disclosures",
            ListDocument[DisclosureDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )
