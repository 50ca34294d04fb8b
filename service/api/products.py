"""`/v1/products`: what firms make, with their declared units."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from service.api.acting import Acting
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Reading, Transaction
from service.formats.members.listing import ListDocument
from service.formats.members.product import (
    NewProductDocument,
    ProductChanges,
    ProductDocument,
    from_new_product,
    from_product_changes,
    to_product_document,
)
from service.store import products
from service.store.ids import new_id
from service.use_cases.edit_product import edit_product
from service.use_cases.offer_product import offer_product
from service.use_cases.withdraw_product import withdraw_product

router = make_router("products")


@router.post("/v1/products", status_code=201)
def create_product(
    asked: NewProductDocument,
    session: Transaction,
    acting: Acting,
    response: Response,
) -> ProductDocument:
    """List a product of your organisation; its code stands once there."""
    product = from_new_product(asked, new_id(), acting.by, now=acting.now)
    offer_product(session, product, acting.wiring.library)
    response.headers["Location"] = f"/v1/products/{product.id}"
    put_etag(response, product.version)
    return to_product_document(product, acting.by)


@router.get("/v1/products")
def list_products(
    asked: Listing,
    session: Reading,
    acting: Acting,
    owner_id: Annotated[UUID | None, Query(description="Those of this firm only.")] = None,
    chain_id: Annotated[
        UUID | None, Query(description="Those that this chain of yours is about only.")
    ] = None,
) -> ListDocument[ProductDocument]:
    """Your products, and those of others that links show you; by `code` or `created_at`."""
    found = products.list_seen(session, asked, owner_id=owner_id, chain_id=chain_id)
    return asked.answer(found.map(lambda p: to_product_document(p, acting.by)))


@router.get("/v1/products/{product_id}")
def get_product(
    product_id: UUID, session: Reading, acting: Acting, response: Response
) -> ProductDocument:
    """One product of yours, or one that a link shows you."""
    product = products.get(session, product_id)
    put_etag(response, product.version)
    return to_product_document(product, acting.by)


@router.patch("/v1/products/{product_id}")
def change_product(
    product_id: UUID,
    changes: ProductChanges,
    session: Transaction,
    acting: Acting,
    version: IfMatch,
    response: Response,
) -> ProductDocument:
    """Change a product of yours; code and declared unit stay."""
    product = edit_product(
        session,
        product_id,
        from_product_changes(changes),
        by=acting.by,
        version=version,
        library=acting.wiring.library,
        now=acting.now,
    )
    put_etag(response, product.version)
    return to_product_document(product, acting.by)


@router.post("/v1/products/{product_id}/withdrawal")
def create_product_withdrawal(
    product_id: UUID, session: Transaction, acting: Acting
) -> ProductDocument:
    """Offer a product of yours no more; not while a link or an open chain has it."""
    product = withdraw_product(session, product_id, by=acting.by, now=acting.now)
    return to_product_document(product, acting.by)
