"""`/v1/links`: which firm's product goes into which, as both have agreed.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.domain.link import LinkState
from service.formats.members.link import (
    LinkAcceptanceDocument,
    LinkChanges,
    LinkDocument,
    LinkEndDocument,
    NewLinkDocument,
    ReasonDocument,
)
from service.formats.members.listing import ListDocument


class Links:
    """`/v1/links`: which firm's product goes into which, as both have agreed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_link(self, chain_id: UUID, body: NewLinkDocument) -> LinkDocument:
        """Say what you buy from a firm of the chain; it is asked to confirm."""
        return self._connection.send(
            "POST", f"/v1/chains/{chain_id}/links", LinkDocument, body=body
        )

    def list_links(
        self,
        *,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
        chain_id: UUID | None = None,
        buyer_id: UUID | None = None,
        supplier_id: UUID | None = None,
        product_id: UUID | None = None,
        state: LinkState | None = None,
    ) -> ListDocument[LinkDocument]:
        """Links of yours, and those that you may see as lead firm; by `proposed_at` or `material`."""
        return self._connection.send(
            "GET",
            "/v1/links",
            ListDocument[LinkDocument],
            query={
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
                "chain_id": chain_id,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "product_id": product_id,
                "state": state,
            },
        )

    def get_link(self, link_id: UUID) -> LinkDocument:
        """One link that you may see."""
        return self._connection.send("GET", f"/v1/links/{link_id}", LinkDocument)

    def change_link(self, link_id: UUID, body: LinkChanges, *, version: int) -> LinkDocument:
        """Let the lead firm see that you buy there, or hide it; it sees what both sides let it."""
        return self._connection.send(
            "PATCH", f"/v1/links/{link_id}", LinkDocument, body=body, version=version
        )

    def create_link_acceptance(self, link_id: UUID, body: LinkAcceptanceDocument) -> LinkDocument:
        """Confirm as supplier which of your products it is."""
        return self._connection.send(
            "POST", f"/v1/links/{link_id}/acceptance", LinkDocument, body=body
        )

    def create_link_refusal(self, link_id: UUID, body: ReasonDocument) -> LinkDocument:
        """Decline as supplier; the buyer reads why."""
        return self._connection.send(
            "POST", f"/v1/links/{link_id}/refusal", LinkDocument, body=body
        )

    def create_link_end(self, link_id: UUID, body: LinkEndDocument) -> LinkDocument:
        """End a link of yours from either side; open data requests along it are over."""
        return self._connection.send("POST", f"/v1/links/{link_id}/end", LinkDocument, body=body)
