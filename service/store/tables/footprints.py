"""Tables of results: footprints, what was released to whom, who agreed to what, who saw it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Document, UtcDateTime


class FootprintRow(SQLModel, table=True):
    """One version of a product's footprint for a period, whole, with what makes it again.

    `seen` is what its owner reads instead of `result`, where other firms' data stands behind it.
    """

    __tablename__ = "footprint"
    __table_args__ = (UniqueConstraint("product_id", "period_start", "period_end", "number"),)

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    period_start: date
    period_end: date
    number: int
    replaces_id: UUID | None = Field(default=None, foreign_key="footprint.id")
    kg_co2e: float | None
    result: dict[str, Any] = Field(sa_type=Document)
    seen: dict[str, Any] | None = Field(default=None, sa_type=Document)
    lockfile: dict[str, Any] = Field(sa_type=Document)
    lockfile_hash: str = Field(index=True)
    calculated_at: datetime = Field(sa_type=UtcDateTime, index=True)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReleaseRow(SQLModel, table=True):
    """What a buyer may read of a supplier's footprint: rounded to what was granted to it."""

    __tablename__ = "release"

    id: UUID = Field(primary_key=True)
    footprint_id: UUID = Field(foreign_key="footprint.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    buyer_id: UUID = Field(foreign_key="organisation.id", index=True)
    period_start: date
    period_end: date
    significant_digits: int
    content: dict[str, Any] = Field(sa_type=Document)
    released_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ConsentRow(SQLModel, table=True):
    """A supplier lets one buyer see a product's footprint with more than two digits."""

    __tablename__ = "consent"

    id: UUID = Field(primary_key=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    buyer_id: UUID = Field(foreign_key="organisation.id", index=True)
    product_id: UUID | None = Field(default=None, foreign_key="product.id", index=True)
    significant_digits: int
    granted_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AppointmentRow(SQLModel, table=True):
    """A firm appoints a verifier, for one product or for all."""

    __tablename__ = "appointment"

    id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(foreign_key="organisation.id", index=True)
    verifier_id: UUID = Field(foreign_key="organisation.id", index=True)
    product_id: UUID | None = Field(default=None, foreign_key="product.id", index=True)
    appointed_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VerificationRow(SQLModel, table=True):
    """A verifier's statement on a submission, with its name on it."""

    __tablename__ = "verification"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    verifier_id: UUID = Field(foreign_key="organisation.id", index=True)
    submission_id: UUID = Field(foreign_key="submission.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    outcome: str
    statement: str
    signed_by: str
    at: datetime = Field(sa_type=UtcDateTime)


class DisclosureRow(SQLModel, table=True):
    """Somebody saw something of a supplier's: who, what, when, with how many digits."""

    __tablename__ = "disclosure"

    id: UUID = Field(primary_key=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    viewer_id: UUID = Field(foreign_key="organisation.id")
    product_id: UUID = Field(foreign_key="product.id", index=True)
    subject: str
    subject_id: UUID
    significant_digits: int | None = None
    at: datetime = Field(sa_type=UtcDateTime, index=True)
