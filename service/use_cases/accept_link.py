"""A supplier agrees to a link, with the product that it supplies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain import link as rules
from service.domain.drawn_chain import refuse_closed
from service.domain.link import Link
from service.domain.offered_product import refuse_withdrawn
from service.domain.versions import NotNowError
from service.store import audit, chains, links, memberships, products
from service.store.audit import AuditNote
from service.store.session import whole_store


def accept_link(
    session: Session, link_id: UUID, product_id: UUID, *, by: UUID, now: datetime
) -> Link:
    """Agree to a link.

    Args:
        session: The transaction.
        link_id: The link.
        product_id: The supplier's product.
        by: The supplier.
        now: The present moment.

    Raises:
        NotThereError: Nobody proposed such a link to the firm, or it has no such product.
        NotNowError: The link was answered or ended, the chain closed, the product withdrawn, or
            the firm has not joined the chain.
        InvalidLinkError: The product would supply itself.
        TakenError: The two products are linked already.
    """
    link = links.get_supplied(session, link_id, by)
    _refuse_outsider(session, link)
    refuse_closed(chains.get(session, link.chain_id))
    products.get_own(session, product_id, by)
    accepted = rules.accept(link, product_id, now)
    with whole_store(session):
        locked = products.lock(session, (product_id, link.buyer_product_id))
        refuse_withdrawn(locked[product_id])
        links.refuse_same(session, accepted)
        accepted = links.with_sight(session, accepted)
        links.replace(session, accepted)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="link.accept",
            subject="link",
            subject_id=link_id,
            organisation_id=by,
            details={"product_id": str(product_id)},
        ),
    )
    return accepted


def _refuse_outsider(session: Session, link: Link) -> None:
    joined = memberships.find(session, link.chain_id, link.supplier_id) is not None
    if not joined and link.supplier_id != link.lead_id:
        raise NotNowError(
            Text(en="Your organisation has not joined the chain.", zh="贵组织尚未加入该供应链。"),
            Text(en="Accept the invitation first.", zh="请先接受邀请。"),
        )
