"""Change what is said of a person, or what it may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Right
from service.domain.person import Person, refuse_last_administrator
from service.store import audit, members, people
from service.store.audit import AuditNote


def change_person(
    session: Session,
    person_id: UUID,
    changes: Mapping[str, Any],
    *,
    version: int | None,
    now: datetime,
) -> Person:
    """Change name, language or rights of somebody of the caller's firm.

    Args:
        session: The firm's transaction.
        person_id: Who.
        changes: Fields of `Person` with what they shall be.
        version: The version that the edit was made on; None for any.
        now: The present moment.

    Raises:
        NotThereError: The firm has nobody of that id.
        NotNowError: The firm would be left without an administrator.
        ChangedMeanwhileError: It stands at another version.
    """
    found = people.get(session, person_id)
    members.lock(session, found.organisation_id)
    if Right.ADMINISTER not in changes.get("rights", found.rights):
        refuse_last_administrator(found, people.list_of(session, found.organisation_id))
    changed = people.replace(session, replace(found, **changes), version=version)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.change",
            subject="person",
            subject_id=person_id,
            organisation_id=found.organisation_id,
            details={"fields": sorted(changes), "rights": sorted(changed.rights)},
        ),
    )
    return changed
