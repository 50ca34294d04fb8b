"""What a handler of jobs is given, and what it must do: the interface between worker and handlers.

A handler is one function of `service/jobs/<noun>.py`, named in `service.jobs.handlers.HANDLERS`:

    def calculate_product(work: Work) -> None:
        footprint_id = UUID(work.job.subject["footprint_id"])
        with work.transaction(reading=True) as session:
            chain = read_chain(session, footprint_id)
        found = calculate(chain)  # no transaction is open while numbers are solved
        work.report(0.8)
        with work.transaction() as session:
            keep(session, found, now=work.now)
            work.finish(session, {"footprint_id": str(footprint_id)})

What commits with `finish` happens once, even if two workers hold the job; whatever else a handler
commits must come out the same when done again. A handler that returns without `finish` is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from service.domain.access import SERVICE, Viewer
from service.domain.job import Job
from service.store import claims
from service.store.claims import Claim
from service.store.session import open_transaction
from service.wiring import Wiring


class CancelledJobError(Exception):
    """The job was cancelled while it ran: what it has open is undone."""


class HandedBackError(Exception):
    """The worker is told to stop: the job goes back to the queue, its attempt is not counted."""


@dataclass(frozen=True, slots=True)
class Work:
    """One attempt at one job.

    Args:
        job: The job as it was claimed: its kind, subject (ids) and firm.
        wiring: What the doors need; `wiring.members` has clock, keys and gateways.
        claim: What proves that the job is still this worker's.
        stopping: Whether the worker is told to stop.
    """

    job: Job
    wiring: Wiring
    claim: Claim
    stopping: Callable[[], bool]

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.wiring.members.clock()

    @contextmanager
    def transaction(self, viewer: Viewer = SERVICE, *, reading: bool = False) -> Iterator[Session]:
        """A transaction of its own, committed at the end; by default it sees the rows of all firms.

        Open one at a time: SQLite has one writer, and a second would wait for the first.
        """
        with open_transaction(
            self.wiring.members.engine, viewer, actor=f"job:{self.job.id}", reading=reading
        ) as session:
            yield session

    def finish(self, session: Session, result: Mapping[str, Any] | None = None) -> None:
        """Be done, in the transaction of the effect: as its last step.

        Args:
            session: The transaction of the effect.
            result: Ids of what came out, and as `location` its path; the job's firm alone reads it.

        Raises:
            LostClaimError: Another worker has the job, or it was cancelled; let it pass, so that
                the effect is undone.
        """
        claims.finish(session, self.claim, result or {}, self.now)

    def report(self, progress: float) -> None:
        """Tell how far the job is, from 0 to 1, and stop here if it shall stop.

        Call it while no transaction is open.
        """
        with self.transaction() as session:
            claims.report(session, self.claim, progress)
        self.refuse_if_cancelled()

    def refuse_if_cancelled(self) -> None:
        """Stop here if the job shall stop; call it while no transaction is open.

        Raises:
            CancelledJobError: Its cancellation was asked for.
            HandedBackError: The worker must stop and its time of grace has run out.
        """
        with self.transaction(reading=True) as session:
            cancelled = claims.is_cancelled(session, self.claim)
        if cancelled:
            raise CancelledJobError
        if self.stopping():
            raise HandedBackError


@dataclass(frozen=True, slots=True)
class Handler:
    """What a kind of job does.

    Args:
        run: Does it.
        own_data: Whether it reads nothing but what the job's firm may see, so that a broken rule is
            told to that firm in full. Otherwise only its title is: a defect names firms and lines.
    """

    run: Callable[[Work], None]
    own_data: bool = False
