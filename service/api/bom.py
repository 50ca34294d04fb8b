"""`POST /v1/bom/check`: a bill of materials in, its rows or everything that is wrong out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, File, HTTPException, Query, Request, Response, UploadFile

from service.api.context import HeavyTurns, Speaking, Wired
from service.api.routing import make_router
from service.api.templates import XLSX
from service.formats.bom.document import ANY_PERIOD, BomCheckDocument
from service.use_cases.check_bom import check_bom

router = make_router("bills of materials")

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
def check_file(
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
        checked = check_bom(file.file, name, wiring.library, product_id=product, period=ANY_PERIOD)
        if annotate:
            return answer_workbook(checked.annotate(speaking))
        answer = checked.to_document(wiring.library).model_dump_json()
    return Response(answer, media_type="application/json")


def answer_workbook(content: bytes, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Hand out a file with its errors written into it."""
    return Response(
        content,
        status,
        media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="greenchain-bom-checked.xlsx"'},
    )
