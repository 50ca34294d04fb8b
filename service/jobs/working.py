"""A worker at work: takes jobs from the queue one by one, shows that it lives, tends the queue."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from typing import Any, Literal
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.testing import InMemoryConnector
from sqlalchemy import Engine

from service.domain.job import JobKind
from service.jobs.handling import Handler
from service.jobs.running import Runner, describe_error, put_off_or_bury
from service.jobs.schedule import add_what_comes_round
from service.store import claims, queue
from service.store.ids import new_id
from service.wiring import Wiring

_log = logging.getLogger("greenchain.jobs")
_DIED = "its worker died"
# A worker that waited for the lock of SQLite's writers missed a beat or two, and is not dead.
_BEATS_IN_SILENCE, _LOOKS_IN_SILENCE = 6, 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker does what comes again and again, in seconds.

    Args:
        look: Until it looks again for jobs that fell due. It is woken at once where the queue is
            that of PostgreSQL; on SQLite, looking is all it does.
        beat: Until it shows again that it lives.
        tend: Until it looks again for jobs of dead workers and for what comes round by the clock.
        stale: After how long without a beat a worker is dead: several beats, so that one that
            waited for the lock of SQLite's writers is not.
        grace: How long a job under way may still run when the worker is told to stop.
        notice: How long its handler then has to notice, at its next step, that it must give up.
    """

    look: float
    beat: float = 5.0
    tend: float = 10.0
    stale: float = 30.0
    grace: float = 20.0
    notice: float = 5.0


def pace_of(wiring: Wiring) -> Pace:
    """The pace that the settings ask for; SQLite stands in the same machine, and is asked often."""
    silence = float(wiring.settings.worker_silence_seconds)
    embedded = wiring.members.engine.dialect.name == "sqlite"
    return Pace(
        look=0.1 if embedded else 1.0,
        beat=silence / _BEATS_IN_SILENCE,
        tend=silence / _LOOKS_IN_SILENCE,
        stale=silence,
    )


class _Memory(InMemoryConnector):
    """A queue in the process that forgets what is done: the original remembers it for tests."""

    async def generic_execute(
        self,
        query: str,
        suffix: Literal["run", "one", "all"],
        **arguments: Any,  # noqa: ANN401 - as procrastinate has it
    ) -> Any:  # noqa: ANN401 - the same
        """Answer a query."""
        self.queries.clear()
        return await super().generic_execute(query, suffix, **arguments)

    async def finish_job_run(self, job_id: int, status: str, delete_job: bool) -> None:  # noqa: FBT001 - the signature of procrastinate
        """Forget an entry whose job was attended to."""
        await super().finish_job_run(job_id, status, delete_job)
        self.events.pop(job_id, None)

    def holds(self, job_id: UUID) -> bool:
        """Whether there is an entry of a job."""
        return any(entry["args"]["job_id"] == str(job_id) for entry in self.jobs.values())


