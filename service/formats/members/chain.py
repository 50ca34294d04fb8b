"""A chain and its members as the API takes and gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from service.domain.drawn_chain import MOST_PERCENT, DrawnChain, Target, TargetKind
from service.domain.membership import Membership
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.members.words import BilingualLine, Line

# 1990 is the base year of the UNFCCC's Kyoto Protocol (Article 3): accounts start there.
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
Year = Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)]


class TargetPart(Part):
    """A reduction against the base year."""

    percent: Annotated[
        Decimal, Field(gt=0, le=MOST_PERCENT, max_digits=6, decimal_places=3, examples=["18"])
    ]
    year: Annotated[Year, Field(examples=[2030])]
    kind: TargetKind = Field(
        description="`absolute`: all that is made in a year; `intensity`: one declared unit."
    )


class NewChainDocument(Part):
    """A chain to draw."""

    name: BilingualLine
    product_family: Annotated[Line, Field(examples=["重型卡车 heavy trucks"])]
    base_year: Annotated[Year, Field(examples=[2025])]
    target: TargetPart | None = None
    key_chain: Line | None = Field(
        None, description="One of the key industrial chains that this service is set up with."
    )


class ChainChanges(Part):
    """What shall be otherwise; what is left out stays, null takes target and tag away."""

    name: BilingualLine | None = None
    product_family: Line | None = None
    base_year: Annotated[Year | None, Field(examples=[2025])] = None
    target: TargetPart | None = None
    key_chain: Line | None = None


class DrawingPart(Part):
    """What the lead firm alone reads of its chain."""

    base_year: int
    target: TargetPart | None
    key_chain: str | None
    created_at: datetime
    version: int


class ChainDocument(Part):
    """A chain; firms that take part read its name, family and lead."""

    id: UUID
    name: Bilingual
    product_family: str
    lead_id: UUID
    closed: bool
    drawing: DrawingPart | None = Field(description="Null for all but the lead firm.")


class SightDocument(Part):
    """Whether the lead firm may know that you take part."""

    seen_by_lead: bool


class MembershipDocument(Part):
    """A firm in a chain, as far as you may know."""

    chain_id: UUID
    organisation_id: UUID
    seen_by_lead: bool
    joined_at: datetime


def from_new_chain(
    document: NewChainDocument, chain_id: UUID, lead_id: UUID, *, now: datetime
) -> DrawnChain:
    """The chain that a document asks for.

    Raises:
        InvalidTargetError: The target cannot be met or missed.
    """
    return DrawnChain(
        id=chain_id,
        lead_id=lead_id,
        name=document.name.to_text(),
        product_family=document.product_family,
        base_year=document.base_year,
        target=None if document.target is None else _from_target(document.target),
        key_chain=document.key_chain,
        created_at=now,
    )


def from_chain_changes(document: ChainChanges) -> Mapping[str, Any]:
    """Fields of a chain with what they shall be."""
    changes: dict[str, Any] = {}
    if document.name is not None:
        changes["name"] = document.name.to_text()
    for name in ("product_family", "base_year"):
        if getattr(document, name) is not None:
            changes[name] = getattr(document, name)
    if "target" in document.model_fields_set:
        changes["target"] = None if document.target is None else _from_target(document.target)
    if "key_chain" in document.model_fields_set:
        changes["key_chain"] = document.key_chain
    return changes


def to_chain_document(chain: DrawnChain, reader_id: UUID) -> ChainDocument:
    """A chain as one firm reads it."""
    return ChainDocument(
        id=chain.id,
        name=to_bilingual(chain.name),
        product_family=chain.product_family,
        lead_id=chain.lead_id,
        closed=chain.closed_at is not None,
        drawing=_to_drawing(chain) if chain.lead_id == reader_id else None,
    )


def to_membership_document(membership: Membership) -> MembershipDocument:
    """A membership as those read it who see it; who invited whom is not told."""
    return MembershipDocument(
        chain_id=membership.chain_id,
        organisation_id=membership.organisation_id,
        seen_by_lead=membership.seen_by_lead,
        joined_at=membership.joined_at,
    )


def _to_drawing(chain: DrawnChain) -> DrawingPart:
    target = chain.target
    return DrawingPart(
        base_year=chain.base_year,
        target=None
        if target is None
        else TargetPart(percent=target.percent, year=target.year, kind=target.kind),
        key_chain=chain.key_chain,
        created_at=chain.created_at,
        version=chain.version,
    )


def _from_target(part: TargetPart) -> Target:
    return Target(part.percent, part.year, part.kind)
