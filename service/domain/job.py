"""A job: work that a committed change caused, and how far it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

# Six attempts at 10 s, 30 s, 90 s, 270 s and 810 s after one another span 20 minutes: a restart of
# a mail server or a database passes by, and a person still learns of what does not on the same day.
MOST_ATTEMPTS = 6
_FIRST_PAUSE = timedelta(seconds=10)
_PAUSE_GROWTH = 3


class JobKind(StrEnum):
    """What jobs do; each has one handler in `service.jobs`."""

    SEND_LETTER = "send-letter"
    SEND_RESET_LINK = "send-reset-link"
    CALCULATE_PRODUCT = "calculate-product"
    CALCULATE_CHAIN = "calculate-chain"
    REVIEW_SUBMISSION = "review-submission"
    RELEASE_BATCH = "release-batch"
    REMIND = "remind"
    CLEAN = "clean"


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """What it works on breaks a rule: it would end so again."""
    DEAD = "dead"
    """It has failed too often and waits for the operator."""
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.REFUSED, JobState.DEAD, JobState.CANCELLED})


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
        finished_at: When it was done, refused, died or was cancelled.
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

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in ENDED


def pause_after(attempts: int, *, jitter: float) -> timedelta:
    """How long a job rests that failed, before it is tried again.

    Args:
        attempts: How often it was tried.
        jitter: From 0 to 1, by chance: spreads those that failed together over half a pause more.
    """
    return _FIRST_PAUSE * math.pow(_PAUSE_GROWTH, attempts - 1) * (1 + jitter / 2)
