"""A worker takes what is due, stops with grace, and frees what dead ones left."""

import asyncio
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text

from service.domain.access import SERVICE
from service.domain.job import JobKind, JobState
from service.jobs.handling import Handler, Work
from service.jobs.schedule import add_what_comes_round
from service.jobs.working import Worker
from service.store import claims
from service.store.session import open_transaction
from tests.jobs.at_work import QUICK, at_work, wait_until
from tests.jobs.stand_ins import cause, only
from tests.members import Service
from tests.work import get_job, list_due, make_runner


def ends(service: Service, job_id: Any) -> Any:
    return lambda: get_job(service.wiring, job_id).ended


def test_a_worker_does_what_waits_and_what_comes(service: Service) -> None:
    done: list[Any] = []
    before = cause(service.wiring)
    with at_work(service.wiring, only(lambda work: done.append(work.job.id))) as stopped:
        wait_until(ends(service, before))
        after = cause(service.wiring)
        wait_until(ends(service, after))
    assert done == [before, after]
    assert stopped.all_ended


def test_two_workers_share_the_work_and_do_each_job_once(service: Service) -> None:
    done: list[Any] = []
    table = only(lambda work: done.append(work.job.id))
    with at_work(service.wiring, table), at_work(service.wiring, table):
        caused = [cause(service.wiring) for _ in range(10)]
        for job_id in caused:
            wait_until(ends(service, job_id))
    assert sorted(done) == sorted(caused)


def test_a_job_is_found_that_the_queue_lost(service: Service) -> None:
    job_id = cause(service.wiring)
    engine = service.wiring.members.engine
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("delete from procrastinate_jobs"))
    with at_work(service.wiring, only(lambda _: None)):
        wait_until(ends(service, job_id))


def test_a_worker_goes_on_when_its_connections_were_cut(service: Service) -> None:
    engine = service.wiring.members.engine
    with at_work(service.wiring, only(lambda _: None)):
        wait_until(ends(service, cause(service.wiring)))
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(
                    text(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                        " where datname = current_database() and pid <> pg_backend_pid()"
                    )
                )
        wait_until(ends(service, cause(service.wiring)))


def test_the_queue_keeps_nothing_of_what_is_done(service: Service) -> None:
    job_id = cause(service.wiring)
    worker = Worker(service.wiring, only(lambda _: None), QUICK)

    async def work() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(worker.run(stop))
        await asyncio.to_thread(wait_until, ends(service, job_id))
        stop.set()
        assert await running

    asyncio.run(work())
    engine = service.wiring.members.engine
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for table in ("jobs", "events", "workers"):
                assert not connection.execute(text(f"select 1 from procrastinate_{table}")).all()  # noqa: S608 - three names
    else:
        memory: Any = worker.queue.connector
        assert not memory.jobs
        assert not memory.events


def test_what_waits_for_later_is_left_alone(service: Service) -> None:
    job_id = cause(service.wiring)
    service.clock.pass_by(-timedelta(minutes=1))
    with at_work(service.wiring, only(lambda _: None)):
        other = cause(service.wiring)
        wait_until(ends(service, other))
        assert get_job(service.wiring, job_id).state is JobState.QUEUED
        service.clock.pass_by(timedelta(minutes=1))
        wait_until(ends(service, job_id))


def test_the_job_under_way_is_finished_before_the_worker_stops(service: Service) -> None:
    begun = Event()

    def take_a_moment(_work: Work) -> None:
        begun.set()
        asyncio.run(asyncio.sleep(QUICK.grace / 2))

    job_id = cause(service.wiring)
    with at_work(service.wiring, only(take_a_moment)) as stopped:
        assert begun.wait(10)
    assert stopped.all_ended
    assert get_job(service.wiring, job_id).state is JobState.DONE


@pytest.mark.parametrize("notices", [True, False])
def test_a_job_that_outlasts_the_grace_is_handed_back(service: Service, *, notices: bool) -> None:
    begun, handed_back = Event(), Event()

    def take_long(work: Work) -> None:
        begun.set()
        while not handed_back.wait(0.05):
            if notices:
                work.refuse_if_cancelled()
        with work.transaction() as session:
            work.finish(session, {"too": "late"})

    job_id = cause(service.wiring)
    with at_work(service.wiring, only(take_long)) as stopped:
        assert begun.wait(10)

        def let_go() -> None:
            wait_until(lambda: get_job(service.wiring, job_id).state is JobState.QUEUED)
            handed_back.set()

        watching = Thread(target=let_go)
        watching.start()
    watching.join()
    assert stopped.all_ended is notices
    job = get_job(service.wiring, job_id)
    assert (job.state, job.attempts, job.result) == (JobState.QUEUED, 0, None)


def test_what_a_dead_worker_left_is_free_when_it_was_silent_for_long(service: Service) -> None:
    job_id = cause(service.wiring)
    engine = service.wiring.members.engine
    with open_transaction(engine, SERVICE) as session:
        assert claims.take(session, job_id, worker="dead", now=service.clock.now)
    service.clock.pass_by(timedelta(seconds=QUICK.stale * 2))
    with at_work(service.wiring, only(lambda _: None)):
        wait_until(ends(service, job_id))
    job = get_job(service.wiring, job_id)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_each_round_of_the_clock_is_one_job(service: Service) -> None:
    engine = service.wiring.members.engine

    def come_round() -> None:
        with open_transaction(engine, SERVICE) as session:
            kinds = {JobKind.REMIND, JobKind.RELEASE_BATCH}
            add_what_comes_round(session, service.clock.now, kinds=kinds, release_hours=12)

    for _ in range(3):
        come_round()
    assert len(list_due(service.wiring)) == 2  # reminders of the day, releases of the morning
    service.clock.pass_by(timedelta(hours=12))
    come_round()
    assert len(list_due(service.wiring)) == 3  # releases of the evening
    service.clock.pass_by(timedelta(hours=12))
    come_round()
    assert len(list_due(service.wiring)) == 5


def test_a_worker_causes_what_comes_round(service: Service) -> None:
    done: list[JobKind] = []
    table = {JobKind.CLEAN: Handler(lambda work: done.append(work.job.kind))}
    with at_work(service.wiring, table):
        wait_until(lambda: done)
    assert done == [JobKind.CLEAN]


def test_a_job_that_kills_its_workers_is_given_up(service: Service) -> None:
    job_id = cause(service.wiring)
    runner = make_runner(service.wiring, only(lambda _: None))
    worker = Worker(service.wiring, only(lambda _: None), QUICK)
    while (job := get_job(service.wiring, job_id)).state is JobState.QUEUED:
        with runner.transaction() as session:
            assert claims.take(session, job_id, worker="dead", now=service.clock.now)
        service.clock.pass_by(timedelta(seconds=QUICK.stale * 2))
        worker.free_and_schedule()
    assert job.state is JobState.DEAD
    assert job.problem is not None
    assert job.problem["failure"] == "its worker died"
