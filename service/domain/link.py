"""A link: one firm's product goes into another's, as both have agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.versions import NotNowError


class InvalidLinkError(RuleBrokenError):
    """A link that no supply can be."""

    code = "invalid-link"
    title = Text(en="Link is not possible", zh="供需关系无效")


class LinkState(StrEnum):
    """Where a link stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Link:
    """A supply between two firms of a chain.

    Args:
        id: Its id here.
        chain_id: The chain.
        lead_id: Its lead firm.
        buyer_id: The firm that buys, and proposed the link.
        buyer_product_id: Its product, into which the supply goes.
        supplier_id: The firm that supplies.
        supplier_product_id: Its product; None until it accepts.
        material: What the buyer calls the supply.
        state: Where it stands.
        shown_by_buyer: Whether the buyer lets the lead firm see that it buys there.
        seen_by_lead: Whether the lead firm sees it, as `sees_as_lead` says.
        reason: Why it was declined or ended.
        proposed_at: When it was proposed.
        answered_at: When the supplier answered.
        ended_at: When it ended.
        version: Counts its changes.
    """

    id: UUID
    chain_id: UUID
    lead_id: UUID
    buyer_id: UUID
    buyer_product_id: UUID
    supplier_id: UUID
    supplier_product_id: UUID | None
    material: str
    state: LinkState
    shown_by_buyer: bool
    seen_by_lead: bool
    reason: str | None
    proposed_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def is_of_lead(self) -> bool:
        """Whether the lead firm itself buys or supplies."""
        return self.lead_id in {self.buyer_id, self.supplier_id}


def sees_as_lead(link: Link, seen_firms: Collection[UUID]) -> bool:
    """Whether the lead firm sees a link: its own, or agreed and let to by both firms.

    Args:
        link: The link.
        seen_firms: Firms of the chain that the lead firm sees.
    """
    if link.is_of_lead:
        return True
    agreed = link.supplier_product_id is not None and link.shown_by_buyer
    return agreed and {link.buyer_id, link.supplier_id} <= set(seen_firms)


def list_firms_behind(product_id: UUID, links: Collection[Link]) -> frozenset[UUID]:
    """Firms that supply a product along these links, directly or further up."""
    firms: set[UUID] = set()
    known, open_products = {product_id}, {product_id}
    while open_products:
        found = [link for link in links if link.buyer_product_id in open_products]
        firms |= {link.supplier_id for link in found}
        supplied = {link.supplier_product_id for link in found if link.supplier_product_id}
        open_products = supplied - known
        known |= open_products
    return frozenset(firms)


def accept(link: Link, product_id: UUID, now: datetime) -> Link:
    """Agree, with the product that is supplied.

    Raises:
        NotNowError: The link was answered or ended already.
        InvalidLinkError: The product would supply itself.
    """
    _refuse_unless(link, LinkState.PROPOSED)
    if product_id == link.buyer_product_id:
        raise InvalidLinkError(
            Text(en="A product cannot supply itself.", zh="产品不能直接供应自身。"),
            Text(
                en="Name another product; what a process keeps is no supply.",
                zh="请选择其他产品；工序内部自用不属于供应。",
            ),
        )
    return _step(replace(link, supplier_product_id=product_id, answered_at=now), LinkState.ACCEPTED)


def decline(link: Link, reason: str, now: datetime) -> Link:
    """Say no.

    Raises:
        NotNowError: The link was answered or ended already.
    """
    _refuse_unless(link, LinkState.PROPOSED)
    return _step(replace(link, reason=reason, answered_at=now), LinkState.DECLINED)


def end(link: Link, reason: str | None, now: datetime) -> Link:
    """End a link, or take its proposal back.

    Raises:
        NotNowError: It was declined or ended already.
    """
    _refuse_unless(link, LinkState.PROPOSED, LinkState.ACCEPTED)
    return _step(replace(link, reason=reason, ended_at=now), LinkState.ENDED)


def supplied_product(link: Link) -> UUID:
    """The product that goes along an agreed link.

    Raises:
        NotNowError: The link is not agreed, or has ended.
    """
    _refuse_unless(link, LinkState.ACCEPTED)
    product_id = link.supplier_product_id
    if product_id is None:
        message = f"link {link.id} was accepted without a product"
        raise ValueError(message)
    return product_id


def _step(link: Link, state: LinkState) -> Link:
    return replace(link, state=state, version=link.version + 1)


def _refuse_unless(link: Link, *states: LinkState) -> None:
    if link.state not in states:
        raise NotNowError(
            Text(en="The link is {state}.", zh="该供需关系{state}。").format(
                state=Text(en=link.state.value, zh=_STATES[link.state])
            ),
            Text(en="Propose a new link where needed.", zh="如有需要，请重新提出。"),
        )


_STATES = {
    LinkState.PROPOSED: "待确认",
    LinkState.ACCEPTED: "已确认",
    LinkState.DECLINED: "已拒绝",
    LinkState.ENDED: "已终止",
}
