"""The OpenAPI description holds for whatever a machine makes of it, and its page for people."""

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.calling import YEAR, call

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# A chain document takes schemathesis twenty seconds to think up, and is then rarely a chain:
# test_hostile_documents.py starts from one that is right.
description = schemathesis.openapi.from_asgi("/openapi.json", call().app).exclude(
    path="/v1/calculations"
)


@description.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)


def test_every_route_has_a_tag_and_says_what_problems_look_like(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    tags = {tag["name"] for tag in described["tags"]}
    for path, methods in described["paths"].items():
        for route in methods.values():
            assert set(route["tags"]) <= tags
            assert route["summary"]
            if not path.endswith("z"):
                problem = route["responses"]["4XX"]["content"]["application/problem+json"]
                assert problem["schema"]["$ref"].endswith("/ProblemDocument")


def test_every_reference_leads_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    known = json.loads(text)["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= set(known)
    assert "HTTPValidationError" not in known


def test_the_page_names_every_address_and_status(client: TestClient) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in client.get("/openapi.json").json()["paths"]:
        stem = path.removesuffix("{entry_id}").removesuffix("{kind}").removesuffix("{code}")
        assert stem in page
    for kind in client.get("/problems").json():
        assert f"| {HTTPStatus(kind['status']).value} |" in page


def test_the_request_of_the_page_gets_the_answer_of_the_page(client: TestClient) -> None:
    page = PAGE.read_text(encoding="utf-8")
    request = re.search(r"--data-binary @- <<'END'\n(.*?)END\n", page, re.DOTALL)
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    assert request is not None
    kind = {"Content-Type": "application/yaml"}
    answer = client.post("/v1/calculations", content=request[1].encode(), headers=kind)
    assert_holds(shown[0], answer.json())
    wrong = yaml.safe_load(request[1].replace("250 kg", "250 kWh")) | {"period": YEAR}
    refused = client.post(
        "/v1/calculations", json=wrong, headers={"Accept-Language": "zh-CN,zh;q=0.9"}
    )
    assert_holds(shown[1], refused.json())


def assert_holds(shown: Any, found: Any) -> None:
    """All that is shown stands in what was found, which may have more fields."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert_holds(value, found[name])
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        for each, other in zip(shown, found, strict=True):
            assert_holds(each, other)
    else:
        assert found == (pytest.approx(shown) if isinstance(shown, float) else shown)
