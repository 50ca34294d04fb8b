"""One job is done: claimed, ended, tried again, given up."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from lca_models.errors import Text, UnknownUnitError
from service.domain.access import SERVICE, Viewer
from service.domain.job import MOST_ATTEMPTS, JobKind, JobState
from service.jobs.handling import Work
from service.store import claims, jobs
from service.store.claims import LostClaimError
from service.store.session import open_transaction
from tests.jobs.stand_ins import cause, only
from tests.members import Service
from tests.work import do_jobs, get_job, list_due, make_runner


def test_a_job_is_done_with_its_result(service: Service) -> None:
    job_id = cause(service.wiring)

    def handle(work: Work) -> None:
        work.report(0.5)
        with work.transaction() as session:
            work.finish(session, {"footprint_id": "7", "location": "/v1/footprints/7"})

    assert do_jobs(service.wiring, only(handle)) == 1
    job = get_job(service.wiring, job_id)
    assert (job.state, job.progress, job.attempts) == (JobState.DONE, 1.0, 1)
    assert job.result == {"footprint_id": "7", "location": "/v1/footprints/7"}
    assert job.finished_at == service.clock.now


def test_a_job_exists_only_if_its_cause_commits(service: Service) -> None:
    engine, now = service.wiring.members.engine, service.clock.now

    def cause_and_fail(session: Session) -> None:
        jobs.add(session, JobKind.REMIND, {}, organisation_id=None, now=now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_transaction(engine, SERVICE) as session:
        cause_and_fail(session)
    assert list_due(service.wiring) == []


def test_one_key_makes_one_job_whoever_adds_it(service: Service) -> None:
    first, second = service.join("First"), service.join("Second")
    found = set()
    for seat in (first, second):
        with open_transaction(service.wiring.members.engine, Viewer(seat.id)) as session:
            kind, now = JobKind.REMIND, service.clock.now
            found.add(jobs.add(session, kind, {}, organisation_id=seat.id, now=now, once="day"))
    assert len(found) == len(list_due(service.wiring)) == 1


def test_a_handler_that_just_returns_is_done(service: Service) -> None:
    job_id = cause(service.wiring)
    do_jobs(service.wiring, only(lambda work: None))  # noqa: ARG005 - does nothing
    assert get_job(service.wiring, job_id).state is JobState.DONE


def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up(service: Service) -> None:
    job_id = cause(service.wiring)

    def fail(_work: Work) -> None:
        message = "steel, 12.5 kg"
        raise ValueError(message)

    pauses = []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert do_jobs(service.wiring, only(fail)) == 1
        job = get_job(service.wiring, job_id)
        assert job.attempts == attempt
        pauses.append((job.run_after - service.clock.now).total_seconds())
        service.clock.now = max(job.run_after, service.clock.now)
    assert job.state is JobState.DEAD
    shortest = [10, 30, 90, 270, 810]
    assert all(s <= pause <= 1.5 * s for s, pause in zip(shortest, pauses, strict=False))
    assert "12.5" not in str(job.problem)
    assert "ValueError" in str(job.problem)
    service.clock.pass_by(timedelta(days=30))
    assert list_due(service.wiring) == []


@pytest.mark.parametrize("own_data", [True, False])
def test_a_broken_rule_is_refused_at_once_and_told_as_far_as_allowed(
    service: Service, *, own_data: bool
) -> None:
    job_id = cause(service.wiring)

    def refuse(_work: Work) -> None:
        raise UnknownUnitError(Text(en="“jin” is no unit.", zh="“斤”不是单位。"), Text("", ""))

    do_jobs(service.wiring, only(refuse, own_data=own_data))
    job = get_job(service.wiring, job_id)
    assert (job.state, job.attempts) == (JobState.REFUSED, 1)
    assert job.problem is not None
    assert job.problem["title"]["zh"] == UnknownUnitError.title.zh
    assert ("斤" in str(job.problem)) is own_data


def test_two_workers_claim_a_job_once(service: Service) -> None:
    job_id = cause(service.wiring)
    done = []

    def handle(work: Work) -> None:
        make_runner(service.wiring, only(handle), "another").run(job_id)
        done.append(work.claim.worker)

    make_runner(service.wiring, only(handle), "first").run(job_id)
    assert done == ["first"]


def test_who_was_thought_dead_keeps_nothing(service: Service) -> None:
    job_id = cause(service.wiring)

    def be_thought_dead(work: Work) -> None:
        with work.transaction() as session:
            claims.hand_back(session, work.claim, work.now)
        make_runner(service.wiring, only(lambda _: None), "another").run(job_id)
        with pytest.raises(LostClaimError):
            work.report(0.5)
        with work.transaction() as session:
            cause_in(session, service)
            work.finish(session)

    make_runner(service.wiring, only(be_thought_dead)).run(job_id)
    assert get_job(service.wiring, job_id).state is JobState.DONE
    assert list_due(service.wiring) == []  # what it had caused was undone


def cause_in(session: Session, service: Service) -> None:
    kind, now = JobKind.REMIND, service.clock.now
    jobs.add(session, kind, {}, organisation_id=None, now=now)


def test_finish_commits_through_the_eyes_of_a_firm(service: Service) -> None:
    firm, job_id = service.join("Firm"), cause(service.wiring)

    def handle(work: Work) -> None:
        with work.transaction(Viewer(firm.id)) as session:
            work.finish(session, {"seen": "by none of the firms"})

    do_jobs(service.wiring, only(handle))
    assert get_job(service.wiring, job_id).result == {"seen": "by none of the firms"}


def test_a_job_that_is_cancelled_stops_at_its_next_step(service: Service) -> None:
    job_id = cause(service.wiring)

    def be_cancelled(work: Work) -> None:
        with work.transaction() as session:
            assert jobs.ask_to_stop(session, job_id)
        work.report(0.5)
        message = "it went on"
        raise AssertionError(message)

    do_jobs(service.wiring, only(be_cancelled))
    assert get_job(service.wiring, job_id).state is JobState.CANCELLED


def test_a_worker_that_must_stop_hands_its_job_back_uncounted(service: Service) -> None:
    job_id = cause(service.wiring)
    runner = make_runner(
        service.wiring, only(lambda work: work.refuse_if_cancelled()), stopping=lambda: True
    )
    runner.run(job_id)
    job = get_job(service.wiring, job_id)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert list_due(service.wiring) == [job_id]
