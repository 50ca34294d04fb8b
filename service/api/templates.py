"""`GET /v1/templates/bom`: the template of a bill of materials, as a workbook or as CSV."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Response

from lca_models.errors import Language
from service.api.context import Speaking, Wired
from service.api.routing import make_router
from service.formats.bom.template import write_csv_template, write_template

router = make_router("bills of materials")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv"
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class TemplateKind(StrEnum):
    """Kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"


@router.get(
    "/v1/templates/bom",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {XLSX: _FILE, _CSV: _FILE}}},
)
def get_bom_template(
    wiring: Wired,
    speaking: Speaking,
    lang: Annotated[
        Language | None, Query(description="Without it, the language of `Accept-Language`.")
    ] = None,
    kind: Annotated[TemplateKind, Query(alias="format")] = TemplateKind.XLSX,
) -> Response:
    """Download the template, in Chinese or English; headings of either language are read."""
    language = lang or speaking
    if kind is TemplateKind.CSV:
        content, media_type = write_csv_template(language), f"{_CSV}; charset=utf-8"
    else:
        content, media_type = write_template(language, wiring.library), XLSX
    name = f"greenchain-bom-{language}.{kind}"
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": language.value,
            "Vary": "Accept-Language",
        },
    )
