"""A worker in a process of its own: `greenchain worker`, any number of them on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal

from service.jobs.handlers import HANDLERS
from service.jobs.working import Pace, Worker, pace_of
from service.store.migrating import refuse_unfit
from service.wiring import Wiring


def run_process(wiring: Wiring, pace: Pace | None = None) -> None:
    """Do jobs until SIGTERM or SIGINT; the one under way is finished first, or handed back.

    Args:
        wiring: What the doors need.
        pace: How often it does what comes again; None for that of the database.

    Raises:
        UnfitLoginError: On PostgreSQL, the login could pass by row-level security.
        SchemaBehindError: The database has another schema than this release.
    """
    engine = wiring.members.engine
    refuse_unfit(engine)
    worker = Worker(wiring, HANDLERS, pace or pace_of(wiring))
    asyncio.run(_work(worker))


async def _work(worker: Worker) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if not await worker.run(stop):
        # A handler works on that nobody can stop: its job is handed back, and whatever it has open
        # is undone with the connection. To wait for its thread would outlast any patience.
        os._exit(0)
