"""How the service runs: jobs, letters, and the log of every change of state."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Uuid, text

from service.store.columns import Document, UtcDateTime

revision = "0005"
down_revision = "0004"

_TABLES = ("audit_entry", "audit_head", "job", "letter")


def upgrade() -> None:
    """Make the tables."""
    _make_audit_entry()
    _make_audit_head()
    _make_job()
    _make_letter()
    start = text("insert into audit_head (id, number, hash) values (1, 0, :hash)")
    op.execute(start.bindparams(hash="0" * 64))


def downgrade() -> None:
    """Drop the tables, those that others point to last."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        Column("number", Integer(), primary_key=True, autoincrement=False),
        Column("at", UtcDateTime(), nullable=False, index=True),
        Column("organisation_id", Uuid(), index=True),
        Column("actor", String(), nullable=False),
        Column("action", String(), nullable=False),
        Column("subject", String(), nullable=False),
        Column("subject_id", String(), nullable=False),
        Column("details", Document, nullable=False),
        Column("request_id", String()),
        Column("former_hash", String(), nullable=False),
        Column("hash", String(), nullable=False),
    )


def _make_audit_head() -> None:
    op.create_table(
        "audit_head",
        Column("id", Integer(), primary_key=True, autoincrement=False),
        Column("number", Integer(), nullable=False),
        Column("hash", String(), nullable=False),
    )


def _make_job() -> None:
    op.create_table(
        "job",
        Column("id", Uuid(), primary_key=True),
        Column("organisation_id", Uuid(), ForeignKey("organisation.id"), index=True),
        Column("kind", String(), nullable=False),
        Column("subject", Document, nullable=False),
        Column("once", String(), unique=True),
        Column("state", String(), nullable=False, index=True),
        Column("progress", Float(), nullable=False),
        Column("attempts", Integer(), nullable=False),
        Column("run_after", UtcDateTime(), nullable=False, index=True),
        Column("worker", String()),
        Column("alive_at", UtcDateTime()),
        Column("cancel_asked", Boolean(), nullable=False),
        Column("result", Document),
        Column("problem", Document),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("finished_at", UtcDateTime()),
    )


def _make_letter() -> None:
    op.create_table(
        "letter",
        Column("id", Uuid(), primary_key=True),
        Column("organisation_id", Uuid(), ForeignKey("organisation.id"), index=True),
        Column("to", String(), nullable=False),
        Column("subject", String(), nullable=False),
        Column("body", String(), nullable=False),
        Column("written_at", UtcDateTime(), nullable=False),
        Column("sent_at", UtcDateTime()),
    )
