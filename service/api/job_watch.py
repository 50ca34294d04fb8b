"""Follows jobs for all who wait: one query for all of them, and nothing held in between."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from fastapi import HTTPException
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from service.domain.access import SERVICE
from service.domain.job import Job
from service.store import jobs
from service.store.session import open_transaction

_log = logging.getLogger("greenchain")
_LOOK_SECONDS = 0.25  # as soon as a reader takes for at once
_PLACES = 20  # for the followers of one firm in one process: as many tabs, not as many connections
_RETRY_AFTER = {"Retry-After": "5"}


@dataclass(slots=True)
class _Follower:
    """Somebody who waits for a change of a job."""

    job: Job | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, job: Job) -> None:
        """Tell how the job stands, if that is news."""
        if job != self.job:
            self.job = job
            self.changed.set()


class JobWatch:
    """Looks at the jobs that somebody follows, while somebody does.

    Args:
        engine: The database; a follower has proved already that it may see its job.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._followers: dict[UUID, list[_Follower]] = {}
        self._taken: Counter[UUID] = Counter()
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def take_place(self, organisation_id: UUID) -> Iterator[None]:
        """Hold one of the places that a firm has for its followers.

        Raises:
            HTTPException: 429, all of them are taken.
        """
        if self._taken[organisation_id] >= _PLACES:
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, headers=_RETRY_AFTER)
        self._taken[organisation_id] += 1
        try:
            yield
        finally:
            self._taken[organisation_id] -= 1

    async def follow(self, job_id: UUID, *, seconds: float) -> AsyncGenerator[Job]:
        """How a job stands, now and after each change, until it has ended or time is up."""
        follower, until = _Follower(), time.monotonic() + seconds
        self._followers.setdefault(job_id, []).append(follower)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            with suppress(TimeoutError):
                while follower.job is None or not follower.job.ended:
                    await asyncio.wait_for(follower.changed.wait(), until - time.monotonic())
                    follower.changed.clear()
                    if follower.job is not None:
                        yield follower.job
        finally:
            self._leave(job_id, follower)

    def _leave(self, job_id: UUID, follower: _Follower) -> None:
        left = [other for other in self._followers[job_id] if other is not follower]
        if left:
            self._followers[job_id] = left
        else:
            del self._followers[job_id]

    async def _look(self) -> None:
        while self._followers:
            try:
                found = await run_in_threadpool(self._read, tuple(self._followers))
            except Exception as error:  # noqa: BLE001 - the database may be back at the next look
                _log.error("jobs cannot be followed: %s", type(error).__name__)
                found = []
            for job in found:
                for follower in self._followers.get(job.id, ()):
                    follower.tell(job)
            await asyncio.sleep(_LOOK_SECONDS)

    def _read(self, job_ids: Iterable[UUID]) -> list[Job]:
        with open_transaction(self._engine, SERVICE, reading=True) as session:
            return list(jobs.find_all(session, list(job_ids)))
