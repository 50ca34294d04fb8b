"""Who takes part: organisations, their people and their machines."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    Uuid,
)

from service.store.columns import Document, UtcDateTime

revision = "0001"
down_revision = None

_TABLES = (
    "answered_post",
    "attempt",
    "organisation",
    "client",
    "one_time_link",
    "person",
    "site",
    "signed_in",
)


def upgrade() -> None:
    """Make the tables."""
    _make_answered_post()
    _make_attempt()
    _make_organisation()
    _make_client()
    _make_one_time_link()
    _make_person()
    _make_site()
    _make_signed_in()


def downgrade() -> None:
    """Drop the tables, those that others point to last."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_answered_post() -> None:
    op.create_table(
        "answered_post",
        Column("caller", String(), primary_key=True),
        Column("key", String(), primary_key=True),
        Column("organisation_id", Uuid(), index=True),
        Column("request_hash", String(), nullable=False),
        Column("status", Integer(), nullable=False),
        Column("headers", Document, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        Column("at", UtcDateTime(), nullable=False, index=True),
    )


def _make_attempt() -> None:
    op.create_table(
        "attempt",
        Column("id", Uuid(), primary_key=True),
        Column("subject_hash", String(), nullable=False, index=True),
        Column("address_hash", String(), nullable=False, index=True),
        Column("at", UtcDateTime(), nullable=False, index=True),
    )


def _make_organisation() -> None:
    op.create_table(
        "organisation",
        Column("id", Uuid(), primary_key=True),
        Column("name_zh", String(), nullable=False),
        Column("name_en", String(), nullable=False),
        Column("scheme", String(), nullable=False),
        Column("number", String(), nullable=False),
        Column("folded_number", String(), nullable=False),
        Column("roles", Document, nullable=False),
        Column("industry", String()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("suspended_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
        UniqueConstraint("scheme", "folded_number"),
    )


def _make_client() -> None:
    op.create_table(
        "client",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("name", String(), nullable=False),
        Column("scopes", Document, nullable=False),
        Column("secret_hash", String(), nullable=False),
        Column("former_secret_hash", String()),
        Column("former_until", UtcDateTime()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("last_used_at", UtcDateTime()),
        Column("revoked_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_one_time_link() -> None:
    op.create_table(
        "one_time_link",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("purpose", String(), nullable=False),
        Column("email", String(), nullable=False),
        Column("rights", Document, nullable=False),
        Column("token_hash", String(), nullable=False, unique=True),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("expires_at", UtcDateTime(), nullable=False),
        Column("used_at", UtcDateTime()),
    )


def _make_person() -> None:
    op.create_table(
        "person",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("email", String(), nullable=False, unique=True),
        Column("name", String(), nullable=False),
        Column("language", String(), nullable=False),
        Column("rights", Document, nullable=False),
        Column("password_hash", String()),
        Column("one_time_secret", String()),
        Column("one_time_confirmed", Boolean(), nullable=False),
        Column("one_time_last_step", Integer()),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("left_at", UtcDateTime()),
        Column("version", Integer(), nullable=False),
    )


def _make_site() -> None:
    op.create_table(
        "site",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("name", String(), nullable=False),
        Column("province", String(), nullable=False),
        Column("version", Integer(), nullable=False),
    )


def _make_signed_in() -> None:
    op.create_table(
        "signed_in",
        Column("id", Uuid(), primary_key=True),
        Column(
            "organisation_id", Uuid(), ForeignKey("organisation.id"), nullable=False, index=True
        ),
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("token_hash", String(), nullable=False, unique=True),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("expires_at", UtcDateTime(), nullable=False),
        Column("ended_at", UtcDateTime()),
    )
