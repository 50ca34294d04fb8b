"""An entry of the log of changes, and the seal that ties it to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FIRST_FORMER = "0" * 64
"""What stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change of state, as it stands in the log.

    Args:
        number: Its place, from 1 on, without gaps.
        at: When.
        organisation_id: The firm whose log it stands in; None for the operator's.
        actor: Who did it: a person, a machine, or the service.
        action: What was done, such as `submission.accept`.
        subject: Kind of what it was done to.
        subject_id: Its id.
        details: What else is told.
        request_id: The request that caused it; None for a job or command.
        former_hash: Hash of the entry before.
        hash: Its seal.
    """

    number: int
    at: datetime
    organisation_id: UUID | None
    actor: str
    action: str
    subject: str
    subject_id: str
    details: Mapping[str, Any]
    request_id: str | None
    former_hash: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What a walk through the whole log found.

    Args:
        entries: How many entries hold.
        last_hash: The seal over all of them: kept elsewhere, it tells whether the log was replaced.
        broken_at: Number of the first entry that is missing, changed or not the log's; None if all
            hold.
    """

    entries: int
    last_hash: str
    broken_at: int | None


def seal(entry: AuditEntry) -> str:
    """SHA-256 over all of an entry but its own hash, as JSON with sorted keys."""
    sealed = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "organisation_id": entry.organisation_id and str(entry.organisation_id),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "subject_id": entry.subject_id,
        "details": entry.details,
        "request_id": entry.request_id,
        "former_hash": entry.former_hash,
    }
    written = json.dumps(sealed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
