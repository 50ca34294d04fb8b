"""Takes a bill of materials from a request and checks it, before any transaction is open."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, BinaryIO
from uuid import UUID

from fastapi import Depends, HTTPException, Query, Request
from starlette.datastructures import UploadFile

from lca_models.errors import Text
from lca_models.facts.units import Quantity
from service.api.callers import Calling
from service.api.context import HeavyTurns, Speaking, Wired
from service.api.templates import XLSX
from service.domain.product import Product
from service.domain.submission import Period
from service.domain.submission_reach import Reach
from service.formats.errors import UnreadableFileError
from service.store import products, submissions
from service.store.reach import read_reach
from service.store.session import open_transaction
from service.use_cases.check_bom import CheckedBom, check_bom

_FORM = "multipart/form-data"
_RAW = ("text/csv", XLSX, "application/octet-stream")
_LONGEST_NAME = 200
_BINARY = {"type": "string", "format": "binary"}
_BODY = {"schema": _BINARY}
_FIELDS = {"type": "object", "properties": {"file": _BINARY}, "required": ["file"]}
# How the routes describe a body that is read here.
DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {_FORM: {"schema": _FIELDS}, **dict.fromkeys(_RAW, _BODY)},
    }
}


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file as it came: the open file, and its name for messages."""

    opened: BinaryIO
    name: str


@dataclass(frozen=True, slots=True)
class UploadedBom:
    """A file that was checked.

    Args:
        checked: What the check brought.
        annotated: The file with its errors in it, where it has some and that was asked for.
        produced: How much of the product the period made, where that was said.
    """

    checked: CheckedBom
    annotated: bytes | None
    produced: Quantity | None


@dataclass(frozen=True, slots=True)
class _Produced:
    """What a request says that the period made."""

    amount: float | None
    unit: str | None

    def measure(self, product: Product) -> Quantity | None:
        if self.amount is None:
            return None
        return Quantity(self.amount, self.unit or product.declared.unit)


@dataclass(frozen=True, slots=True)
class _Upload:
    """What checks need of a request."""

    wiring: Wired
    turns: HeavyTurns
    speaking: Speaking
    caller: Calling
    file: TakenFile
    annotate: bool
    produced: _Produced

    def check(self, reach: Reach, period: Period | None) -> UploadedBom:
        with self.turns.take():
            checked = check_bom(
                self.file.opened,
                self.file.name,
                self.wiring.library,
                product_id=reach.product.id,
                period=period,
                reach=reach,
            )
            wanted = self.annotate and checked.reading.defects
            annotated = checked.annotate(self.speaking) if wanted else None
            return UploadedBom(checked, annotated, self.produced.measure(reach.product))


async def _take_file(request: Request) -> AsyncIterator[TakenFile]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _RAW:
        yield TakenFile(io.BytesIO(await request.body()), "file")
        return
    if kind != _FORM:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, headers={"Accept": ", ".join((_FORM, *_RAW))}
        )
    async with request.form() as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise UnreadableFileError(
                Text(en="The form has no file “file”.", zh="表单中缺少文件字段“file”。"),
                Text(en="Send the file in the field “file”.", zh="请将文件放入“file”字段。"),
            )
        yield TakenFile(file.file, (file.filename or "file")[-_LONGEST_NAME:])


async def _read_produced(
    produced: Annotated[
        float | None,
        Query(
            gt=0,
            allow_inf_nan=False,
            description="How much of the product the period made. Required where a row claims a "
            "certificate, which is spent for all of it.",
        ),
    ] = None,
    produced_unit: Annotated[
        str | None, Query(description="Its unit; the declared one where none is given.")
    ] = None,
) -> _Produced:
    return _Produced(produced, produced_unit)


def _take(
    wiring: Wired,
    turns: HeavyTurns,
    speaking: Speaking,
    caller: Calling,
    file: Annotated[TakenFile, Depends(_take_file)],
    *,
    annotate: Annotated[
        bool, Query(description="Answer the file itself with its errors written into it.")
    ] = False,
    produced: Annotated[_Produced, Depends(_read_produced)],
) -> _Upload:
    return _Upload(wiring, turns, speaking, caller, file, annotate, produced)


def _check_new(
    product_id: UUID,
    upload: Annotated[_Upload, Depends(_take)],
    period_start: Annotated[date | None, Query(description="Where the file states none.")] = None,
    period_end: Annotated[date | None, Query(description="This day included.")] = None,
) -> UploadedBom:
    caller = upload.caller
    with open_transaction(upload.wiring.members.engine, caller.viewer, reading=True) as session:
        reach = read_reach(session, products.get_own(session, product_id, caller.organisation_id))
    given = None
    if period_start is not None and period_end is not None:
        given = Period(period_start, period_end)
    return upload.check(reach, given)


def _check_next(submission_id: UUID, upload: Annotated[_Upload, Depends(_take)]) -> UploadedBom:
    caller = upload.caller
    with open_transaction(upload.wiring.members.engine, caller.viewer, reading=True) as session:
        kept = submissions.get_own(session, submission_id, caller.organisation_id)
        reach = read_reach(session, products.get(session, kept.product_id))
    return upload.check(reach, kept.period)


# Ask for them before the transaction: dependencies are met in the order of the signature.
NewBom = Annotated[UploadedBom, Depends(_check_new)]
NextBom = Annotated[UploadedBom, Depends(_check_next)]
