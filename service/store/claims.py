"""Claims of workers to jobs: taken by one, proved at every step, given up in one way of several.

A claim names the worker and the attempt. Every statement here asks for both, so that who has lost
a job, because it was thought dead, changes nothing more about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from service.domain.access import SERVICE
from service.domain.job import Job, JobState
from service.store import queue
from service.store.jobs import count_changed, to_job
from service.store.session import viewer_of, whole_store
from service.store.tables.operations import JobRow


class LostClaimError(Exception):
    """The job is no longer this worker's: what the transaction did is undone."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What proves that a job is a worker's.

    Args:
        job_id: The job.
        worker: The name of the worker.
        attempt: Which attempt at the job it is.
    """

    job_id: UUID
    worker: str
    attempt: int


def take(session: Session, job_id: UUID, *, worker: str, now: datetime) -> tuple[Job, Claim] | None:
    """Begin an attempt at a job; None where it is not due, or another has it."""
    taken = (
        update(JobRow)
        .where(
            col(JobRow.id) == job_id,
            col(JobRow.state) == JobState.QUEUED.value,
            col(JobRow.run_after) <= now,
        )
        .values(
            state=JobState.RUNNING.value,
            attempts=JobRow.attempts + 1,
            worker=worker,
            alive_at=now,
            cancel_asked=False,
            progress=0.0,
        )
    )
    if not count_changed(session, taken):
        return None
    row = session.exec(select(JobRow).where(JobRow.id == job_id)).one()
    return to_job(row), Claim(job_id, worker, row.attempts)


def show_alive(session: Session, worker: str, now: datetime) -> None:
    """Tell that a worker lives, on all jobs that it has."""
    count_changed(
        session,
        update(JobRow)
        .where(col(JobRow.worker) == worker, col(JobRow.state) == JobState.RUNNING.value)
        .values(alive_at=now),
    )


def report(session: Session, claim: Claim, progress: float) -> None:
    """Keep how far a job is, from 0 to 1.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    _change(session, claim, {"progress": progress})


def is_cancelled(session: Session, claim: Claim) -> bool:
    """Whether a job shall stop.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    asked = session.exec(select(JobRow.cancel_asked).where(*_held_by(claim))).one_or_none()
    if asked is None:
        raise LostClaimError(claim)
    return asked


def finish(session: Session, claim: Claim, result: Mapping[str, Any], now: datetime) -> None:
    """End a job with its result, through whosever eyes the transaction reads.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    done = {"result": dict(result), "progress": 1.0, "problem": None}
    if viewer_of(session) == SERVICE:
        end(session, claim, JobState.DONE, now, done)
    else:
        with whole_store(session) as whole:
            end(whole, claim, JobState.DONE, now, done)


def end(
    session: Session,
    claim: Claim,
    state: JobState,
    now: datetime,
    values: Mapping[str, object],
) -> None:
    """End a job in a state of no return.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    _change(session, claim, {"state": state.value, "finished_at": now, "worker": None, **values})


def finish_if_held(session: Session, claim: Claim, now: datetime) -> None:
    """End a job whose handler has returned, unless the handler ended it itself."""
    done = {"state": JobState.DONE.value, "progress": 1.0, "problem": None, "result": {}}
    closed = {"finished_at": now, "worker": None}
    count_changed(session, update(JobRow).where(*_held_by(claim)).values(**done, **closed))


def put_off(session: Session, claim: Claim, until: datetime, problem: Mapping[str, Any]) -> None:
    """Give a job back after a failure, to be tried again.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    values = {"state": JobState.QUEUED.value, "worker": None, "run_after": until}
    _change(session, claim, values | {"problem": problem})


def hand_back(session: Session, claim: Claim, now: datetime) -> None:
    """Give a job back at once, as if it had not been begun.

    Raises:
        LostClaimError: The job is no longer this worker's.
    """
    values = {"state": JobState.QUEUED.value, "worker": None, "run_after": now}
    _change(session, claim, values | {"attempts": claim.attempt - 1})
    queue.hand_in(session, claim.job_id)


def list_held(session: Session, worker: str) -> Sequence[Claim]:
    """The jobs that a worker has."""
    return _read_claims(session, col(JobRow.worker) == worker)


def list_stale(session: Session, before: datetime) -> Sequence[Claim]:
    """The jobs of workers that have not told since then that they live."""
    return _read_claims(session, col(JobRow.alive_at) < before)


def _read_claims(session: Session, condition: ColumnElement[bool]) -> Sequence[Claim]:
    running = col(JobRow.state) == JobState.RUNNING.value
    rows = session.exec(select(JobRow).where(running, condition)).all()
    return [Claim(row.id, row.worker or "", row.attempts) for row in rows]


def _held_by(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return (
        col(JobRow.id) == claim.job_id,
        col(JobRow.state) == JobState.RUNNING.value,
        col(JobRow.worker) == claim.worker,
        col(JobRow.attempts) == claim.attempt,
    )


def _change(session: Session, claim: Claim, values: Mapping[str, object]) -> None:
    statement = update(JobRow).where(*_held_by(claim)).values(**values)
    if not count_changed(session, statement):
        raise LostClaimError(claim)
