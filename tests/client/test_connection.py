"""The connection of the client: it asks again without doing twice, and tells what was refused."""

from collections.abc import Callable
from types import NoneType

import httpx
import pytest

from service.client.connection import Connection, Form, Machine, Patience, Token, quoted
from service.client.problems import RefusedError
from service.domain.organisation import IdentifierScheme
from service.formats.members.member import IdentifierPart

Answering = Callable[[httpx.Request], httpx.Response]
CALLED = "https://service.test"


def connect(
    answer: Answering, caller: Machine | Token | None = None
) -> tuple[Connection, list[float]]:
    waited: list[float] = []
    http = httpx.Client(base_url=CALLED, transport=httpx.MockTransport(answer))
    return Connection(http, caller, Patience(attempts=3), sleep=waited.append), waited


def test_a_post_that_got_no_answer_is_sent_again_under_the_same_key() -> None:
    keys = []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) < 3:
            raise httpx.ConnectError("gone")
        return httpx.Response(204)

    connection, waited = connect(answer)
    connection.send("POST", "/v1/things", NoneType)
    assert len(set(keys)) == 1
    assert waited == [0.2, 0.4]
    connection.send("POST", "/v1/things", NoneType)
    assert len(set(keys)) == 2


def test_it_waits_as_long_as_it_is_told() -> None:
    answers = iter([httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200, json=1)])
    connection, waited = connect(lambda _: next(answers))
    assert connection.send("GET", "/v1/number", int) == 1
    assert waited == [7.0]


def test_it_gives_up_after_its_last_attempt() -> None:
    connection, waited = connect(lambda _: httpx.Response(503, text="busy"))
    with pytest.raises(RefusedError, match="503"):
        connection.send("GET", "/v1/number", int)
    assert len(waited) == 2


def test_what_is_refused_tells_reason_and_cure() -> None:
    problem = {
        "type": "/problems/duplicate",
        "title": "Given twice",
        "status": 409,
        "detail": "It is there.",
        "instance": "urn:1",
        "errors": [{"code": "duplicate", "reason": "It is there.", "cure": "Take another."}],
    }
    connection, _ = connect(lambda _: httpx.Response(409, json=problem))
    with pytest.raises(RefusedError) as caught:
        connection.send("POST", "/v1/things", NoneType)
    assert caught.value.status == 409
    assert str(caught.value) == "409 Given twice\nIt is there. Take another."


def test_a_machine_gets_a_token_once_and_renews_it_before_it_ends() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/auth/token":
            asked.append(request.headers["authorization"])
            token = f"token {len(asked)}"
            return httpx.Response(200, json={"access_token": token, "expires_in": 100})
        return httpx.Response(200, json=request.headers["authorization"])

    now = [0.0]
    connection, _ = connect(answer, Machine("id", "secret"))
    connection.clock = lambda: now[0]
    assert connection.send("GET", "/", str) == "Bearer token 1"
    now[0] = 69.0
    assert connection.send("GET", "/", str) == "Bearer token 1"
    now[0] = 71.0
    assert connection.send("GET", "/", str) == "Bearer token 2"
    assert asked[0] == "Basic aWQ6c2VjcmV0"  # id:secret


def test_a_machine_whose_secret_is_wrong_is_told() -> None:
    connection, _ = connect(
        lambda _: httpx.Response(401, json={"error": "invalid_client"}), Machine("id", "wrong")
    )
    with pytest.raises(RefusedError, match="401"):
        connection.send("GET", "/", str)


def test_documents_versions_and_parameters_go_out_as_they_are_meant() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"scheme": "lei", "value": "1"})

    connection, _ = connect(answer, Token("t"))
    body = IdentifierPart.model_validate({"scheme": "lei", "value": "电"})
    found = connection.send(
        "PATCH", "/", IdentifierPart, body=body, version=3, query={"a": None, "b": 2}
    )
    assert found.value == "1"
    assert seen[0].headers["if-match"] == '"3"'
    assert seen[0].url.query == b"b=2"
    assert seen[0].content.decode() == '{"scheme":"lei","value":"电"}'
    connection.send(
        "POST", "/", IdentifierPart, body=Form({"file": ("物料.csv", b"1")}, {"a": "b"})
    )
    assert seen[1].headers["content-type"].startswith("multipart/form-data")


def test_a_word_of_a_path_stays_one_word() -> None:
    assert quoted("a/b?c") == "a%2Fb%3Fc"


def test_a_token_that_is_turned_away_is_renewed_once() -> None:
    given = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/auth/token":
            given.append(1)
            return httpx.Response(200, json={"access_token": str(len(given)), "expires_in": 900})
        good = request.headers["authorization"] == "Bearer 2"
        return httpx.Response(200, json="in") if good else httpx.Response(401)

    connection, _ = connect(answer, Machine("id", "secret"))
    assert connection.send("GET", "/", str) == "in"
    given += [1, 1]  # and when no token helps, it says so
    connection._token = None
    with pytest.raises(RefusedError, match="401"):
        connection.send("GET", "/", str)


def test_a_document_in_the_query_gives_its_fields() -> None:
    connection, _ = connect(lambda request: httpx.Response(200, text=request.url.query.decode()))
    asked = {
        "period": IdentifierPart(scheme=IdentifierScheme.USCC, value="9"),
        "limit": 3,
        "cursor": None,
    }
    query = connection.send("GET", "/v1/things", bytes, query=asked)
    assert query == b"scheme=uscc&value=9&limit=3"
