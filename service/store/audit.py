"""The log of every change of state: appended to only, each entry sealed over the one before.

Entries are noted during a transaction and appended at its end, in one turn at the head of the log:
so that writers wait for each other only while they commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from service.domain.audit_entry import FIRST_FORMER, AuditEntry, AuditVerdict, seal
from service.domain.paging import Page, PageAsked
from service.store.columns import write_document
from service.store.paging import read_page
from service.store.tables.operations import AuditEntryRow, AuditHeadRow

REQUEST_ID = "request_id"
_NOTED = "audit"
_CHUNK = 1_000  # entries that are held at once


@dataclass(frozen=True, slots=True)
class AuditNote:
    """One change of state.

    Args:
        at: When.
        action: What was done, such as `submission.accept`.
        subject: Kind of what it was done to.
        subject_id: Its id.
        organisation_id: The firm whose log it stands in; None for the operator's.
        details: What else must be told; ids and states, never what a firm submits. No fractions:
            the databases write them differently.
    """

    at: datetime
    action: str
    subject: str
    subject_id: UUID | str
    organisation_id: UUID | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """Which entries are wanted; None asks for any.

    Args:
        action: What was done.
        subject: Kind of what it was done to.
        subject_id: Its id.
        organisation_id: The firm; of use to the operator.
        since: At this moment or later.
        until: Before this moment.
    """

    action: str | None = None
    subject: str | None = None
    subject_id: str | None = None
    organisation_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def note(session: Session, noted: AuditNote) -> None:
    """Note a change, to be appended when the transaction commits."""
    session.info.setdefault(_NOTED, []).append(noted)


def take_noted(session: Session) -> Sequence[AuditNote]:
    """What was noted in a transaction and is not appended yet."""
    noted: list[AuditNote] = session.info.pop(_NOTED, [])
    return noted


def append(session: Session, noted: Iterable[AuditNote], actor: str) -> None:
    """Append to the log, as the last thing before the commit."""
    head = session.exec(
        select(AuditHeadRow).where(col(AuditHeadRow.id) == 1).with_for_update()
    ).one()
    for each in noted:
        entry = _entry(each, head, actor, session.info.get(REQUEST_ID))
        session.add(AuditEntryRow(**asdict(entry)))
        head.number, head.hash = entry.number, entry.hash
    session.flush()


def _entry(noted: AuditNote, head: AuditHeadRow, actor: str, request_id: str | None) -> AuditEntry:
    entry = AuditEntry(
        number=head.number + 1,
        at=noted.at,
        organisation_id=noted.organisation_id,
        actor=actor,
        action=noted.action,
        subject=noted.subject,
        subject_id=str(noted.subject_id),
        details=json.loads(write_document(noted.details), parse_float=_refuse_fraction),
        request_id=request_id,
        former_hash=head.hash,
    )
    return replace(entry, hash=seal(entry))


def _refuse_fraction(number: str) -> float:
    message = f"{number} in the log: tell ids, states and counts"
    raise ValueError(message)


def read_list(session: Session, asked: PageAsked, wanted: AuditWanted) -> Page[AuditEntry]:
    """A page of the entries that the viewer sees; the newest first where no order is asked for."""
    row, query = AuditEntryRow, select(AuditEntryRow)
    for name in ("action", "subject", "subject_id", "organisation_id"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(row, name) == value)
    if wanted.since is not None:
        query = query.where(col(row.at) >= wanted.since)
    if wanted.until is not None:
        query = query.where(col(row.at) < wanted.until)
    newest_first = replace(asked, sort=asked.sort or "-at")
    # The number of an entry would tell a firm how much all others do.
    return read_page(session, query, newest_first, sorts={"at": row.at}, key=row.hash).map(
        _to_entry
    )


def verify(session: Session) -> AuditVerdict:
    """Walk the whole log, a chunk at a time, and recompute every seal."""
    last = session.exec(select(func.max(AuditEntryRow.number))).one() or 0
    head = session.exec(select(AuditHeadRow)).one()  # after `last`: others go on appending
    number, former = 0, FIRST_FORMER
    while chunk := _read_chunk(session, number, head.number):
        for entry in chunk:
            if (entry.number, entry.former_hash, entry.hash) != (number + 1, former, seal(entry)):
                return AuditVerdict(number, former, number + 1)
            number, former = entry.number, entry.hash
    whole = last <= head.number and former == head.hash
    return AuditVerdict(number, former, None if whole else number + 1)


def _read_chunk(session: Session, after: int, until: int) -> Sequence[AuditEntry]:
    number = col(AuditEntryRow.number)
    query = select(AuditEntryRow).where(number > after, number <= until)
    rows = session.exec(query.order_by(number).limit(_CHUNK)).all()
    return [_to_entry(row) for row in rows]


def _to_entry(row: AuditEntryRow) -> AuditEntry:
    return AuditEntry(**row.model_dump())
