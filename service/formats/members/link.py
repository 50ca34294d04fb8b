"""Links between products of two firms as the API takes and gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.link import Link, LinkState
from service.formats.bilingual import Part
from service.formats.members.words import Line, Paragraph


class NewLinkDocument(Part):
    """What you buy: something of a firm's goes into your product."""

    product_id: UUID = Field(description="Your product, into which the supply goes.")
    supplier_id: UUID = Field(description="A firm that you see in the chain, or invited into it.")
    material: Annotated[
        Line, Field(description="What you call the supply.", examples=["锻件毛坯 forging"])
    ]
    shown_to_lead: bool = Field(
        default=False, description="Whether the lead firm may see that you buy there."
    )


class LinkAcceptanceDocument(Part):
    """Agreeing to a link."""

    product_id: UUID = Field(description="Your product that is supplied.")


class ReasonDocument(Part):
    """Why not; the other side reads it."""

    reason: Paragraph


class LinkEndDocument(Part):
    """Why a link ends, if you say; the other side reads it."""

    reason: Paragraph | None = None


class LinkChanges(Part):
    """Whether the lead firm may see that you buy there."""

    shown_to_lead: bool


class LinkDocument(Part):
    """A link as its two sides and, if both let it, the lead firm read it."""

    id: UUID
    chain_id: UUID
    buyer_id: UUID
    buyer_product_id: UUID
    supplier_id: UUID
    supplier_product_id: UUID | None = Field(description="Null until the supplier accepts.")
    material: str
    state: LinkState
    shown_to_lead: bool | None = Field(description="The buyer's word; told to the buyer alone.")
    seen_by_lead: bool = Field(description="Whether the lead firm sees the link now.")
    reason: str | None = Field(description="Told to the two sides alone.")
    proposed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    version: int


def to_link_document(link: Link, reader_id: UUID) -> LinkDocument:
    """A link as one firm reads it."""
    is_side = reader_id in {link.buyer_id, link.supplier_id}
    return LinkDocument(
        id=link.id,
        chain_id=link.chain_id,
        buyer_id=link.buyer_id,
        buyer_product_id=link.buyer_product_id,
        supplier_id=link.supplier_id,
        supplier_product_id=link.supplier_product_id,
        material=link.material,
        state=link.state,
        shown_to_lead=link.shown_by_buyer if reader_id == link.buyer_id else None,
        seen_by_lead=link.seen_by_lead,
        reason=link.reason if is_side else None,
        proposed_at=link.proposed_at,
        answered_at=link.answered_at,
        ended_at=link.ended_at,
        version=link.version,
    )
