"""Writes the source of the typed client from the routes, so that the two never differ.

`python3 dev.py client` writes it; a test holds that what is committed is what would be written.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from inspect import cleandoc
from types import ModuleType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.responses import Response

_HEAD = '''"""{title}.

Written by `service.api.client_source`.
"""

from __future__ import annotations

{imports}

class {name}:
    """{title}."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
'''
_VERSION = "if-match"  # a version of its own argument
_UNWRITTEN = {"idempotency-key", "accept", "accept-language", "authorization", "content-type"}


def write_client(rooms: Iterable[ModuleType]) -> dict[str, str]:
    """The modules of the client by their path in `service/client`, to be formatted.

    Args:
        rooms: Modules of `service.api`, each with its router.
    """
    modules = {room.__name__.rpartition(".")[2]: room for room in rooms}
    written = {
        f"operations/{name}.py": write_operations(room, _list_routes(room))
        for name, room in modules.items()
    }
    lines = [
        '"""The client: one attribute for each room; written by `service.api.client_source`."""',
        "from __future__ import annotations",
        "from service.client.connection import Connection",
        *(f"from service.client.operations.{n} import {_class_of(n)}" for n in sorted(modules)),
        "class Client:",
        '    """Every operation of the service, by its room."""',
        "    def __init__(self, connection: Connection) -> None:",
        '        """Take the connection that all rooms share."""',
        *(f"        self.{name} = {_class_of(name)}(connection)" for name in sorted(modules)),
    ]
    return written | {"client.py": "\n".join(lines)}


def _class_of(name: str) -> str:
    return name.title().replace("_", "")


def _list_routes(room: ModuleType) -> list[APIRoute]:
    return [
        route
        for route in room.router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    ]


def write_operations(room: ModuleType, routes: Iterable[APIRoute]) -> str:
    """The module of one room's operations, to be formatted."""
    title = cleandoc(room.__doc__ or "").splitlines()[0].rstrip(".")
    name = _class_of(room.__name__.rpartition(".")[2])
    names = _Names()
    methods = [_write_method(route, names) for route in routes]
    if any("quoted(" in method for method in methods):
        names.modules.setdefault("service.client.connection", set()).add("quoted")
    names.modules.setdefault("service.client.connection", set()).add("Connection")
    head = _HEAD.format(title=title, name=name, imports=names.imports())
    return head + "".join(methods)


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    written: str
    default: str | None

    def __str__(self) -> str:
        end = "" if self.default is None else f" = {self.default}"
        return f"{self.name}: {self.written}{end}"


class _Names:
    """Gathers what the written types must import."""

    def __init__(self) -> None:
        self.modules: dict[str, set[str]] = {}

    def imports(self) -> str:
        lines = (f"from {m} import {', '.join(sorted(n))}" for m, n in sorted(self.modules.items()))
        return "\n".join(lines)

    def write(self, kind: Any) -> str:  # noqa: ANN401 - any type that a route may name
        """A type as source."""
        if kind is None or kind is types.NoneType:
            return "None"
        origin, arguments = _open(kind)
        if origin in {Union, types.UnionType}:
            return " | ".join(map(self.write, arguments))
        if origin is Annotated:
            return self.write(arguments[0])
        if origin is Literal:
            self.modules.setdefault("typing", set()).add("Literal")
            return f"Literal[{', '.join(map(repr, arguments))}]"
        return self._take(origin or kind) + (f"[{self._list(arguments)}]" if origin else "")

    def _list(self, kinds: Sequence[Any]) -> str:
        return ", ".join(map(self.write, kinds))

    def _take(self, kind: type) -> str:
        if kind.__module__ != "builtins":
            self.modules.setdefault(kind.__module__, set()).add(kind.__name__)
        return kind.__name__


def _open(kind: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - any type that a route may name
    """A type and what stands in its brackets; pydantic keeps that of its models elsewhere."""
    if hasattr(kind, "__metadata__"):
        return Annotated, get_args(kind)
    kept = getattr(kind, "__pydantic_generic_metadata__", None)
    if kept and kept["origin"]:
        return kept["origin"], kept["args"]
    return get_origin(kind), get_args(kind)


def _write_method(route: APIRoute, names: _Names) -> str:
    asked = list(_walk(route.dependant))
    paths = {field.name: field for each in asked for field in each.path_params}.values()
    queries = [field for each in asked for field in each.query_params]
    headers = [field for each in asked for field in each.header_params]
    path = [_Parameter(p.name, names.write(_type_of(p.field_info)), None) for p in paths]
    query = {p.alias: _optional(p.name, p.field_info, names) for p in queries}
    fields = [field for each in asked for field in each.body_params]
    body = _body(route, fields, names)
    edits = any(p.alias.lower() == _VERSION for p in headers)
    told = {
        p.alias: _optional(p.name, p.field_info, names)
        for p in headers
        if p.alias.lower() not in {_VERSION, *_UNWRITTEN}
    }
    if not fields and body:
        told["Content-Type"] = _Parameter("content_type", "str", _raw_kind(route))
    version = [_Parameter("version", "int", None)] if edits else []
    answer = _answer(route, names)
    named = [*version, *query.values(), *told.values()]
    arguments = ", ".join(["self", *map(str, [*path, *body.values()]), *(["*"] if named else [])])
    arguments = ", ".join([arguments, *map(str, named)])
    described = cleandoc(route.endpoint.__doc__ or "").splitlines()[0]
    sent = list(_sent(route, {"query": query, "headers": told}, body, edits=edits, answer=answer))
    returned = answer if answer != "NoneType" else "None"
    return (
        f"\n    def {route.name}({arguments}) -> {returned}:\n"
        f'        """{described}"""\n'
        f"        return self._connection.send({', '.join(sent)})\n"
    )


def _walk(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for further in dependant.dependencies:
        yield from _walk(further)


def _sent(
    route: APIRoute,
    named: Mapping[str, Mapping[str, _Parameter]],
    body: Mapping[str, _Parameter],
    *,
    edits: bool,
    answer: str,
) -> Iterator[str]:
    method = next(iter((route.methods or set()) - {"HEAD"}))
    yield f'"{method}"'
    yield f'{"f" if "{" in route.path else ""}"{_quoted(route)}"'
    yield answer
    yield from (f"{place}={parameter.name}" for place, parameter in body.items())
    for place, parameters in named.items():
        if parameters:
            pairs = (f'"{alias}": {each.name}' for alias, each in parameters.items())
            yield f"{place}={{{', '.join(pairs)}}}"
    if edits:
        yield "version=version"


def _quoted(route: APIRoute) -> str:
    """The path, with words quoted that could hold a slash."""
    path = route.path
    for parameter in route.dependant.path_params:
        if parameter.field_info.annotation is str:
            path = path.replace(f"{{{parameter.name}}}", f"{{quoted({parameter.name})}}")
    return path


def _raw_kind(route: APIRoute) -> str | None:
    """The one kind of content that a raw body may have; None where there are several."""
    kinds = list((route.openapi_extra or {})["requestBody"]["content"])
    return f'"{kinds[0]}"' if len(kinds) == 1 else None


def _body(route: APIRoute, fields: Sequence[Any], names: _Names) -> dict[str, _Parameter]:
    if not fields:
        raw = "requestBody" in (route.openapi_extra or {})
        return {"body": _Parameter("body", "bytes", None)} if raw else {}
    kinds = [_type_of(field.field_info) for field in fields]
    if len(fields) == 1 and isinstance(kinds[0], type) and issubclass(kinds[0], BaseModel):
        return {"body": _Parameter("body", names.write(kinds[0]), None)}
    names.modules.setdefault("service.client.connection", set()).add("Form")
    return {"body": _Parameter("body", "Form", None)}


def _answer(route: APIRoute, names: _Names) -> str:
    kind = route.response_model
    if route.status_code == 204:  # noqa: PLR2004 - no content
        names.modules.setdefault("types", set()).add("NoneType")
        return "NoneType"
    if kind is None or (isinstance(kind, type) and issubclass(kind, Response)):
        return "bytes"
    return names.write(kind)


def _type_of(field: FieldInfo) -> Any:  # noqa: ANN401 - any type that a route may name
    return field.annotation


def _optional(name: str, field: FieldInfo, names: _Names) -> _Parameter:
    written = names.write(_type_of(field))
    if field.is_required():
        return _Parameter(name, written, None)
    default = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(default, Enum):
        return _Parameter(name, written, f"{names.write(type(default))}.{default.name}")
    if default is None or isinstance(default, str | int | float | bool):
        return _Parameter(name, written, repr(default))
    return _Parameter(name, f"{written} | None", "None")
