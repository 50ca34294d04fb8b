"""A firm lists a product."""

from __future__ import annotations

from sqlmodel import Session

from lca_models.facts.library import Library
from service.domain.offered_product import OfferedProduct, refuse_unusable_screening
from service.store import audit, products, sites
from service.store.audit import AuditNote


def offer_product(session: Session, product: OfferedProduct, library: Library) -> None:
    """List a product of the firm that asks.

    Raises:
        TakenError: The firm has one with this code.
        NotThereError: The site is not the firm's.
        UnusableScreeningError: What is to stand in for it cannot.
    """
    refuse_unusable_screening(product, library)
    if product.site_id is not None:
        sites.get(session, product.site_id)
    products.add(session, product)
    audit.note(
        session,
        AuditNote(
            at=product.created_at,
            action="product.offer",
            subject="product",
            subject_id=product.id,
            organisation_id=product.organisation_id,
            details={"code": product.code},
        ),
    )
