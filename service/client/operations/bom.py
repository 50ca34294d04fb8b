"""`POST /v1/bom/check`: a bill of materials in, its rows or everything that is wrong out.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from service.client.connection import Connection, Form
from service.formats.bom.document import BomCheckDocument


class Bom:
    """`POST /v1/bom/check`: a bill of materials in, its rows or everything that is wrong out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check_file(
        self, body: Form, *, product: str | None = None, annotate: bool = False
    ) -> BomCheckDocument:
        """Check every row of a file at once. Nothing is stored, nothing is calculated."""
        return self._connection.send(
            "POST",
            "/v1/bom/check",
            BomCheckDocument,
            body=body,
            query={"product": product, "annotate": annotate},
        )
