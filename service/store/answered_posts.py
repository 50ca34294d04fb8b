"""Answers to requests that name themselves, in the transaction of what they did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, update

from service.domain.access import Caller
from service.domain.answered_post import NamedPost, PostAnswer
from service.store.tables.identity import AnsweredPostRow

_NOT_YET = 0


def find_or_claim(
    session: Session, named: NamedPost, caller: Caller, *, now: datetime
) -> PostAnswer | None:
    """What was answered under a key; None where the key is now claimed for this transaction.

    Whoever comes second under one key waits here until the first has committed or failed.
    """
    row = AnsweredPostRow(
        caller=caller.actor,
        key=named.key,
        organisation_id=caller.organisation_id,
        request_hash=named.request_hash,
        status=_NOT_YET,
        headers={},
        body=b"",
        at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        found = session.get_one(AnsweredPostRow, (caller.actor, named.key))
        return PostAnswer(found.request_hash, found.status, found.headers, found.body)
    return None


def keep(session: Session, named: NamedPost, caller: Caller, answer: PostAnswer) -> None:
    """Keep the answer under its claimed key."""
    session.exec(
        update(AnsweredPostRow)
        .where(col(AnsweredPostRow.caller) == caller.actor, col(AnsweredPostRow.key) == named.key)
        .values(status=answer.status, headers=dict(answer.headers), body=answer.body)
    )


def forget(session: Session, *, before: datetime) -> int:
    """Forget what was answered before a moment. Returns how many answers; for the service alone."""
    gone = session.exec(delete(AnsweredPostRow).where(col(AnsweredPostRow.at) < before))
    return gone.rowcount
