"""Machine clients as the API reads and gives them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.access import Scope
from service.domain.client import LONGEST_OVERLAP, Client
from service.formats.bilingual import Part

_HOUR = timedelta(hours=1)
_DAY_HOURS = 24


class ClientDocument(Part):
    """A machine that calls for your organisation."""

    client_id: UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None = Field(description="When it last got a token.")
    former_secret_until: datetime | None = Field(
        description="Until when the secret before the last rotation holds."
    )
    revoked_at: datetime | None
    version: int


class NewClientDocument(Part):
    """A machine to let in."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["ERP of plant 2"])]
    scopes: Annotated[
        list[Scope], Field(min_length=1, max_length=len(Scope), examples=[["read", "submissions"]])
    ]


class SecretDocument(Part):
    """A client with its secret."""

    client: ClientDocument
    client_secret: str = Field(description="Told this once; a lost one is rotated.")


class RotationRequest(Part):
    """How a secret is replaced."""

    overlap_hours: Annotated[
        int,
        Field(
            ge=0,
            le=LONGEST_OVERLAP // _HOUR,
            description="How long the secret before holds on, in hours; 0 where it has leaked.",
        ),
    ] = _DAY_HOURS

    @property
    def overlap(self) -> timedelta:
        """The same as a time."""
        return self.overlap_hours * _HOUR


def to_client_document(client: Client) -> ClientDocument:
    """A client as its firm reads it."""
    return ClientDocument(
        client_id=client.id,
        name=client.name,
        scopes=sorted(client.scopes),
        created_at=client.created_at,
        last_used_at=client.last_used_at,
        former_secret_until=client.former_until,
        revoked_at=client.revoked_at,
        version=client.version,
    )
