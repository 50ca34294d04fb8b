"""Results: footprints, what was released to whom, who agreed to what, who saw it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Float, ForeignKey, Integer, String, UniqueConstraint, Uuid

from service.store.columns import Document, UtcDateTime

revision = "0004"
down_revision = "0003"

_TABLES = ("appointment", "consent", "disclosure", "footprint", "release", "verification")


def upgrade() -> None:
    """Make the tables."""
    _make_appointment()
    _make_consent()
    _make_disclosure()
    _make_footprint()
    _make_release()
    _make_verification()


def downgrade() -> None:
    """Drop the tables, those that others point to last."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_appointment() -> None:
    op.create_table(
        "appointment",
        Column("id", Uuid(), primary_key=True),
        Column("owner_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("verifier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), index=True),
        Column("appointed_at", UtcDateTime(), nullable=False),
        Column("ended_at", UtcDateTime()),
    )


def _make_consent() -> None:
    op.create_table(
        "consent",
        Column("id", Uuid(), primary_key=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("buyer_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), index=True),
        Column("significant_digits", Integer(), nullable=False),
        Column("granted_at", UtcDateTime(), nullable=False),
        Column("withdrawn_at", UtcDateTime()),
    )


def _make_disclosure() -> None:
    op.create_table(
        "disclosure",
        Column("id", Uuid(), primary_key=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("viewer_id", Uuid(), ForeignKey("organisation.id"), nullable=False),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("subject", String(), nullable=False),
        Column("subject_id", Uuid(), nullable=False),
        Column("significant_digits", Integer()),
        Column("at", UtcDateTime(), nullable=False, index=True),
    )


def _make_footprint() -> None:
    op.create_table(
        "footprint",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("period_start", Date(), nullable=False),
        Column("period_end", Date(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("replaces_id", Uuid(), ForeignKey("footprint.id")),
        Column("kg_co2e", Float()),
        Column("result", Document, nullable=False),
        Column("seen", Document),
        Column("lockfile", Document, nullable=False),
        Column("lockfile_hash", String(), nullable=False, index=True),
        Column("calculated_at", UtcDateTime(), nullable=False, index=True),
        Column("superseded_at", UtcDateTime()),
        UniqueConstraint("product_id", "period_start", "period_end", "number"),
    )


def _make_release() -> None:
    op.create_table(
        "release",
        Column("id", Uuid(), primary_key=True),
        Column("footprint_id", Uuid(), ForeignKey("footprint.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("buyer_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("period_start", Date(), nullable=False),
        Column("period_end", Date(), nullable=False),
        Column("significant_digits", Integer(), nullable=False),
        Column("content", Document, nullable=False),
        Column("released_at", UtcDateTime(), nullable=False, index=True),
    )


def _make_verification() -> None:
    op.create_table(
        "verification",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("verifier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("submission_id", Uuid(), ForeignKey("submission.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("outcome", String(), nullable=False),
        Column("statement", String(), nullable=False),
        Column("signed_by", String(), nullable=False),
        Column("at", UtcDateTime(), nullable=False),
    )
