"""Tables of what suppliers submit: submissions, their reviews, evidence, certificates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from secrets import token_hex
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Document, Exact, UtcDateTime


class SubmissionRow(SQLModel, table=True):
    """One version of a product's activity data for a period.

    `process` is the process of the chain document; from its acceptance on nothing of it changes,
    and `superseded_at` alone is set, when the next version is accepted. `salt` goes with the text
    and nowhere else: what others see is sealed with it, so that nobody can guess it by trying.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("product_id", "period_start", "period_end", "number"),)

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    period_start: date
    period_end: date
    number: int
    replaces_id: UUID | None = Field(default=None, foreign_key="submission.id")
    state: str
    process: dict[str, Any] = Field(sa_type=Document)
    process_hash: str
    produced_amount: Decimal | None = Field(default=None, sa_type=Exact)
    produced_unit: str | None = None
    salt: str = Field(default_factory=lambda: token_hex(16))
    findings: list[dict[str, Any]] | None = Field(default=None, sa_type=Document)
    reason: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class SubmissionInputRow(SQLModel, table=True):
    """Which other members' products a submission draws on, so that chains are found quickly."""

    __tablename__ = "submission_input"

    submission_id: UUID = Field(primary_key=True, foreign_key="submission.id")
    product_id: UUID = Field(primary_key=True, foreign_key="product.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)


class ReviewRow(SQLModel, table=True):
    """What a buyer sees of a submission that it asked for: a rounded footprint, and findings.

    A submission has one open review at most; one that was returned and comes again gets another.
    """

    __tablename__ = "review"

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(foreign_key="submission.id", index=True)
    data_request_id: UUID | None = Field(default=None, foreign_key="data_request.id")
    product_id: UUID = Field(foreign_key="product.id", index=True)
    supplier_id: UUID = Field(foreign_key="organisation.id", index=True)
    reviewer_id: UUID = Field(foreign_key="organisation.id", index=True)
    state: str
    footprint: dict[str, Any] = Field(sa_type=Document)
    findings: list[dict[str, Any]] = Field(sa_type=Document)
    reason: str | None = None
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class EvidenceRow(SQLModel, table=True):
    """A file that shows where a number comes from; its content stands in the file store."""

    __tablename__ = "evidence"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    submission_id: UUID = Field(foreign_key="submission.id", index=True)
    product_id: UUID = Field(foreign_key="product.id", index=True)
    line: str | None = None
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    kept_as: str
    at: datetime = Field(sa_type=UtcDateTime)


class CertificateRow(SQLModel, table=True):
    """A green-power certificate; issuer and number are folded, so that it stands once."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("issuer", "number"),)

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    issuer: str
    number: str
    shown_number: str
    technology: str
    province: str | None = None
    energy_kwh: Decimal = Field(sa_type=Exact)
    generated_from: date
    generated_until: date
    registered_at: datetime = Field(sa_type=UtcDateTime)


class CertificateSpendRow(SQLModel, table=True):
    """Energy of a certificate that an accepted submission claims."""

    __tablename__ = "certificate_spend"
    __table_args__ = (UniqueConstraint("certificate_id", "submission_id"),)

    id: UUID = Field(primary_key=True)
    certificate_id: UUID = Field(foreign_key="certificate.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    submission_id: UUID = Field(foreign_key="submission.id", index=True)
    energy_kwh: Decimal = Field(sa_type=Exact)
    spent_at: datetime = Field(sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
