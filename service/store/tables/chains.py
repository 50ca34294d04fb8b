"""Tables of chains: products, who is in a chain, who supplies what to whom, who asked for what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Document, Exact, UtcDateTime


class ProductRow(SQLModel, table=True):
    """A product of a firm, with its declared unit; `code` is the firm's own number for it."""

    __tablename__ = "product"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    code: str
    name_zh: str
    name_en: str
    declared_amount: Decimal = Field(sa_type=Exact)
    declared_unit: str
    mass_kg: Decimal | None = Field(default=None, sa_type=Exact)
    screening: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class ChainRow(SQLModel, table=True):
    """A chain that a lead firm draws; `target` is its reduction target as a document."""

    __tablename__ = "chain"

    id: UUID = Field(primary_key=True)
    lead_id: UUID = Field(foreign_key="organisation.id", index=True)
    name_zh: str
    name_en: str
    product_family: str
    base_year: int
    target: dict[str, Any] | None = Field(default=None, sa_type=Document)
    key_chain: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class ChainProductRow(SQLModel, table=True):
    """A product of the lead firm that a chain is about."""

    __tablename__ = "chain_product"

    chain_id: UUID = Field(primary_key=True, foreign_key="chain.id")
    product_id: UUID = Field(primary_key=True, foreign_key="product.id", index=True)
    lead_id: UUID = Field(foreign_key="organisation.id")


class MembershipRow(SQLModel, table=True):
    """A firm in a chain; the lead firm sees it where it invited it or was let to."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("chain_id", "organisation_id"),)

    id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(foreign_key="chain.id", index=True)
    lead_id: UUID = Field(foreign_key="organisation.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    invited_by_id: UUID = Field(foreign_key="organisation.id", index=True)
    seen_by_lead: bool
    joined_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InvitationRow(SQLModel, table=True):
    """An invitation into a chain, by address or by code; the code's hash alone is kept."""

    __tablename__ = "invitation"

    id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(foreign_key="chain.id", index=True)
    lead_id: UUID = Field(foreign_key="organisation.id", index=True)
    inviter_id: UUID = Field(foreign_key="organisation.id", index=True)
    invitee_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    email: str | None = None
    code_hash: str = Field(unique=True)
    state: str
    reason: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class LinkRow(SQLModel, table=True):
    """One firm's product goes into another's; both must agree, and the lead sees it if let to.

    `seen_by_lead` follows from `shown_by_buyer` and the memberships of both firms.
    """

    __tablename__ = "link"

    id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(foreign_key="chain.id", index=True)
    lead_id: UUID = Field(foreign_key="organisation.id", index=True)
    buyer_id: UUID = Field(foreign_key="organisation.id", index=True)
    buyer_product_id: UUID = Field(foreign_key="product.id", index=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    supplier_product_id: UUID | None = Field(default=None, foreign_key="product.id", index=True)
    material: str
    state: str
    shown_by_buyer: bool
    seen_by_lead: bool
    reason: str | None = None
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class DataRequestRow(SQLModel, table=True):
    """A buyer asks a supplier for the data of one product and period, by a day."""

    __tablename__ = "data_request"

    id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(foreign_key="chain.id", index=True)
    link_id: UUID = Field(foreign_key="link.id", index=True)
    asker_id: UUID = Field(foreign_key="organisation.id", index=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    period_start: date
    period_end: date
    due_on: date
    state: str
    reason: str | None = None
    submission_id: UUID | None = None
    asked_at: datetime = Field(sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class QuestionRow(SQLModel, table=True):
    """What asker and supplier say to each other about a data request."""

    __tablename__ = "question"

    id: UUID = Field(primary_key=True)
    data_request_id: UUID = Field(foreign_key="data_request.id", index=True)
    asker_id: UUID = Field(foreign_key="organisation.id", index=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    author_id: UUID = Field(foreign_key="organisation.id")
    words: str
    at: datetime = Field(sa_type=UtcDateTime)
