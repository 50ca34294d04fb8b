"""`/v1/sites`: where your organisation works.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.listing import ListDocument
from service.formats.members.member import NewSiteDocument, SiteChanges, SiteDocument


class Sites:
    """`/v1/sites`: where your organisation works."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_site(self, body: NewSiteDocument) -> SiteDocument:
        """Add a site to your organisation."""
        return self._connection.send("POST", "/v1/sites", SiteDocument, body=body)

    def list_sites(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[SiteDocument]:
        """The sites of your organisation."""
        return self._connection.send(
            "GET",
            "/v1/sites",
            ListDocument[SiteDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_site(self, site_id: UUID) -> SiteDocument:
        """One site of your organisation."""
        return self._connection.send("GET", f"/v1/sites/{site_id}", SiteDocument)

    def edit_site(self, site_id: UUID, body: SiteChanges, *, version: int) -> SiteDocument:
        """Change a site of your organisation."""
        return self._connection.send(
            "PATCH", f"/v1/sites/{site_id}", SiteDocument, body=body, version=version
        )

    def delete_site(self, site_id: UUID) -> None:
        """Forget a site at which no product is made."""
        return self._connection.send("DELETE", f"/v1/sites/{site_id}", NoneType)
