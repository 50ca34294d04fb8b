"""`GET /v1/schemas/...` and `/problems`: what our documents and our problems look like.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from service.client.connection import Connection, quoted
from service.formats.problem_document import ProblemType
from service.formats.schemas import DocumentKind


class Formats:
    """`GET /v1/schemas/...` and `/problems`: what our documents and our problems look like."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_schema(self, kind: DocumentKind) -> bytes:
        """Read the JSON Schema of the chain document or of the result document."""
        return self._connection.send("GET", f"/v1/schemas/{kind}", bytes)

    def list_problems(self) -> list[ProblemType]:
        """List every kind of problem with its stable `type`, its title and its status."""
        return self._connection.send("GET", "/problems", list[ProblemType])

    def get_problem(self, code: str) -> ProblemType:
        """Read one kind of problem: what stands behind the `type` of an answer."""
        return self._connection.send("GET", f"/problems/{quoted(code)}", ProblemType)
