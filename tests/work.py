"""Does jobs when a test says so, in its own thread, by the clock of its service."""

from collections.abc import Callable, Mapping
from uuid import UUID

from service.domain.access import SERVICE
from service.domain.job import Job, JobKind
from service.jobs.handlers import HANDLERS
from service.jobs.handling import Handler
from service.jobs.running import Runner
from service.store import jobs, queue
from service.store.session import open_transaction
from service.wiring import Wiring


def make_runner(
    wiring: Wiring,
    handlers: Mapping[JobKind, Handler] = HANDLERS,
    name: str = "tester",
    stopping: Callable[[], bool] = lambda: False,
) -> Runner:
    return Runner(name, wiring, handlers, stopping)


def do_jobs(wiring: Wiring, handlers: Mapping[JobKind, Handler] = HANDLERS) -> int:
    """Do all jobs that are due now, and those that they cause; tells how many."""
    done = 0
    while due := list_due(wiring):
        for job_id in due:
            make_runner(wiring, handlers).run(job_id)
            done += 1
    return done


def list_due(wiring: Wiring) -> list[UUID]:
    """The jobs that are due, whether in the queue of PostgreSQL or not."""
    with open_transaction(wiring.members.engine, SERVICE, reading=True) as session:
        return list(queue.list_due(session, wiring.members.clock()))


def get_job(wiring: Wiring, job_id: UUID) -> Job:
    with open_transaction(wiring.members.engine, SERVICE, reading=True) as session:
        return jobs.get(session, job_id)
