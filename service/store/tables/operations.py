"""Tables of how the service runs: jobs, letters, and the log of every change of state."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field, SQLModel

from service.store.columns import Document, UtcDateTime


class JobRow(SQLModel, table=True):
    """Work that a committed change caused; the truth about its state."""

    __tablename__ = "job"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    kind: str
    subject: dict[str, Any] = Field(sa_type=Document)
    once: str | None = Field(default=None, unique=True)
    state: str = Field(index=True)
    progress: float = 0.0
    attempts: int = 0
    run_after: datetime = Field(sa_type=UtcDateTime, index=True)
    worker: str | None = None
    alive_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_asked: bool = False
    result: dict[str, Any] | None = Field(default=None, sa_type=Document)
    problem: dict[str, Any] | None = Field(default=None, sa_type=Document)
    created_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LetterRow(SQLModel, table=True):
    """A letter to send: written with what causes it, sent by a job after the commit."""

    __tablename__ = "letter"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    to: str
    subject: str
    body: str
    written_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditEntryRow(SQLModel, table=True):
    """One change of state; `hash` covers it and the hash of the entry before."""

    __tablename__ = "audit_entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    actor: str
    action: str
    subject: str
    subject_id: str
    details: dict[str, Any] = Field(sa_type=Document)
    request_id: str | None = None
    former_hash: str
    hash: str


class AuditHeadRow(SQLModel, table=True):
    """Where the log ends; its lock makes writers take turns."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int
    hash: str
