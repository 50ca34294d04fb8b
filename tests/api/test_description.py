"""The OpenAPI description holds for whatever a machine makes of it, and its page for people."""

import json
import re
from datetime import UTC, datetime
from functools import cache
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

from service.api.access import RULES
from service.domain.organisation import Role
from service.formats.chain.document import ChainDocument
from tests.api.access_matrix import sign_in
from tests.api.calling import YEAR, ZH, call, make_database
from tests.api.examples import make_body
from tests.members import Clock, Service

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# A chain document takes schemathesis twenty seconds to think up, and is then rarely a chain:
# test_hostile_documents.py starts from one that is right.
caller = call(database_url=make_database())
app: Any = caller.app
description = schemathesis.openapi.from_asgi("/openapi.json", app).exclude(path="/v1/calculations")


def is_open(context: Any) -> bool:
    rule = RULES.get(context.operation.label)
    return rule is not None and rule.public


@cache
def token_for(operation: str) -> str:
    """The token of somebody who may do all, for one operation: some lock their callers out."""
    service = Service(app.state.wiring, Clock(datetime.now(UTC)), caller)
    return sign_in(service.join(operation, *Role))


def thoroughly(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


@description.include(is_open).parametrize()
@thoroughly(25)
def test_whatever_is_sent_the_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)


@description.exclude(is_open).exclude(path_regex="/bom$").parametrize()  # it thinks up no workbook
@thoroughly(2)
def test_whatever_a_member_sends_the_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    token = token_for(case.operation.label)
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})


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


def test_parts_of_one_name_are_one_part(client: TestClient) -> None:
    known = client.get("/openapi.json").json()["components"]["schemas"]
    for name, part in ChainDocument.model_json_schema()["$defs"].items():
        assert set(part.get("properties", {})) == set(known[name].get("properties", {})), name
    assert not [name for name in known if "__" in name], "two documents have one name"


def test_operations_have_names_that_a_client_can_use(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"].values()
    names = [operation["operationId"] for methods in described for operation in methods.values()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name == name.lower() for name in names)


def test_every_body_has_an_example_that_is_accepted(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert not operation.get("requestBody") or make_body(described, operation), path
            if RULES[f"{method.upper()} {path}"].public:
                assert "security" not in operation
            else:
                assert {"401", "429"} <= set(operation["responses"])
                assert operation["security"]


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
        "/v1/calculations",
        json=wrong,
        headers={**ZH, "X-Request-ID": shown[1]["instance"].partition("#")[2]},
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
