"""An entry of the log of changes as the API gives it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from service.domain.audit_entry import AuditEntry
from service.formats.bilingual import Part

# What the operator runs the service by. Ids of anything else would tell who supplies whom: a link
# stands in the logs of both of its firms.
_OPERATED = frozenset({"organisation", "person", "client", "job"})
_WORKER = "worker"  # its name goes on with the machine that it runs on


class AuditEntryDocument(Part):
    """One change of state, sealed over the one before."""

    at: datetime
    organisation_id: Annotated[
        UUID | None, Field(description="Whose log it stands in; null for the operator's.")
    ]
    actor: Annotated[
        str,
        Field(description="Who did it.", examples=["person:0199a1b2-0000-7000-8000-0000000000aa"]),
    ]
    action: Annotated[str, Field(description="What was done.", examples=["submission.accept"])]
    subject: Annotated[str, Field(description="Kind of what it was done to.")]
    subject_id: Annotated[
        str | None,
        Field(description="Its id; null for the operator where it is the firm's own business."),
    ]
    details: Annotated[
        dict[str, Any],
        Field(description="Ids and states, never activity data; empty where the id is null."),
    ]
    request_id: Annotated[
        str | None, Field(description="The request that caused it; null for a job or command.")
    ]
    hash: Annotated[str, Field(description="Its seal: SHA-256 over it and over the seal before.")]


def to_audit_entry_document(entry: AuditEntry, reader_id: UUID) -> AuditEntryDocument:
    """An entry as its firm or the operator reads it; its number would tell how much all others do.

    Args:
        entry: The entry.
        reader_id: The firm that reads.
    """
    told = entry.organisation_id in {reader_id, None} or entry.subject in _OPERATED
    return AuditEntryDocument(
        at=entry.at,
        organisation_id=entry.organisation_id,
        actor=_WORKER if entry.actor.startswith(_WORKER) else entry.actor,
        action=entry.action,
        subject=entry.subject,
        subject_id=entry.subject_id if told else None,
        details=dict(entry.details) if told else {},
        request_id=entry.request_id,
        hash=entry.hash,
    )
