"""A firm offers a product no more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain import offered_product
from service.domain.offered_product import OfferedProduct
from service.store import audit, chains, links, products
from service.store.audit import AuditNote


def withdraw_product(
    session: Session, product_id: UUID, *, by: UUID, now: datetime
) -> OfferedProduct:
    """Withdraw a product of the firm that asks; what was made of it stays.

    Raises:
        NotThereError: There is no such product of the firm.
        NotNowError: It is in use, or withdrawn already.
    """
    product = products.get_own(session, product_id, by, locked=True)
    in_use = links.uses(session, product_id) or chains.is_in_open_chain(session, product_id)
    withdrawn = offered_product.withdraw(product, in_use=in_use, now=now)
    products.replace(session, withdrawn)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="product.withdraw",
            subject="product",
            subject_id=product_id,
            organisation_id=by,
            details={},
        ),
    )
    return withdrawn
