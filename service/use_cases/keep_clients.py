"""Keep the machines of an organisation: make one, give it a new secret, revoke it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from service.domain.client import Client
from service.store import audit, clients
from service.store.audit import AuditNote
from service.store.clients import MadeSecret


def create_client(session: Session, client: Client, *, now: datetime) -> MadeSecret:
    """Make a machine client; its secret is told this once."""
    made = clients.add(session, client)
    _note(session, "client.create", client, now, scopes=sorted(client.scopes))
    return made


def rotate_secret(
    session: Session, client_id: UUID, *, version: int | None, overlap: timedelta, now: datetime
) -> MadeSecret:
    """Make a new secret.

    Args:
        session: The firm's transaction.
        client_id: Whose.
        version: The version that the caller read; None for any.
        overlap: How long the secret before holds on; nothing where it has leaked.
        now: The present moment.

    Raises:
        NotThereError: The firm has none of that id, or it is revoked.
        ChangedMeanwhileError: It was rotated since.
    """
    made = clients.rotate(session, client_id, version=version, former_until=now + overlap)
    _note(session, "client.rotate", made.client, now, former_until=f"{now + overlap:%FT%TZ}")
    return made


def revoke_client(session: Session, client_id: UUID, *, now: datetime) -> None:
    """Let a client do nothing any more: its tokens stop with it.

    Raises:
        NotThereError: The firm has none of that id.
    """
    if clients.revoke(session, client_id, now=now):
        _note(session, "client.revoke", clients.get(session, client_id), now)


def _note(session: Session, action: str, client: Client, now: datetime, **details: object) -> None:
    noted = AuditNote(
        at=now,
        action=action,
        subject="client",
        subject_id=client.id,
        organisation_id=client.organisation_id,
        details=details,
    )
    audit.note(session, noted)
