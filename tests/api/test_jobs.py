"""Jobs over HTTP: read, cancelled, retried, waited for."""

from http import HTTPStatus
from uuid import uuid4

import pytest

from lca_models.errors import Text, UnknownUnitError
from service.domain.job import MOST_ATTEMPTS, JobState
from service.domain.organisation import Role
from service.jobs.handling import Work
from tests.jobs.stand_ins import cause, only
from tests.members import Service
from tests.work import do_jobs, get_job, make_runner

PRIVATE_LINE = "steel coil of the supplier"


def fail(_work: Work) -> None:
    raise ValueError(PRIVATE_LINE)


def refuse(_work: Work) -> None:
    raise UnknownUnitError(Text(PRIVATE_LINE, PRIVATE_LINE), Text("Mend it.", "请更正。"))


def finish(work: Work) -> None:
    with work.transaction() as session:
        work.finish(session, {"footprint_id": "7", "location": "/v1/footprints/7"})


def test_a_firm_reads_its_jobs_and_nobody_elses(service: Service) -> None:
    firm, rival = service.join("Firm", Role.SUPPLIER), service.join("Rival", Role.LEAD)
    job_id = cause(service.wiring, firm.id)
    answer = firm.get(f"/v1/jobs/{job_id}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["state"] == "queued"
    assert answer.json()["subject"] == {"product_id": "of no meaning"}
    for path in (f"/v1/jobs/{job_id}", f"/v1/jobs/{job_id}/events"):
        assert rival.get(path).status_code == HTTPStatus.NOT_FOUND
    assert rival.post(f"/v1/jobs/{job_id}/cancellation").status_code == HTTPStatus.NOT_FOUND
    assert rival.get("/v1/jobs").json()["items"] == []
    assert [job["id"] for job in firm.get("/v1/jobs").json()["items"]] == [str(job_id)]


def test_a_job_that_is_done_links_to_what_came_out(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    job_id = cause(service.wiring, firm.id)
    do_jobs(service.wiring, only(finish))
    answer = firm.get(f"/v1/jobs/{job_id}")
    assert "Retry-After" not in answer.headers
    assert answer.json()["result_url"] == "/v1/footprints/7"
    assert answer.json()["progress"] == 1


def test_the_operator_sees_that_jobs_run_and_not_what_they_are_about(service: Service) -> None:
    firm, operator = service.join("Firm", Role.SUPPLIER), service.join("Operator", Role.OPERATOR)
    done, refused = cause(service.wiring, firm.id), cause(service.wiring, firm.id)
    make_runner(service.wiring, only(finish)).run(done)
    make_runner(service.wiring, only(refuse, own_data=True)).run(refused)
    for job_id in (done, refused):
        told = operator.get(f"/v1/jobs/{job_id}").json()
        assert told["subject"] is told["result"] is told["result_url"] is None
        assert PRIVATE_LINE not in str(told)
    assert PRIVATE_LINE in str(firm.get(f"/v1/jobs/{refused}").json()["problem"])
    found = operator.get("/v1/jobs", params={"state": "refused"}).json()["items"]
    assert [job["id"] for job in found] == [str(refused)]
    assert operator.get("/v1/jobs", params={"kind": "remind"}).json()["items"] == []


def test_a_dead_job_shows_to_the_operator_who_lets_it_begin_anew(service: Service) -> None:
    firm, operator = service.join("Firm", Role.SUPPLIER), service.join("Operator", Role.OPERATOR)
    job_id = cause(service.wiring, firm.id)
    for _ in range(MOST_ATTEMPTS):
        do_jobs(service.wiring, only(fail))
        service.clock.now = max(get_job(service.wiring, job_id).run_after, service.clock.now)
    (dead,) = operator.get("/v1/jobs", params={"state": "dead"}).json()["items"]
    assert dead["problem"]["failure"].startswith("ValueError")
    assert firm.get(f"/v1/jobs/{job_id}").json()["problem"]["failure"] is None
    assert firm.post(f"/v1/jobs/{job_id}/retry").status_code == HTTPStatus.FORBIDDEN
    answer = operator.post(f"/v1/jobs/{job_id}/retry")
    assert (answer.status_code, answer.json()["state"]) == (HTTPStatus.OK, "queued")
    assert operator.post(f"/v1/jobs/{job_id}/retry").status_code == HTTPStatus.CONFLICT
    do_jobs(service.wiring, only(finish))
    assert get_job(service.wiring, job_id).state is JobState.DONE


def test_a_job_is_cancelled_at_once_while_it_waits(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    job_id = cause(service.wiring, firm.id)
    answer = firm.post(f"/v1/jobs/{job_id}/cancellation")
    assert (answer.status_code, answer.json()["state"]) == (HTTPStatus.OK, "cancelled")
    assert do_jobs(service.wiring, only(finish)) == 0
    assert firm.post(f"/v1/jobs/{job_id}/cancellation").status_code == HTTPStatus.CONFLICT


def test_a_job_under_way_is_cancelled_at_its_next_step(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    job_id = cause(service.wiring, firm.id)

    def be_cancelled(work: Work) -> None:
        answer = firm.post(f"/v1/jobs/{job_id}/cancellation")
        assert answer.json()["state"] == "running"
        assert answer.json()["cancel_asked"]
        work.refuse_if_cancelled()

    do_jobs(service.wiring, only(be_cancelled))
    assert firm.get(f"/v1/jobs/{job_id}").json()["state"] == "cancelled"


@pytest.mark.parametrize("action", ["cancellation", "retry"])
def test_a_job_that_is_not_there_cannot_be_changed(service: Service, action: str) -> None:
    operator = service.join("Operator", Role.OPERATOR)
    assert operator.post(f"/v1/jobs/{uuid4()}/{action}").status_code == HTTPStatus.NOT_FOUND
