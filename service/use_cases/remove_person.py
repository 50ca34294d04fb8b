"""Let a person leave an organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.one_time_link import LinkPurpose
from service.domain.person import refuse_last_administrator
from service.store import audit, members, one_time_links, people, sign_ins
from service.store.audit import AuditNote


def remove_person(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Let somebody of the caller's firm leave: its sessions end, its address is free again.

    Raises:
        NotThereError: The firm has nobody of that id.
        NotNowError: It is the last administrator.
    """
    found = people.get(session, person_id)
    members.lock(session, found.organisation_id)
    refuse_last_administrator(found, people.list_of(session, found.organisation_id))
    sign_ins.end_all_of(session, person_id, now=now)
    one_time_links.cancel_all_of(session, LinkPurpose.RESET, found.email, now=now)
    people.remove(session, person_id, now=now)
    noted = AuditNote(
        at=now,
        action="person.remove",
        subject="person",
        subject_id=person_id,
        organisation_id=found.organisation_id,
        details={},
    )
    audit.note(session, noted)
