"""Chains: products, who is in a chain, who supplies what to whom, who asked for what."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, UniqueConstraint, Uuid

from service.store.columns import Document, Exact, UtcDateTime

revision = "0002"
down_revision = "0001"

_TABLES = (
    "chain",
    "invitation",
    "membership",
    "product",
    "chain_product",
    "link",
    "data_request",
    "question",
)


def upgrade() -> None:
    """Make the tables."""
    _make_chain()
    _make_invitation()
    _make_membership()
    _make_product()
    _make_chain_product()
    _make_link()
    _make_data_request()
    _make_question()


def downgrade() -> None:
    """Drop the tables, those that others point to last."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_chain() -> None:
    op.create_table(
        "chain",
        Column("id", Uuid(), primary_key=True),
        Column("lead_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("name_zh", String(), nullable=False),
        Column("name_en", String(), nullable=False),
        Column("product_family", String(), nullable=False),
        Column("base_year", Integer(), nullable=False),
        Column("target", Document),
        Column("key_chain", String()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("closed_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_invitation() -> None:
    op.create_table(
        "invitation",
        Column("id", Uuid(), primary_key=True),
        Column("chain_id", Uuid(), ForeignKey("chain.id"), nullable=False, index=True),
        Column("lead_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("inviter_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("invitee_id", Uuid(), ForeignKey("organisation.id"), index=True),
        Column("email", String()),
        Column("code_hash", String(), nullable=False, unique=True),
        Column("state", String(), nullable=False),
        Column("reason", String()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("expires_at", UtcDateTime(), nullable=False),
        Column("answered_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_membership() -> None:
    op.create_table(
        "membership",
        Column("id", Uuid(), primary_key=True),
        Column("chain_id", Uuid(), ForeignKey("chain.id"), nullable=False, index=True),
        Column("lead_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("invited_by_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("seen_by_lead", Boolean(), nullable=False),
        Column("joined_at", UtcDateTime(), nullable=False),
        Column("left_at", UtcDateTime()),
        UniqueConstraint("chain_id", "organisation_id"),
    )


def _make_product() -> None:
    op.create_table(
        "product",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("site_id", Uuid(), ForeignKey("site.id")),
        Column("code", String(), nullable=False),
        Column("name_zh", String(), nullable=False),
        Column("name_en", String(), nullable=False),
        Column("declared_amount", Exact(), nullable=False),
        Column("declared_unit", String(), nullable=False),
        Column("mass_kg", Exact()),
        Column("screening", String()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("withdrawn_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
        UniqueConstraint("organisation_id", "code"),
    )


def _make_chain_product() -> None:
    op.create_table(
        "chain_product",
        Column("chain_id", Uuid(), ForeignKey("chain.id"), primary_key=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), primary_key=True, index=True),
        Column("lead_id", Uuid(), ForeignKey("organisation.id"), nullable=False),
    )


def _make_link() -> None:
    op.create_table(
        "link",
        Column("id", Uuid(), primary_key=True),
        Column("chain_id", Uuid(), ForeignKey("chain.id"), nullable=False, index=True),
        Column("lead_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("buyer_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("buyer_product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("supplier_product_id", Uuid(), ForeignKey("product.id"), index=True),
        Column("material", String(), nullable=False),
        Column("state", String(), nullable=False),
        Column("shown_by_buyer", Boolean(), nullable=False),
        Column("seen_by_lead", Boolean(), nullable=False),
        Column("reason", String()),
        Column("proposed_at", UtcDateTime(), nullable=False),
        Column("answered_at", UtcDateTime()),
        Column("ended_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_data_request() -> None:
    op.create_table(
        "data_request",
        Column("id", Uuid(), primary_key=True),
        Column("chain_id", Uuid(), ForeignKey("chain.id"), nullable=False, index=True),
        Column("link_id", Uuid(), ForeignKey("link.id"), nullable=False, index=True),
        Column("asker_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("product_id", Uuid(), ForeignKey("product.id"), nullable=False, index=True),
        Column("period_start", Date(), nullable=False),
        Column("period_end", Date(), nullable=False),
        Column("due_on", Date(), nullable=False),
        Column("state", String(), nullable=False),
        Column("reason", String()),
        Column("submission_id", Uuid()),
        Column("asked_at", UtcDateTime(), nullable=False),
        Column("reminded_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_question() -> None:
    op.create_table(
        "question",
        Column("id", Uuid(), primary_key=True),
        Column(
            "data_request_id", Uuid(), ForeignKey("data_request.id"), nullable=False, index=True
        ),
        Column("asker_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("supplier_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True),
        Column("author_id", Uuid(), ForeignKey("organisation.id"), nullable=False),
        Column("words", String(), nullable=False),
        Column("at", UtcDateTime(), nullable=False),
    )
