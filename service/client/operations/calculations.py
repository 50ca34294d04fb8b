"""`POST /v1/calculations`: a chain document in, its footprints out; nothing is stored.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from service.client.connection import Connection
from service.formats.result_document import ResultDocument


class Calculations:
    """`POST /v1/calculations`: a chain document in, its footprints out; nothing is stored."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def calculate(
        self, body: bytes, *, gwp: str = "AR6", product: list[str] | None = None, content_type: str
    ) -> ResultDocument:
        """Calculate the cradle-to-gate footprints of a chain as one system."""
        return self._connection.send(
            "POST",
            "/v1/calculations",
            ResultDocument,
            body=body,
            query={"gwp": gwp, "product": product},
            headers={"Content-Type": content_type},
        )
