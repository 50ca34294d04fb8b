"""The description of the API: bodies and problems that FastAPI does not see in the signatures."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from service.formats.chain.document import ChainDocument
from service.formats.problem_document import MEDIA_TYPE, ProblemDocument

_REFERENCE = "#/components/schemas/{model}"
TAGS = [
    {"name": "calculations", "description": "A chain in, footprints out. Nothing is stored."},
    {"name": "background", "description": "Published emission factors with their citations."},
    {"name": "bills of materials", "description": "Templates for suppliers, and their check."},
    {"name": "formats", "description": "JSON Schemas and kinds of problems."},
    {"name": "health", "description": "For whoever runs the service."},
]
DESCRIPTION = """
Product carbon footprints of whole supply chains, cradle to gate (ISO 14067:2018).

Errors are problem documents by RFC 9457 in English or Chinese, as `Accept-Language` asks.
Their `type` is stable and can be read: `GET /problems`.
"""


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=ProblemDocument.__name__)}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": _problem("What is wrong with the request, where, and what would mend it."),
    "5XX": _problem("The service is busy, or something went wrong on our side."),
}


def document_chain(app: FastAPI, schema: dict[str, Any]) -> dict[str, Any]:
    """Add the documents that routes read or answer outside FastAPI's view."""
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in (ChainDocument, ProblemDocument):
        described = model.model_json_schema(ref_template=_REFERENCE)
        schemas.update(described.pop("$defs", {}))
        schemas[model.__name__] = described
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    app.openapi_schema = schema
    return schema
