"""Turns, slow bodies and headers: what keeps the service up."""

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from service.api.body_limits import BodyLimits
from service.api.turns import Turns
from tests.api.calling import call, chain


def test_who_finds_all_places_taken_is_told_to_come_back() -> None:
    turns = Turns(at_once=1, waiting=0)
    with turns.take(), pytest.raises(HTTPException) as refused, turns.take():
        pass
    assert refused.value.status_code == 503
    with turns.take():
        pass


def test_a_busy_service_says_when_to_try_again() -> None:
    with call(heavy_at_once=1, heavy_waiting=0) as client:
        with client.app.state.turns.take():  # type: ignore[attr-defined] # the app behind
            answer = client.post("/v1/calculations", json=chain())
            alive = client.get("/healthz")
        assert client.post("/v1/calculations", json=chain()).status_code == 200
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["type"] == "/problems/busy"
    assert alive.status_code == 200


def test_a_turn_is_given_back_after_a_refusal() -> None:
    with call(heavy_at_once=1, heavy_waiting=0) as client:
        for _ in range(3):
            assert client.post("/v1/calculations", json={}).status_code == 422


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    async def read_all(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def arrive_slowly() -> Message:
        await anyio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def ignore(_message: Message) -> None:
        """Nothing is sent."""

    async def serve() -> None:
        app = BodyLimits(read_all, most_bytes=1000, seconds=0.1)
        await app({"type": "http", "headers": []}, arrive_slowly, ignore)

    with pytest.raises(HTTPException) as refused:
        anyio.run(serve)
    assert refused.value.status_code == 408


@pytest.mark.parametrize("path", ["/healthz", "/v1/background", "/nothing", "/openapi.json"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"Origin": "https://example.org"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


def test_the_process_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["processes"] > 300
