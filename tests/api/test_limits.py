"""Turns, slow bodies and headers: what keeps the service up."""

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from service.api.body_limits import BodyLimits
from service.api.turns import Turns
from tests.api.calling import JSON, call, chain


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
        app = BodyLimits(read_all, most_bytes=1000, seconds=0.1, buffered_bytes=10_000)
        await app({"type": "http", "headers": []}, arrive_slowly, ignore)

    with pytest.raises(HTTPException) as refused:
        anyio.run(serve)
    assert refused.value.status_code == 408


def test_bodies_that_fill_the_memory_together_are_told_to_come_back() -> None:
    with call(buffered_bytes=2_000) as client:
        for _ in range(3):  # what one request held is free for the next
            assert client.post("/v1/calculations", json=chain()).status_code == 200
        answer = client.post("/v1/calculations", json=chain(remark="x" * 2_000))
        assert client.post("/v1/calculations", json=chain()).status_code == 200
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize("part", ["{}", "[]", '"a":1'])
def test_half_a_million_wrong_values_are_answered_in_few_words(
    client: TestClient, part: str
) -> None:
    parts = ",".join([part] * 500_000)
    body = f"{{{parts}}}" if ":" in part else f'{{"products":[{parts}]}}'
    answer = client.post("/v1/calculations", content=body, headers=JSON)
    assert answer.status_code == 422
    assert len(answer.content) < 10_000


def test_a_document_over_the_limit_of_bytes_is_too_large(client: TestClient) -> None:
    answer = client.post("/v1/calculations", content=b" " * 20_000_001, headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/v1/calculations", "/v1/bom/check"])
def test_a_caller_who_hangs_up_is_no_failure_of_ours(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    kind = "multipart/form-data; boundary=x" if "bom" in path else "application/json"
    messages: list[Message] = [
        {"type": "http.request", "body": b"--x", "more_body": True},
        {"type": "http.disconnect"},
    ]
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", kind.encode())],
    }

    async def receive() -> Message:
        return messages.pop(0)

    async def ignore(_message: Message) -> None:
        """Nobody listens."""

    async def serve() -> None:
        await client.app(scope, receive, ignore)

    anyio.run(serve)
    assert not caplog.records


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_may_ask_for_the_head_alone(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200


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
