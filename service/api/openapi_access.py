"""The description of who may call: the table of rules as OpenAPI tells it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from service.api.access import RULES, UNCOUNTED
from service.api.errors import HTTP_PROBLEMS
from service.api.openapi import describe_problem
from service.domain.access import NotAllowedError, NotSignedInError, NotThereError, Rule, Scope
from service.domain.answered_post import KEPT_FOR
from service.domain.versions import ChangedMeanwhileError

_MACHINE, _PERSON = "machine", "person"
_SCHEMES: dict[str, Any] = {
    _MACHINE: {
        "type": "oauth2",
        "description": "A machine of your organisation. 本组织的机器客户端。",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/auth/token",
                "scopes": {
                    Scope.READ.value: "Read what your organisation may see. 读取",
                    Scope.CHAINS.value: "Draw chains, invite, link. 编辑供应链",
                    Scope.SUBMISSIONS.value: "Submit and answer requests. 提交数据",
                    Scope.FOOTPRINTS.value: "Ask for footprints. 请求计算碳足迹",
                    Scope.ADMINISTRATION.value: "Administer your organisation. 管理本组织",
                },
            }
        },
    },
    _PERSON: {
        "type": "http",
        "scheme": "bearer",
        "description": "The session of a person, from POST /v1/sessions. 人员登录会话。",
    },
}
_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names the request: sent again under the same key within "
    f"{KEPT_FOR.total_seconds() / 3600:.0f} hours, it is done once and answered alike.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "example": "0190a6e4-4d0c-7b1e-9c55-2f6a3c0f8d11",
}
_IF_MATCH = "if-match"


def document_access(schema: dict[str, Any]) -> None:
    """Write into a description who may call each route, and what others are answered."""
    schema["components"]["securitySchemes"] = _SCHEMES
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            route = f"{method.upper()} {path}"
            _document(operation, route, RULES[route])


def _document(operation: dict[str, Any], route: str, rule: Rule) -> None:
    parameters = operation.get("parameters", [])
    if not rule.public:
        operation["security"] = list(_list_ways(rule))
        operation["description"] = f"{operation.get('description', '')}\n\n{_tell(rule)}".strip()
        if route.startswith("POST "):
            operation["parameters"] = [*parameters, _KEY]
    responses = operation["responses"]
    for status, description in _list_refusals(route, rule, parameters):
        responses.setdefault(str(status.value), describe_problem(description))
    for status, answer in responses.items():
        if status.startswith("4"):  # whatever else a refusal may bring, it may be a problem
            answer.setdefault("content", {}).update(describe_problem("")["content"])


def _list_ways(rule: Rule) -> Iterator[dict[str, list[str]]]:
    scopes = [rule.scope.value] if rule.scope else []
    if not rule.people_only:
        yield {_MACHINE: scopes}
    yield {_PERSON: []}


def _tell(rule: Rule) -> str:
    scope = f"Needs the scope `{rule.scope}`. " if rule.scope else ""
    roles = " or ".join(f"`{role}`" for role in sorted(rule.roles))
    return (
        scope
        + (f"For organisations that are {roles}. " if roles else "")
        + ("For people alone, not for machines." if rule.people_only else "")
    ).strip()


def _list_refusals(
    route: str, rule: Rule, parameters: list[dict[str, Any]]
) -> Iterator[tuple[HTTPStatus, str]]:
    if not rule.public:
        yield HTTPStatus.UNAUTHORIZED, NotSignedInError.title.en
        if rule.scope or rule.roles or rule.people_only:
            yield HTTPStatus.FORBIDDEN, NotAllowedError.title.en
        if "{" in route:
            yield HTTPStatus.NOT_FOUND, f"{NotThereError.title.en}, or it belongs to others"
    if any(each["name"].lower() == _IF_MATCH for each in parameters):
        yield HTTPStatus.PRECONDITION_FAILED, ChangedMeanwhileError.title.en
        yield (
            HTTPStatus.PRECONDITION_REQUIRED,
            HTTP_PROBLEMS[HTTPStatus.PRECONDITION_REQUIRED].title.en,
        )
    if route not in UNCOUNTED:
        yield HTTPStatus.TOO_MANY_REQUESTS, HTTP_PROBLEMS[HTTPStatus.TOO_MANY_REQUESTS].title.en
