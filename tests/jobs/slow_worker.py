"""A worker whose handler never comes to its end: run as a script, to be killed in the middle."""

import asyncio
import os
import time
from pathlib import Path

from service.jobs.handling import Work
from service.jobs.working import Worker
from service.wiring import build_from_environment
from tests.jobs.at_work import QUICK
from tests.jobs.stand_ins import leave_effect, only


def begin_and_stay(work: Work) -> None:
    """Leave the effect, finish, and stay before the commit."""
    with work.transaction() as session:
        leave_effect(session, work)
        work.finish(session)
        session.flush()
        Path(os.environ["BEGUN"]).touch()
        time.sleep(600)


if __name__ == "__main__":
    worker = Worker(build_from_environment(), only(begin_and_stay), QUICK)
    asyncio.run(worker.run(asyncio.Event()))
