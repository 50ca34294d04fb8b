"""Jobs followed to their end over a real server: as events, and by an answer that waits."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from service.api.job_watch import JobWatch
from service.api.transactions import Now, Transaction
from service.api.waiting import AsksJob, answer_job
from service.domain.access import Caller, Scope
from service.domain.job import JobKind
from service.domain.organisation import Role
from service.formats.members.job import JobProblem
from service.jobs.handling import Work
from service.store import jobs
from tests.jobs.at_work import at_work, wait_until
from tests.jobs.stand_ins import cause, only
from tests.members import Seat, Service


@contextmanager
def serve(service: Service) -> Iterator[str]:
    """The application behind a real server, in a thread."""
    config = uvicorn.Config(service.client.app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def follow(url: str, seat: Seat, job_id: UUID) -> Iterator[tuple[str, Any]]:
    headers = {"Authorization": f"Bearer {seat.token()}"}
    path = f"{url}/v1/jobs/{job_id}/events"
    with httpx.stream("GET", path, headers=headers, timeout=30) as answer:
        assert answer.status_code == HTTPStatus.OK
        assert answer.headers["content-type"].startswith("text/event-stream")
        event = ""
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                yield event, json.loads(value)


def count_connections(engine: Engine) -> int:
    pool: Any = engine.pool
    return int(pool.checkedout())


def test_events_tell_progress_and_the_end_and_hold_no_connection(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    job_id = cause(service.wiring, firm.id)
    told_half = threading.Event()

    def handle(work: Work) -> None:
        work.report(0.5)
        assert told_half.wait(30)

    with serve(service) as url, at_work(service.wiring, only(handle)):
        seen = []
        for event, job in follow(url, firm, job_id):
            seen.append((event, job["state"], job["progress"]))
            if job["progress"] == 0.5:
                time.sleep(0.3)
                told_half.set()
    assert ("progress", "running", 0.5) in seen
    assert seen[-1] == ("end", "done", 1.0)
    assert all(event == "progress" for event, *_ in seen[:-1])


def test_who_waits_holds_no_connection(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    job_id = cause(service.wiring, firm.id)
    with serve(service) as url:
        events = follow(url, firm, job_id)
        assert next(events)[0] == "progress"
        held = [count_connections(service.wiring.members.engine) for _ in range(20)]
        assert min(held) == 0
        firm.post(f"/v1/jobs/{job_id}/cancellation")
        assert [event for event, _ in events] == ["end"]


def test_a_firm_has_so_many_places_and_gets_them_back(service: Service) -> None:
    watch = JobWatch(service.wiring.members.engine)
    firm = service.join("Firm", Role.SUPPLIER)
    application: Any = service.client.app
    application.state.job_watch = watch
    job_id = cause(service.wiring, firm.id)
    firm.post(f"/v1/jobs/{job_id}/cancellation")
    path = f"/v1/jobs/{job_id}/events"
    with watch.take_place(firm.id):
        watch._taken[firm.id] = 20
        assert firm.get(path).status_code == HTTPStatus.TOO_MANY_REQUESTS
        watch._taken[firm.id] = 19
        assert firm.get(path).status_code == HTTPStatus.OK
        assert watch._taken[firm.id] == 19


@pytest.fixture
def asking(service: Service) -> TestClient:
    """A small application with a route that causes a job."""
    router = APIRouter()

    @router.post("/asked")
    def ask(asked: AsksJob, session: Transaction, now: Now) -> Response:
        kind, firm = JobKind.CALCULATE_PRODUCT, asked.caller.organisation_id
        job_id = jobs.add(session, kind, {}, organisation_id=firm, now=now)
        problem = JobProblem.model_validate({"type": "result", "title": {"zh": "果", "en": "it"}})
        return answer_job(asked, session, job_id, lambda *_: problem)

    app = FastAPI()
    app.include_router(router)
    app.state.wiring = service.wiring
    app.state.job_watch = JobWatch(service.wiring.members.engine)
    firm = service.join("Firm", Role.SUPPLIER)
    caller = Caller(firm.id, firm.member.roles, frozenset(Scope))

    @app.middleware("http")
    async def sign_in(request: Request, proceed: Any) -> Response:
        request.state.caller = caller
        request.state.request_id = "of no meaning"
        answer: Response = await proceed(request)
        return answer

    return TestClient(app)


def finish(work: Work) -> None:
    with work.transaction() as session:
        work.finish(session, {"location": "/v1/footprints/7"})


def test_without_a_wish_to_wait_the_job_is_told_at_once(asking: TestClient) -> None:
    answer = asking.post("/asked")
    assert (answer.status_code, answer.json()["state"]) == (HTTPStatus.ACCEPTED, "queued")
    assert answer.headers["Location"] == f"/v1/jobs/{answer.json()['id']}"
    assert "Preference-Applied" not in answer.headers


def test_who_waits_gets_what_came_out(service: Service, asking: TestClient) -> None:
    with at_work(service.wiring, only(finish)):
        answer = asking.post("/asked", headers={"Prefer": "respond-async, wait=20"})
    assert (answer.status_code, answer.json()["type"]) == (HTTPStatus.OK, "result")
    assert answer.headers["Content-Location"] == "/v1/footprints/7"
    assert answer.headers["Preference-Applied"] == "wait=20"


def test_who_waits_too_short_gets_the_job(asking: TestClient) -> None:
    answer = asking.post("/asked", headers={"Prefer": "wait=1"})
    assert (answer.status_code, answer.json()["state"]) == (HTTPStatus.ACCEPTED, "queued")
    assert answer.headers["Preference-Applied"] == "wait=1"


def test_a_watch_ends_when_nobody_follows(service: Service) -> None:
    job_id = cause(service.wiring)

    async def look_once() -> None:
        watch = JobWatch(service.wiring.members.engine)
        seen = [job.id async for job in watch.follow(job_id, seconds=0.5)]
        assert seen == [job_id]
        assert watch._looking is not None
        await asyncio.wait_for(watch._looking, 5)

    asyncio.run(look_once())
