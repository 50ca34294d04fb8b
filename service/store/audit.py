"""The log of every change of state: appended to only, each entry sealed over the one before.

Entries are noted during a transaction and appended at its end, in one turn at the head of the log:
so that writers wait for each other only while they commit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from service.store.tables.operations import AuditEntryRow, AuditHeadRow

ACTOR = "actor"
_NOTED = "audit"


@dataclass(frozen=True, slots=True)
class AuditNote:
    """One change of state.

    Args:
        at: When.
        action: What was done, such as `submission.accept`.
        subject: Kind of what it was done to.
        subject_id: Its id.
        organisation_id: The firm whose log it stands in; None for the operator's.
        details: What else must be told; ids and states, never what a firm submits.
    """

    at: datetime
    action: str
    subject: str
    subject_id: UUID | str
    organisation_id: UUID | None
    details: Mapping[str, Any]


def note(session: Session, noted: AuditNote) -> None:
    """Note a change, to be appended when the transaction commits."""
    session.info.setdefault(_NOTED, []).append(noted)


def append_noted(session: Session) -> None:
    """Append what was noted; called once, as the last thing before the commit."""
    noted: list[AuditNote] = session.info.pop(_NOTED, [])
    if not noted:
        return
    with session.no_autoflush:
        head = session.exec(
            select(AuditHeadRow).where(col(AuditHeadRow.id) == 1).with_for_update()
        ).one()
    number, former = head.number, head.hash
    for each in noted:
        number += 1
        entry = _entry(each, number, former, session.info[ACTOR])
        session.add(entry)
        former = entry.hash
    head.number, head.hash = number, former
    session.flush()


def _entry(noted: AuditNote, number: int, former: str, actor: str) -> AuditEntryRow:
    row = AuditEntryRow(
        number=number,
        at=noted.at,
        organisation_id=noted.organisation_id,
        actor=actor,
        action=noted.action,
        subject=noted.subject,
        subject_id=str(noted.subject_id),
        details=dict(noted.details),
        former_hash=former,
        hash="",
    )
    row.hash = seal(row)
    return row


def seal(row: AuditEntryRow) -> str:
    """SHA-256 over an entry and the hash of the one before it."""
    sealed = row.model_dump(mode="json", exclude={"hash"})
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()
