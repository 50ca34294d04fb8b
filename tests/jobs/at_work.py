"""Workers as they run: in a thread of the test, or in a process that a test may kill."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from service.domain.job import JobKind
from service.jobs.handling import Handler
from service.jobs.working import Pace, Worker
from service.wiring import Wiring

QUICK = Pace(look=0.05, beat=0.1, tend=0.2, stale=1.0, grace=0.5, notice=2.0)
PATIENCE_S = 120  # a process imports the engine before it begins


@dataclass
class Stopped:
    """How a worker in a thread came to its end."""

    all_ended: bool | None = None


@contextmanager
def at_work(wiring: Wiring, handlers: Mapping[JobKind, Handler]) -> Iterator[Stopped]:
    """A worker in a thread while the block runs; told to stop at its end."""
    worker = Worker(wiring, handlers, QUICK)
    loop, stop, stopped = asyncio.new_event_loop(), asyncio.Event(), Stopped()

    def work() -> None:
        stopped.all_ended = loop.run_until_complete(worker.run(stop))

    thread = Thread(target=work)
    thread.start()
    try:
        yield stopped
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def environment_of(wiring: Wiring, **more: str) -> dict[str, str]:
    """What a process must be told to work for the same service."""
    settings = wiring.settings
    secret, mail = settings.secret, settings.mail_url
    told = {
        "GREENCHAIN_DATABASE_URL": settings.database_url,
        "GREENCHAIN_SECRET": secret.get_secret_value() if secret else "",
        "GREENCHAIN_MAIL_URL": mail.get_secret_value() if mail else "",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return {**os.environ, **told, **more}


def wait_until(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.02)
