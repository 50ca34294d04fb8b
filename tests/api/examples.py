"""Example bodies, put together from the examples that the OpenAPI description gives."""

from collections.abc import Iterator, Mapping
from typing import Any

# What they hold is plain from their format.
_FORMATS = {
    "uuid": "0190a6e4-4d0c-7b1e-9c55-2f6a3c0f8d11",
    "date": "2026-03-31",
    "date-time": "2026-03-31T08:00:00Z",
}


class NoExampleError(Exception):
    """The description gives no example for a part of a body."""


def make_body(description: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call with the body that an operation gives as its example."""
    content = operation.get("requestBody", {}).get("content", {})
    for kind, described in content.items():
        example = described.get("example")
        if example is None:
            example = make_example(description, described.get("schema", {}), kind)
        if kind == "application/json":
            return {"json": example}
        if kind == "multipart/form-data":
            files = {n: ("file.csv", v) for n, v in example.items() if isinstance(v, bytes)}
            return {"files": files, "data": {n: v for n, v in example.items() if n not in files}}
        if kind == "application/x-www-form-urlencoded":
            return {"data": example}
    return {}


def make_query(description: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """Examples of the parameters that an operation requires behind its path."""
    return {
        each["name"]: make_example(description, each["schema"], each["name"])
        for each in operation.get("parameters", [])
        if each["in"] == "query" and each["required"]
    }


def make_example(description: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> Any:
    """The example of a schema: its own, or put together from those of its parts."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return make_example(description, description["components"]["schemas"][name], name)
    for own in ("example", "const", "default"):
        if own in schema:
            return schema[own]
    for several in ("examples", "enum"):
        if several in schema:
            return schema[several][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return make_example(description, schema[choice][0], place)
    return _by_kind(description, schema, place)


def _fields(
    description: Mapping[str, Any], schema: Mapping[str, Any], place: str
) -> Iterator[tuple[str, Any]]:
    """All fields that are required, and those that may be left out where they have an example."""
    for name, part in schema.get("properties", {}).items():
        try:
            yield name, make_example(description, part, f"{place}.{name}")
        except NoExampleError:
            if name in schema.get("required", ()):
                raise


def _by_kind(description: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> Any:
    match schema.get("type"):
        case "object":
            return dict(_fields(description, schema, place))
        case "array":
            return [make_example(description, schema["items"], f"{place}[]")]
        case "boolean":
            return True
        case "null":
            return None
        case "string" if schema.get("format") in _FORMATS:
            return _FORMATS[schema["format"]]
        case "string" if "contentMediaType" in schema or schema.get("format") == "binary":
            return b"name\n"
    message = f"{place}: {schema}"
    raise NoExampleError(message)
