"""Failed attempts in the store, by what was tried and from where, for all processes together.

Every attempt is kept before it is made, in a transaction of its own: so that many at once are
counted one after the other, and none is forgotten when what it tried is undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import Session, col, delete, select

from service.domain.throttle import MEMORY, OF_ADDRESS, OF_SUBJECT, Throttle
from service.store.ids import new_id
from service.store.tables.identity import AttemptRow

_LOCK_DIGITS = 15  # of a hash in hexadecimal: 60 bits, within what PostgreSQL locks by


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried and from where, as keyed hashes: nobody reads the table for addresses."""

    subject_hash: str
    address_hash: str


def begin(session: Session, tried: Tried, *, now: datetime) -> UUID | timedelta:
    """Keep an attempt that is about to be made, as if it had failed.

    Returns:
        Its id; or how long to wait, where it may not be made yet. Then it is not counted, so that
        who waits as told gets through.
    """
    _take_turns(session, tried)
    session.exec(delete(AttemptRow).where(col(AttemptRow.at) <= now - MEMORY))
    wait = max(
        _find_wait(session, AttemptRow.subject_hash, tried.subject_hash, OF_SUBJECT, now),
        _find_wait(session, AttemptRow.address_hash, tried.address_hash, OF_ADDRESS, now),
    )
    if wait:
        return wait
    row = AttemptRow(
        id=new_id(), subject_hash=tried.subject_hash, address_hash=tried.address_hash, at=now
    )
    session.add(row)
    session.flush()
    return row.id


def forget(session: Session, attempt_id: UUID) -> None:
    """Forget an attempt that came to no answer."""
    session.exec(delete(AttemptRow).where(col(AttemptRow.id) == attempt_id))


def forgive(session: Session, tried: Tried) -> None:
    """Forget all attempts at something, for one of them has succeeded."""
    session.exec(delete(AttemptRow).where(col(AttemptRow.subject_hash) == tried.subject_hash))


def _take_turns(session: Session, tried: Tried) -> None:
    """Let who tries the same, or from the same place, wait; SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for hashed in sorted({tried.subject_hash, tried.address_hash}):  # in one order: no deadlock
        session.connection().execute(
            text("select pg_advisory_xact_lock(:key)"), {"key": int(hashed[:_LOCK_DIGITS], 16)}
        )


def _find_wait(
    session: Session, column: object, hashed: str, throttle: Throttle, now: datetime
) -> timedelta:
    count, last = session.exec(
        select(func.count(), func.max(AttemptRow.at)).where(col(column) == hashed)
    ).one()
    return throttle.wait_after(count, last, now=now)
