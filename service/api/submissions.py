"""`/v1/submissions`: activity data that suppliers draft, edit and hand in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from service.api.bom import answer_workbook
from service.api.bom_upload import DESCRIBED, NewBom, NextBom
from service.api.callers import Calling
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.templates import XLSX
from service.api.transactions import Now, Reading, Transaction
from service.domain.kept_submission import KeptSubmission
from service.formats.chain.line_changes import change_lines
from service.formats.chain.process_text import (
    Process,
    WrittenProcess,
    run_of,
    validate_run,
    write_activity,
    write_run,
)
from service.formats.members.job import path_of
from service.formats.members.listing import ListDocument
from service.formats.members.submission import (
    LineChangesAsked,
    ProcessAsked,
    SubmissionAsked,
    SubmissionDocument,
    SubmissionItem,
    SubmittedDocument,
    to_period,
    to_produced,
    to_submission_document,
    to_submission_item,
    to_submitted_document,
)
from service.store import products, submissions
from service.use_cases import draft_submission as drafting
from service.use_cases import edit_submission as editing
from service.use_cases import remove_submission as removing
from service.use_cases import submit_submission as submitting

router = make_router("submissions")

_ANNOTATED: dict[int | str, dict[str, Any]] = {
    422: {
        "description": "Every wrong row; with `annotate` the file with its errors. "
        "Nothing was stored.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/v1/products/{product_id}/submissions", status_code=HTTPStatus.CREATED)
def draft_submission(
    product_id: UUID,
    asked: SubmissionAsked,
    session: Transaction,
    caller: Calling,
    now: Now,
    response: Response,
) -> SubmissionItem:
    """Draft the next version of a product's activity data for a period."""
    produced = to_produced(asked.produced)
    written = write_run(str(product_id), to_period(asked.period), asked.process, produced)
    kept = drafting.draft_submission(
        session, product_id, written, by=caller.organisation_id, now=now
    )
    return _answer(kept, response)


@router.post(
    "/v1/products/{product_id}/submissions/bom",
    status_code=HTTPStatus.CREATED,
    response_model=SubmissionItem,
    responses=_ANNOTATED,
    openapi_extra=DESCRIBED,
)
def draft_submission_from_bom(
    product_id: UUID,
    bom: NewBom,
    session: Transaction,
    caller: Calling,
    now: Now,
    response: Response,
) -> SubmissionItem | Response:
    """Draft the next version from a bill of materials: all of it, or nothing."""
    if bom.annotated is not None:
        return answer_workbook(bom.annotated, HTTPStatus.UNPROCESSABLE_ENTITY)
    written = write_activity(bom.checked.to_submission(), bom.produced)
    kept = drafting.draft_submission(
        session, product_id, written, by=caller.organisation_id, now=now
    )
    return _answer(kept, response)


@router.get("/v1/products/{product_id}/submissions")
def list_submissions(
    product_id: UUID,
    session: Reading,
    asked: Listing,
    as_known_on: Annotated[
        date | None,
        Query(description="Only versions that held at the end of that day, UTC; one a period."),
    ] = None,
) -> ListDocument[SubmissionItem]:
    """List the versions of a product's activity data."""
    products.get(session, product_id)
    known_at = None if as_known_on is None else datetime.combine(as_known_on, time.max, UTC)
    page = submissions.list_versions(session, product_id, asked, known_at=known_at)
    return asked.answer(page.map(to_submission_item))


@router.get("/v1/submissions/{submission_id}")
def get_submission(submission_id: UUID, session: Reading, response: Response) -> SubmissionDocument:
    """Read a version with its process: yours, or one that you are appointed to verify."""
    kept = submissions.get(session, submission_id)
    put_etag(response, kept.version)
    return to_submission_document(kept, submissions.read_process(session, submission_id))


@router.put("/v1/submissions/{submission_id}")
def replace_process(
    submission_id: UUID,
    asked: ProcessAsked,
    session: Transaction,
    caller: Calling,
    version: IfMatch,
    now: Now,
    response: Response,
) -> SubmissionItem:
    """Put another process into a draft, or into what was returned."""

    def rewrite(kept: KeptSubmission, _: Process) -> WrittenProcess:
        produced = to_produced(asked.produced)
        return write_run(str(kept.product_id), kept.period, asked.process, produced)

    kept = editing.edit_submission(
        session, submission_id, rewrite, by=caller.organisation_id, version=version, now=now
    )
    return _answer(kept, response)


@router.put(
    "/v1/submissions/{submission_id}/bom",
    response_model=SubmissionItem,
    responses=_ANNOTATED,
    openapi_extra=DESCRIBED,
)
def replace_process_from_bom(
    submission_id: UUID,
    bom: NextBom,
    session: Transaction,
    caller: Calling,
    version: IfMatch,
    now: Now,
    response: Response,
) -> SubmissionItem | Response:
    """Put the process of a bill of materials into a draft, or into what was returned."""
    if bom.annotated is not None:
        return answer_workbook(bom.annotated, HTTPStatus.UNPROCESSABLE_ENTITY)
    written = write_activity(bom.checked.to_submission(), bom.produced)
    kept = editing.edit_submission(
        session,
        submission_id,
        lambda _kept, _process: written,
        by=caller.organisation_id,
        version=version,
        now=now,
    )
    return _answer(kept, response)


@router.patch("/v1/submissions/{submission_id}")
def change_process_lines(
    submission_id: UUID,
    asked: LineChangesAsked,
    session: Transaction,
    caller: Calling,
    version: IfMatch,
    now: Now,
    response: Response,
) -> SubmissionItem:
    """Add, replace or remove single lines of a draft, or of what was returned."""

    def rewrite(kept: KeptSubmission, process: Process) -> WrittenProcess:
        changed = change_lines(process, (change.to_change() for change in asked.changes))
        produced = to_produced(asked.produced) or kept.produced
        run = validate_run(run_of(changed))
        return write_run(str(kept.product_id), kept.period, run, produced)

    kept = editing.edit_submission(
        session, submission_id, rewrite, by=caller.organisation_id, version=version, now=now
    )
    return _answer(kept, response)


@router.delete("/v1/submissions/{submission_id}", status_code=HTTPStatus.NO_CONTENT)
def remove_submission(
    submission_id: UUID, session: Transaction, caller: Calling, version: IfMatch, now: Now
) -> None:
    """Throw a draft away that was never handed in."""
    removing.remove_submission(
        session, submission_id, by=caller.organisation_id, version=version, now=now
    )


@router.post("/v1/submissions/{submission_id}/submit", status_code=HTTPStatus.ACCEPTED)
def submit_submission(
    submission_id: UUID,
    session: Transaction,
    caller: Calling,
    now: Now,
    response: Response,
) -> SubmittedDocument:
    """Hand a version in. Its review is a job; whoever asked for the data decides on it."""
    kept, job_id = submitting.submit_submission(
        session, submission_id, by=caller.organisation_id, now=now
    )
    put_etag(response, kept.version)
    response.headers["Location"] = path_of(job_id)
    return to_submitted_document(kept, path_of(job_id))


def _answer(kept: KeptSubmission, response: Response) -> SubmissionItem:
    put_etag(response, kept.version)
    return to_submission_item(kept)
