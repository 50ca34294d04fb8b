"""`/v1/products`: what firms make, with their declared units.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.formats.members.listing import ListDocument
from service.formats.members.product import NewProductDocument, ProductChanges, ProductDocument


class Products:
    """`/v1/products`: what firms make, with their declared units."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_product(self, body: NewProductDocument) -> ProductDocument:
        """List a product of your organisation; its code stands once there."""
        return self._connection.send("POST", "/v1/products", ProductDocument, body=body)

    def list_products(
        self,
        *,
        owner_id: UUID | None = None,
        chain_id: UUID | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[ProductDocument]:
        """Your products, and those of others that links show you; by `code` or `created_at`."""
        return self._connection.send(
            "GET",
            "/v1/products",
            ListDocument[ProductDocument],
            query={
                "owner_id": owner_id,
                "chain_id": chain_id,
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
            },
        )

    def get_product(self, product_id: UUID) -> ProductDocument:
        """One product of yours, or one that a link shows you."""
        return self._connection.send("GET", f"/v1/products/{product_id}", ProductDocument)

    def change_product(
        self, product_id: UUID, body: ProductChanges, *, version: int
    ) -> ProductDocument:
        """Change a product of yours; code and declared unit stay."""
        return self._connection.send(
            "PATCH", f"/v1/products/{product_id}", ProductDocument, body=body, version=version
        )

    def create_product_withdrawal(self, product_id: UUID) -> ProductDocument:
        """Offer a product of yours no more; not while a link or an open chain has it."""
        return self._connection.send(
            "POST", f"/v1/products/{product_id}/withdrawal", ProductDocument
        )
