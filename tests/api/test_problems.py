"""Every error answers as a problem document, in the caller's language, and leaks nothing."""

import importlib
import pkgutil
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from fastapi.testclient import TestClient

import lca_models
import service
from lca_models.errors import GreenchainError, Language
from service.api.errors import HTTP_PROBLEMS, STATUSES, list_problem_types
from service.api.languages import negotiate
from tests.api.calling import ZH, call


def rules(kind: type[GreenchainError]) -> Iterator[type[GreenchainError]]:
    for each in kind.__subclasses__():
        if "code" in vars(each):
            yield each
        yield from rules(each)


def test_each_error_has_exactly_one_status() -> None:
    for package in (lca_models, service):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name != "service.gateways.background_import":  # a program for Brightway's
                importlib.import_module(module.name)
    assert set(STATUSES) == set(rules(GreenchainError)), "mend the table in service/api/errors.py"


def test_each_kind_of_problem_has_a_type_of_its_own(client: TestClient) -> None:
    kinds = list_problem_types()
    assert len({kind.type for kind in kinds}) == len(kinds) == len(STATUSES) + len(HTTP_PROBLEMS)
    assert len(client.get("/problems").json()) == len(kinds)
    for kind in kinds:
        assert client.get(kind.type).json() == kind.model_dump()
    assert client.get("/problems/none").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/v1/background/nothing", 404, "unknown-factor"),
        ("GET", "/v1/schemas/nothing", 422, "invalid-request"),
        ("GET", "/v1/background?limit=x", 422, "invalid-request"),
        ("GET", "/v1/calculations", 405, "method-not-allowed"),
        ("DELETE", "/healthz", 405, "method-not-allowed"),
        ("GET", "/docs", 404, "not-found"),
        ("GET", "/healthz/", 404, "not-found"),
    ],
)
def test_what_cannot_be_served_is_a_problem_document(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["vary"] == "Accept-Language"
    assert problem["type"] == f"/problems/{code}"
    assert problem["instance"] == f"{path.partition('?')[0]}#{answer.headers['x-request-id']}"
    assert all(error["reason"] and error["cure"] for error in problem["errors"])


def test_a_wrong_parameter_is_named_in_the_callers_language(client: TestClient) -> None:
    problem = client.get("/v1/background?limit=0", headers=ZH).json()
    assert problem["errors"] == [
        {
            "code": "invalid-request",
            "parameter": "limit",
            "value": "0",
            "reason": "数值不得小于1。",
            "cure": "请参阅/openapi.json。",
        }
    ]


def test_other_methods_are_told_which_there_are(client: TestClient) -> None:
    assert client.get("/v1/calculations").headers["allow"] == "POST"


def test_a_failure_of_ours_says_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    with call() as client:
        client.app.state.wiring = "secret"  # type: ignore[attr-defined] # the app behind the client
        answer = client.get("/v1/background?q=steel", headers=ZH)
    problem = answer.json()
    assert answer.status_code == 500
    assert problem["title"] == "服务内部错误"
    assert problem["instance"] == f"/v1/background#{answer.headers['x-request-id']}"
    assert answer.headers["x-request-id"] in caplog.text
    assert "AttributeError" in caplog.text
    assert "'str' object" not in caplog.text
    assert "secret" not in answer.text
    assert "Error" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, Language.EN),
        ("", Language.EN),
        ("zh", Language.ZH),
        ("zh-CN,zh;q=0.9", Language.ZH),
        ("zh-Hans-CN", Language.ZH),
        ("en-GB,en;q=0.9,zh;q=0.8", Language.EN),
        ("en;q=0.8, zh;q=0.9", Language.ZH),
        ("fr, zh;q=0.2", Language.ZH),
        ("fr", Language.EN),
        ("*", Language.EN),
        ("en;q=0, *", Language.ZH),
        ("*;q=0.5, zh;q=0.4", Language.EN),
        ("zh;q=0", Language.EN),
        ("zh;q=0, en;q=0", Language.EN),
        ("zh,en", Language.ZH),
        ("en,zh", Language.EN),
        ("zh;q=2, en;q=x, ;;;,,", Language.EN),
        ("zh;q=nan", Language.EN),
        (",".join(["fr"] * 100_000) + ",zh", Language.EN),
    ],
)
def test_the_language_is_the_one_that_weighs_most(header: str | None, language: Language) -> None:
    assert negotiate(header) is language


def test_every_http_status_that_routes_raise_has_its_words() -> None:
    assert set(HTTP_PROBLEMS) >= {HTTPStatus(s) for s in (400, 404, 405, 408, 413, 415, 422, 503)}
