"""`GET /v1/templates/bom`: the template of a bill of materials, as a workbook or as CSV.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from lca_models.errors import Language
from service.api.templates import TemplateKind
from service.client.connection import Connection


class Templates:
    """`GET /v1/templates/bom`: the template of a bill of materials, as a workbook or as CSV."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_bom_template(
        self, *, lang: Language | None = None, kind: TemplateKind = TemplateKind.XLSX
    ) -> bytes:
        """Download the template, in Chinese or English; headings of either language are read."""
        return self._connection.send(
            "GET", "/v1/templates/bom", bytes, query={"lang": lang, "format": kind}
        )
