"""A job: work that a committed change caused, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class JobKind(StrEnum):
    """What jobs do; each has one handler in `service.jobs`."""

    SEND_LETTER = "send-letter"
    CALCULATE_PRODUCT = "calculate-product"
    CALCULATE_CHAIN = "calculate-chain"
    REVIEW_SUBMISSION = "review-submission"
    RELEASE_BATCH = "release-batch"
    REMIND = "remind"


class JobState(StrEnum):
    """Where a job stands; `dead` has failed too often and waits for the operator."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    Args:
        id: Its id.
        organisation_id: The firm that may follow it; None for work of the service itself.
        kind: What it does.
        subject: Ids of what it works on, nothing else.
        state: Where it stands.
        progress: From 0 to 1.
        attempts: How often it was begun.
        run_after: Not before.
        created_at: When its cause happened.
        finished_at: When it was done, died or was cancelled.
        result: What came out, as ids and links.
        problem: What went wrong at the last attempt.
        cancel_asked: Whether it shall stop at its next step.
    """

    id: UUID
    organisation_id: UUID | None
    kind: JobKind
    subject: Mapping[str, Any]
    state: JobState
    progress: float
    attempts: int
    run_after: datetime
    created_at: datetime
    finished_at: datetime | None = None
    result: Mapping[str, Any] | None = None
    problem: Mapping[str, Any] | None = None
    cancel_asked: bool = False
