"""A worker inside the process that serves: what an embedded database needs, and nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from service.jobs.handlers import HANDLERS
from service.jobs.working import Worker, pace_of
from service.wiring import Wiring


@contextmanager
def start_in_process(wiring: Wiring) -> Iterator[None]:
    """Do jobs in a thread of this process for a while, where the settings say so.

    At the end the job under way has a time of grace; then it goes back to the queue.
    """
    engine = wiring.members.engine
    wanted = wiring.settings.worker_in_process
    if not (engine.dialect.name == "sqlite" if wanted is None else wanted):
        yield
        return
    worker = Worker(wiring, HANDLERS, pace_of(wiring))
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    # A daemon, and not waited for without end: a handler may not notice that it must give up.
    thread = Thread(target=_work, args=(loop, worker, stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(worker.pace.grace + worker.pace.notice + worker.pace.beat)


def _work(loop: asyncio.AbstractEventLoop, worker: Worker, stop: asyncio.Event) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(worker.run(stop))
