"""`POST /v1/bom/check`: a bill of materials in, its rows or everything that is wrong out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, HTTPException, Query, Request, Response, UploadFile

from service.api.context import HeavyTurns, Speaking, Wired
from service.api.openapi import PROBLEMS
from service.api.templates import XLSX
from service.formats.bom.annotate import annotate as write_annotated
from service.formats.bom.document import ANY_PERIOD, BomCheckDocument, to_bom_check
from service.formats.bom.reading import read_bom
from service.formats.errors import InvalidBomError
from service.formats.sheets.file import read_content

router = APIRouter(tags=["bills of materials"], responses=PROBLEMS)

_LONGEST_NAME = 200
_FORM = "multipart/form-data"
_WORKBOOK: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


def _refuse_other_content(request: Request) -> None:
    kind = request.headers.get("content-type", "").lower().partition(";")[0]
    if kind.strip() != _FORM:
        raise HTTPException(415, headers={"Accept": _FORM})


@router.post(
    "/v1/bom/check",
    dependencies=[Depends(_refuse_other_content)],
    response_model=BomCheckDocument,
    responses={
        200: {
            "description": "The rows as they were understood, or the annotated workbook.",
            "content": {XLSX: _WORKBOOK},
        }
    },
)
def check_bom(
    wiring: Wired,
    turns: HeavyTurns,
    speaking: Speaking,
    file: Annotated[UploadFile, File(description="CSV or XLSX, in either language.")],
    product: Annotated[
        str | None,
        Query(max_length=200, description="Id of the product that the file must be about."),
    ] = None,
    *,
    annotate: Annotated[
        bool, Query(description="Answer the file itself with its errors written into it.")
    ] = False,
) -> Response:
    """Check every row of a file at once. Nothing is stored, nothing is calculated."""
    name = (file.filename or "file")[-_LONGEST_NAME:]
    with turns.take():
        content = read_content(file.file)
        reading = read_bom(
            content, name, wiring.library, product_id=product, default_period=ANY_PERIOD
        )
        if annotate:
            return _workbook(write_annotated(content, name, reading, speaking))
        if reading.defects:
            raise InvalidBomError(*reading.defects)
        answer = to_bom_check(reading, name, wiring.library).model_dump_json()
    return Response(answer, media_type="application/json")


def _workbook(content: bytes) -> Response:
    return Response(
        content,
        media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="greenchain-bom-checked.xlsx"'},
    )
