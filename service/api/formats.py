"""`GET /v1/schemas/...` and `/problems`: what our documents and our problems look like."""

from __future__ import annotations

import json

from fastapi import HTTPException, Response

from service.api.errors import list_problem_types
from service.api.routing import make_router
from service.formats.problem_document import TYPE_PATH, ProblemType
from service.formats.schemas import MEDIA_TYPE, DocumentKind, to_schema

router = make_router("formats")


@router.get(
    "/v1/schemas/{kind}",
    response_class=Response,
    responses={200: {"description": "JSON Schema.", "content": {MEDIA_TYPE: {}}}},
)
def get_schema(kind: DocumentKind) -> Response:
    """Read the JSON Schema of the chain document or of the result document."""
    content = json.dumps(to_schema(kind), ensure_ascii=False, indent=1)
    return Response(content, media_type=MEDIA_TYPE)


@router.get("/problems")
def list_problems() -> list[ProblemType]:
    """List every kind of problem with its stable `type`, its title and its status."""
    return list_problem_types()


@router.get("/problems/{code}")
def get_problem(code: str) -> ProblemType:
    """Read one kind of problem: what stands behind the `type` of an answer."""
    for kind in list_problem_types():
        if kind.type == TYPE_PATH + code:
            return kind
    raise HTTPException(404)