@dataclass
class Worker:
    """A worker with its queue; `run` once.

    Args:
        wiring: What the doors need.
        handlers: What each kind of job does.
        pace: How often it does what comes again.
    """

    wiring: Wiring
    handlers: Mapping[JobKind, Handler]
    pace: Pace
    _stopping: Event = field(default_factory=Event)
    _under_way: int = 0

    def __post_init__(self) -> None:
        """Take a name that no other worker has, and open no connection yet."""
        name = f"{socket.gethostname()}:{os.getpid()}:{new_id().hex[-8:]}"
        self.runner = Runner(name, self.wiring, self.handlers, self._stopping.is_set)
        self.queue = App(connector=_connect(self.wiring.members.engine))

        @self.queue.task(name=queue.TASK, queue=queue.QUEUE)
        def run_job(job_id: str) -> None:
            self._under_way += 1
            try:
                self.runner.run(UUID(job_id))
            finally:
                self._under_way -= 1

    async def run(self, stop: asyncio.Event) -> bool:
        """Work until told to stop, and begin anew where the database goes away meanwhile.

        At the end the job under way has a time of grace. Then it is handed back to the queue; a
        handler that does not notice is left to itself, and cannot keep anything any more.

        Returns:
            Whether nothing is left under way.
        """
        told, ended = asyncio.create_task(stop.wait()), True
        while not told.done():
            self._stopping.clear()
            try:
                ended = await self._run_until(told)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next beginning may do
                _log.error("%s, again in %s s", describe_error(error), self.pace.beat)
            await asyncio.wait({told}, timeout=self.pace.beat)
        return ended

    async def _run_until(self, told: asyncio.Task[Literal[True]]) -> bool:
        async with self.queue.open_async():
            working = asyncio.create_task(
                self.queue.run_worker_async(
                    queues=[queue.QUEUE],
                    delete_jobs=DeleteJobCondition.ALWAYS,
                    install_signal_handlers=False,
                )
            )
            rounds = (
                (self._tend, self.pace.tend),
                (self._look, self.pace.look),
                (self._show_alive, self.pace.beat),
            )
            beside = [asyncio.create_task(_repeat(step, seconds)) for step, seconds in rounds]
            try:
                await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
                return await self._stop(working)
            finally:
                for task in beside:
                    task.cancel()

    async def _stop(self, working: asyncio.Task[None]) -> bool:
        working.cancel()  # it takes no further job, and waits for the one under way
        await asyncio.wait({working}, timeout=self.pace.grace)
        self._stopping.set()
        if not working.done():
            await asyncio.wait({working}, timeout=self.pace.notice)
        if working.done():
            with suppress(asyncio.CancelledError):
                working.result()
            return True
        working.add_done_callback(lambda late: late.cancelled() or late.exception())
        await asyncio.to_thread(self._hand_back)
        return False

    def _hand_back(self) -> None:
        with self.runner.transaction() as session:
            for claim in claims.list_held(session, self.runner.name):
                claims.hand_back(session, claim, self.runner.now)

    async def _look(self) -> None:
        """Put what fell due into the queue, unless it is there."""
        memory = self.queue.connector if isinstance(self.queue.connector, _Memory) else None
        for job_id in await asyncio.to_thread(self._list_lacking):
            if memory is None or not memory.holds(job_id):
                await self.queue.configure_task(queue.TASK).defer_async(job_id=str(job_id))

    def _list_lacking(self) -> list[UUID]:
        with self.runner.transaction(reading=True) as session:
            return list(queue.list_lacking(session, self.runner.now))

    async def _show_alive(self) -> None:
        if self._under_way:
            await asyncio.to_thread(self._beat)

    def _beat(self) -> None:
        with self.runner.transaction() as session:
            claims.show_alive(session, self.runner.name, self.runner.now)

    async def _tend(self) -> None:
        """Free what dead workers left, in our table and in the queue; add what comes round."""
        for entry in await self.queue.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=self.pace.stale
        ):
            await self.queue.job_manager.finish_job(entry, Status.FAILED, delete_job=True)
        await asyncio.to_thread(self.free_and_schedule)

    def free_and_schedule(self) -> None:
        """Free the jobs of dead workers, and cause what comes round."""
        now = self.runner.now
        with self.runner.transaction() as session:
            for claim in claims.list_stale(session, now - timedelta(seconds=self.pace.stale)):
                put_off_or_bury(session, claim, _DIED, now=now, pause=timedelta())
            add_what_comes_round(
                session,
                now,
                kinds=self.handlers.keys(),
                release_hours=self.wiring.settings.release_hours,
            )


def _connect(engine: Engine) -> _Memory | PsycopgConnector:
    if engine.dialect.name == "sqlite":
        return _Memory()
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PsycopgConnector(conninfo=address, min_size=1, max_size=4)


async def _repeat(step: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Do something again and again; a failure, as of a database that restarts, passes by."""
    while True:
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round may do
            _log.error("%s, again in %s s", describe_error(error), seconds)
        await asyncio.sleep(seconds)
