"""`/v1/chains`: chains that lead firms draw, who takes part, how far they have come.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.chain import (
    ChainChanges,
    ChainDocument,
    MembershipDocument,
    NewChainDocument,
    SightDocument,
)
from service.formats.members.listing import ListDocument
from service.formats.members.response_funnel import FunnelDocument


class Chains:
    """`/v1/chains`: chains that lead firms draw, who takes part, how far they have come."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_chain(self, body: NewChainDocument) -> ChainDocument:
        """Draw a chain that your organisation leads."""
        return self._connection.send("POST", "/v1/chains", ChainDocument, body=body)

    def list_chains(
        self,
        *,
        lead_id: UUID | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[ChainDocument]:
        """Chains that you lead or take part in."""
        return self._connection.send(
            "GET",
            "/v1/chains",
            ListDocument[ChainDocument],
            query={"lead_id": lead_id, "limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_chain(self, chain_id: UUID) -> ChainDocument:
        """One chain that you lead or take part in."""
        return self._connection.send("GET", f"/v1/chains/{chain_id}", ChainDocument)

    def change_chain(self, chain_id: UUID, body: ChainChanges, *, version: int) -> ChainDocument:
        """Change a chain that you lead."""
        return self._connection.send(
            "PATCH", f"/v1/chains/{chain_id}", ChainDocument, body=body, version=version
        )

    def create_chain_closure(self, chain_id: UUID) -> ChainDocument:
        """Close a chain that you lead, for good: it stays readable, nothing is added."""
        return self._connection.send("POST", f"/v1/chains/{chain_id}/closure", ChainDocument)

    def put_chain_product(self, chain_id: UUID, product_id: UUID) -> None:
        """Let a chain that you lead be about a product of yours."""
        return self._connection.send(
            "PUT", f"/v1/chains/{chain_id}/products/{product_id}", NoneType
        )

    def delete_chain_product(self, chain_id: UUID, product_id: UUID) -> None:
        """Let a chain that you lead no longer be about a product, once nothing is linked to it."""
        return self._connection.send(
            "DELETE", f"/v1/chains/{chain_id}/products/{product_id}", NoneType
        )

    def list_chain_members(
        self, chain_id: UUID, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[MembershipDocument]:
        """Firms in the chain that you may know of: those that you invited, or that show themselves."""
        return self._connection.send(
            "GET",
            f"/v1/chains/{chain_id}/members",
            ListDocument[MembershipDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def put_chain_sight(self, chain_id: UUID, body: SightDocument) -> MembershipDocument:
        """Say whether the lead firm may know that you take part; links that you allow follow."""
        return self._connection.send(
            "PUT", f"/v1/chains/{chain_id}/sight", MembershipDocument, body=body
        )

    def get_chain_funnel(self, chain_id: UUID) -> FunnelDocument:
        """How far the suppliers of a chain that you lead have come, of those that you may see."""
        return self._connection.send("GET", f"/v1/chains/{chain_id}/funnel", FunnelDocument)
