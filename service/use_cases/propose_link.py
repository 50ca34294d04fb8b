"""A buyer says what it buys from a firm of its chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.drawn_chain import DrawnChain, refuse_closed
from service.domain.link import InvalidLinkError, Link, LinkState
from service.domain.offered_product import refuse_withdrawn
from service.formats.members.chain_letters import write_link_proposal
from service.store import (
    audit,
    chains,
    firm_letters,
    invitations,
    links,
    members,
    memberships,
    products,
)
from service.store.audit import AuditNote
from service.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a buyer says.

    Args:
        product_id: Its product, into which the supply goes.
        supplier_id: Who supplies.
        material: What the buyer calls the supply.
        shown_to_lead: Whether the lead firm may see that it buys there.
    """

    product_id: UUID
    supplier_id: UUID
    material: str
    shown_to_lead: bool


def propose_link(
    session: Session,
    chain_id: UUID,
    proposal: Proposal,
    *,
    by: UUID,
    public_url: str,
    now: datetime,
) -> Link:
    """Propose a link to a firm that the buyer knows in the chain; the supplier is told by letter.

    Raises:
        NotThereError: The buyer sees no such chain, has no such product, or knows no such firm in
            the chain.
        NotNowError: The chain is closed, or the product withdrawn.
        InvalidLinkError: The chain is not about the product, nor is it supplied in the chain.
        TakenError: The same is proposed already.
    """
    chain = chains.get(session, chain_id)
    refuse_closed(chain)
    refuse_withdrawn(products.get_own(session, proposal.product_id, by, locked=True))
    _refuse_outside(session, chain, proposal.product_id)
    _refuse_unknown(session, chain, proposal.supplier_id, by)
    link = Link(
        id=new_id(),
        chain_id=chain_id,
        lead_id=chain.lead_id,
        buyer_id=by,
        buyer_product_id=proposal.product_id,
        supplier_id=proposal.supplier_id,
        supplier_product_id=None,
        material=proposal.material,
        state=LinkState.PROPOSED,
        shown_by_buyer=proposal.shown_to_lead,
        seen_by_lead=chain.lead_id in {by, proposal.supplier_id},
        reason=None,
        proposed_at=now,
    )
    links.add(session, link)
    letter = write_link_proposal(
        members.get(session, by).name, link.material, f"{public_url}/links/{link.id}"
    )
    firm_letters.write_to_firm(session, link.supplier_id, letter, now)
    _note(session, link)
    return link


def _refuse_outside(session: Session, chain: DrawnChain, product_id: UUID) -> None:
    of_lead = product_id in chains.list_product_ids(session, chain.id)
    if not of_lead and not links.supplies_in(session, chain.id, product_id):
        raise InvalidLinkError(
            Text(en="The product is not in the chain.", zh="该产品不在供应链中。"),
            Text(
                en="The lead firm adds its products to the chain; others accept links with theirs.",
                zh="链主企业须先将产品加入供应链；其他成员须先以该产品确认供需关系。",
            ),
        )


def _refuse_unknown(session: Session, chain: DrawnChain, supplier_id: UUID, by: UUID) -> None:
    """Whether a firm that the buyer does not know takes part is not its business."""
    known = (
        supplier_id in {by, chain.lead_id}
        or memberships.find(session, chain.id, supplier_id) is not None
        or invitations.has_invited(session, chain.id, by, supplier_id)
    )
    if not known:
        raise not_there(Text(en="organisation in the chain", zh="供应链成员组织"))


def _note(session: Session, link: Link) -> None:
    audit.note(
        session,
        AuditNote(
            at=link.proposed_at,
            action="link.propose",
            subject="link",
            subject_id=link.id,
            organisation_id=link.buyer_id,
            details={"chain_id": str(link.chain_id)},
        ),
    )
