"""The JSON Schemas of our documents."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from service.formats.chain.document import ChainDocument
from service.formats.change_document import ChangeDocument
from service.formats.method_document import MethodDocument
from service.formats.request_document import RequestsDocument
from service.formats.result_document import ResultDocument
from service.formats.simulation_document import SimulationDocument
from service.formats.trace_document import TraceDocument

MEDIA_TYPE = "application/schema+json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class DocumentKind(StrEnum):
    """A document that has a schema."""

    CHAIN = "chain"
    RESULT = "result"
    METHODS = "methods"
    CHANGE = "change"
    TRACE = "trace"
    SIMULATION = "simulation"
    REQUESTS = "requests"


_MODELS: Mapping[DocumentKind, type[BaseModel]] = {
    DocumentKind.CHAIN: ChainDocument,
    DocumentKind.RESULT: ResultDocument,
    DocumentKind.METHODS: MethodDocument,
    DocumentKind.CHANGE: ChangeDocument,
    DocumentKind.TRACE: TraceDocument,
    DocumentKind.SIMULATION: SimulationDocument,
    DocumentKind.REQUESTS: RequestsDocument,
}
# What we read may leave defaults out; what we write has every field.
_MODES: Mapping[DocumentKind, JsonSchemaMode] = {
    DocumentKind.CHAIN: "validation",
    DocumentKind.RESULT: "serialization",
    DocumentKind.METHODS: "serialization",
    DocumentKind.CHANGE: "serialization",
    DocumentKind.TRACE: "serialization",
    DocumentKind.SIMULATION: "serialization",
    DocumentKind.REQUESTS: "serialization",
}


def to_schema(kind: DocumentKind) -> dict[str, object]:
    """The JSON Schema of a kind of document."""
    schema = _MODELS[kind].model_json_schema(mode=_MODES[kind])
    return {"$schema": _DIALECT, "$id": f"urn:greenchain:schema:{kind}:1", **schema}
