"""A lead firm says which of its products a chain is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.drawn_chain import refuse_closed
from service.domain.offered_product import refuse_withdrawn
from service.domain.versions import NotNowError
from service.store import audit, chains, links, products
from service.store.audit import AuditNote


def add_product(
    session: Session, chain_id: UUID, product_id: UUID, *, by: UUID, now: datetime
) -> None:
    """Let a chain be about a product of its lead firm.

    Raises:
        NotThereError: The firm leads no such chain, or has no such product.
        NotNowError: The chain is closed, or the product withdrawn.
    """
    chain = chains.get_led(session, chain_id, by, locked=True)
    refuse_closed(chain)
    refuse_withdrawn(products.get_own(session, product_id, by, locked=True))
    chains.add_product(session, chain, product_id)
    _note(session, "chain.add_product", chain_id, product_id, by=by, now=now)


def remove_product(
    session: Session, chain_id: UUID, product_id: UUID, *, by: UUID, now: datetime
) -> None:
    """Let a chain no longer be about a product.

    Raises:
        NotThereError: The firm leads no such chain, or the chain is not about the product.
        NotNowError: The chain is closed, or suppliers are linked to the product.
    """
    refuse_closed(chains.get_led(session, chain_id, by, locked=True))
    if links.uses(session, product_id, chain_id=chain_id):
        raise NotNowError(
            Text(en="Links of the chain go into the product.", zh="该产品在供应链中仍有供需关系。"),
            Text(en="End them first.", zh="请先终止这些供需关系。"),
        )
    chains.remove_product(session, chain_id, product_id)
    _note(session, "chain.remove_product", chain_id, product_id, by=by, now=now)


def _note(
    session: Session, action: str, chain_id: UUID, product_id: UUID, *, by: UUID, now: datetime
) -> None:
    audit.note(
        session,
        AuditNote(
            at=now,
            action=action,
            subject="chain",
            subject_id=chain_id,
            organisation_id=by,
            details={"product_id": str(product_id)},
        ),
    )
