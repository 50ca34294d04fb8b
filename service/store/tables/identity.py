"""Tables of who takes part: organisations, their people and their machines."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Document, UtcDateTime


class OrganisationRow(SQLModel, table=True):
    """A firm, or the operator of the service; its folded number stands once."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("scheme", "folded_number"),)

    id: UUID = Field(primary_key=True)
    name_zh: str
    name_en: str
    scheme: str
    number: str
    folded_number: str
    roles: list[str] = Field(sa_type=Document)
    industry: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    suspended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class SiteRow(SQLModel, table=True):
    """A place where a firm works."""

    __tablename__ = "site"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    name: str
    province: str
    version: int = 1


class PersonRow(SQLModel, table=True):
    """Somebody who signs in for a firm; the address is folded, so that it stands once."""

    __tablename__ = "person"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    email: str = Field(unique=True)
    name: str
    language: str
    rights: list[str] = Field(sa_type=Document)
    password_hash: str | None = None
    one_time_secret: str | None = None
    one_time_confirmed: bool = False
    one_time_last_step: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class SignedInRow(SQLModel, table=True):
    """A person's session: the hash of its token, until when, and when it was last used."""

    __tablename__ = "signed_in"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OneTimeLinkRow(SQLModel, table=True):
    """A link that works once: to join a firm, to set a new password."""

    __tablename__ = "one_time_link"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    purpose: str
    email: str
    rights: list[str] = Field(sa_type=Document)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ClientRow(SQLModel, table=True):
    """A machine of a firm: OAuth2 client credentials, of which the hash alone is kept."""

    __tablename__ = "client"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    name: str
    scopes: list[str] = Field(sa_type=Document)
    secret_hash: str
    former_secret_hash: str | None = None
    former_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class AttemptRow(SQLModel, table=True):
    """A failed sign-in, by what was tried and from where; both as keyed hashes."""

    __tablename__ = "attempt"

    id: UUID = Field(primary_key=True)
    subject_hash: str = Field(index=True)
    address_hash: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class AnsweredPostRow(SQLModel, table=True):
    """What a POST with an `Idempotency-Key` answered, to be answered again."""

    __tablename__ = "answered_post"

    caller: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    request_hash: str
    status: int
    headers: dict[str, Any] = Field(sa_type=Document)
    body: bytes
    at: datetime = Field(sa_type=UtcDateTime, index=True)
