"""What suppliers submit: submissions, their reviews, evidence, certificates."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, ForeignKey, Integer, String, UniqueConstraint, Uuid

from service.store.columns import Document, Exact, UtcDateTime

revision = "0003"
down_revision = "0002"

_TABLES = (
    "certificate",
    "submission",
    "certificate_spend",
    "evidence",
    "submission_input",
    "review",
)


def upgrade() -> None:
    """Make the tables."""
    _make_certificate()
    _make_submission()
    _make_certificate_spend()
    _make_evidence()
    _make_submission_input()
    _make_review()


def downgrade() -> None:
    """Drop the tables, those that others point to last."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_certificate() -> None:
    op.create_table(
        "certificate",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("issuer", String(), nullable=False),
        Column("number", String(), nullable=False),
        Column("shown_number", String(), nullable=False),
        Column("technology", String(), nullable=False),
        Column("province", String()),
        Column("energy_kwh", Exact(), nullable=False),
        Column("generated_from", Date(), nullable=False),
        Column("generated_until", Date(), nullable=False),
        Column("registered_at", UtcDateTime(), nullable=False),
        UniqueConstraint("issuer", "number"),
    )


def _make_submission() -> None:
    op.create_table(
        "submission",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("period_start", Date(), nullable=False),
        Column("period_end", Date(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("replaces_id", Uuid(), ForeignKey("submission.id")),
        Column("state", String(), nullable=False),
        Column("process", Document, nullable=False),
        Column("process_hash", String(), nullable=False),
        Column("produced_amount", Exact()),
        Column("produced_unit", String()),
        Column("salt", String(), nullable=False),
        Column("findings", Document),
        Column("reason", String()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("submitted_at", UtcDateTime()),
        Column("accepted_at", UtcDateTime(), index=True),
        Column("superseded_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
        UniqueConstraint("product_id", "period_start", "period_end", "number"),
    )


def _make_certificate_spend() -> None:
    op.create_table(
        "certificate_spend",
        Column("id", Uuid(), primary_key=True),
        Column("certificate_id", Uuid(), ForeignKey("certificate.id"), nullable=False, index=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("submission_id", Uuid(), ForeignKey("submission.id"), nullable=False, index=True),
        Column("energy_kwh", Exact(), nullable=False),
        Column("spent_at", UtcDateTime(), nullable=False),
        Column("released_at", UtcDateTime()),
        UniqueConstraint("certificate_id", "submission_id"),
    )


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("submission_id", Uuid(), ForeignKey("submission.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("line", String()),
        Column("name", String(), nullable=False),
        Column("media_type", String(), nullable=False),
        Column("size_bytes", Integer(), nullable=False),
        Column("sha256", String(), nullable=False),
        Column("kept_as", String(), nullable=False),
        Column("at", UtcDateTime(), nullable=False),
    )


def _make_submission_input() -> None:
    op.create_table(
        "submission_input",
        Column("submission_id", Uuid(), ForeignKey("submission.id"), primary_key=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), primary_key=True, index=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
    )


def _make_review() -> None:
    op.create_table(
        "review",
        Column("id", Uuid(), primary_key=True),
        Column("submission_id", Uuid(), ForeignKey("submission.id"), nullable=False, index=True),
        Column("data_request_id", Uuid(), ForeignKey("data_request.id")),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("reviewer_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("state", String(), nullable=False),
        Column("footprint", Document, nullable=False),
        Column("findings", Document, nullable=False),
        Column("reason", String()),
        Column("opened_at", UtcDateTime(), nullable=False),
        Column("closed_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )
