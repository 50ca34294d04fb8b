"""Runs one job: claims it, lets its handler work, keeps how it ended."""

from __future__ import annotations

import logging
import random
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import GreenchainError
from service.domain.access import SERVICE
from service.domain.job import MOST_ATTEMPTS, JobKind, JobState, pause_after
from service.formats.members.job import describe_failure, describe_refusal
from service.jobs.handling import CancelledJobError, HandedBackError, Handler, Work
from service.store import claims
from service.store.claims import Claim, LostClaimError
from service.store.session import open_transaction
from service.wiring import Wiring

_log = logging.getLogger("greenchain.jobs")
_OURS = ("lca_models.", "service.")


@dataclass(frozen=True, slots=True)
class Runner:
    """One worker.

    Args:
        name: Its name among all workers; a claim holds it.
        wiring: What the doors need.
        handlers: What each kind of job does.
        stopping: Whether it must give up what it has under way.
    """

    name: str
    wiring: Wiring
    handlers: Mapping[JobKind, Handler]
    stopping: Callable[[], bool] = lambda: False

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.wiring.members.clock()

    def run(self, job_id: UUID) -> None:
        """Make an attempt at a job, if it is due and nobody else has it."""
        with self.transaction() as session:
            taken = claims.take(session, job_id, worker=self.name, now=self.now)
        if taken is None:
            return
        job, claim = taken
        try:
            self._attempt(Work(job, self.wiring, claim, self.stopping))
        except LostClaimError:
            _log.warning("job %s: it is another worker's by now, what was open is undone", job_id)

    def transaction(self, *, reading: bool = False) -> AbstractContextManager[Session]:
        """A transaction of the worker itself."""
        engine = self.wiring.members.engine
        return open_transaction(engine, SERVICE, actor=f"worker:{self.name}", reading=reading)

    def _attempt(self, work: Work) -> None:
        handler = self.handlers[work.job.kind]
        try:
            handler.run(work)
        except LostClaimError:
            raise
        except CancelledJobError:
            self._end(work, JobState.CANCELLED, problem=None)
        except HandedBackError:
            with self.transaction() as session:
                claims.hand_back(session, work.claim, work.now)
        except GreenchainError as error:
            told = describe_refusal(error, in_full=handler.own_data)
            self._end(work, JobState.REFUSED, problem=told)
        except Exception as error:  # noqa: BLE001 - whatever it is, the job keeps it and tries again
            self._keep_failure(work, error)
        else:
            with self.transaction() as session:
                claims.finish_if_held(session, work.claim, work.now)

    def _end(self, work: Work, state: JobState, *, problem: Mapping[str, Any] | None) -> None:
        with self.transaction() as session:
            claims.end(session, work.claim, state, work.now, {"problem": problem})

    def _keep_failure(self, work: Work, error: Exception) -> None:
        failure = describe_error(error)
        _log.error("job %s, attempt %s: %s", work.job.id, work.claim.attempt, failure)
        pause = pause_after(work.claim.attempt, jitter=random.random())  # noqa: S311 - no secret
        with self.transaction() as session:
            put_off_or_bury(session, work.claim, failure, now=work.now, pause=pause)


def put_off_or_bury(
    session: Session, claim: Claim, failure: str, *, now: datetime, pause: timedelta
) -> None:
    """Let a job that failed be tried again after a pause, or never more.

    Raises:
        LostClaimError: The job is no longer that worker's.
    """
    problem = describe_failure(failure)
    if claim.attempt < MOST_ATTEMPTS:
        claims.put_off(session, claim, now + pause, problem)
    else:
        claims.end(session, claim, JobState.DEAD, now, {"problem": problem})


def describe_error(error: Exception) -> str:
    """Kind and place of an error; its text may hold what firms submit."""
    ours = [
        f"{frame.f_globals['__name__']}, line {line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__")).startswith(_OURS)
    ]
    return f"{type(error).__name__} in {ours[-1]}" if ours else type(error).__name__
