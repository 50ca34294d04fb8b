"""`/v1/evidence`: files that show where numbers of submissions come from."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import File, Form, Response, UploadFile

from lca_models.errors import Text
from service.api.callers import Calling
from service.api.context import Wired
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.formats.errors import FileTooLargeError
from service.formats.members.evidence import EvidenceDocument, to_evidence_document
from service.formats.members.listing import ListDocument
from service.formats.members.submission import Label
from service.store import evidence, submissions
from service.use_cases.keep_evidence import GivenFile, keep_evidence
from service.use_cases.read_evidence import read_evidence

router = make_router("evidence")

_FILE = {"schema": {"type": "string", "format": "binary"}}


@router.post("/v1/submissions/{submission_id}/evidence", status_code=HTTPStatus.CREATED)
def add_evidence(
    submission_id: UUID,
    file: Annotated[UploadFile, File(description="PDF, PNG, JPEG, XLSX, DOCX, CSV or text.")],
    session: Transaction,
    caller: Calling,
    wiring: Wired,
    now: Now,
    line: Annotated[Label | None, Form(description="`id` of the line; none for all.")] = None,
) -> EvidenceDocument:
    """Add a file to a draft; nobody but you and a verifier that you appoint can read it."""
    most = wiring.members.evidence_bytes
    content = file.file.read(most + 1)
    if len(content) > most:
        raise FileTooLargeError(
            Text(en="The file is larger than {most} bytes.", zh="文件超过{most}字节。").format(
                most=most
            ),
            Text(en="Send it in parts, or scan it coarser.", zh="请拆分文件，或降低扫描精度。"),
        )
    given = GivenFile(file.filename or "", file.content_type or "", content, line)
    kept = keep_evidence(
        session,
        submission_id,
        given,
        files=wiring.members.files,
        by=caller.organisation_id,
        now=now,
    )
    return to_evidence_document(kept)


@router.get("/v1/submissions/{submission_id}/evidence")
def list_evidence(
    submission_id: UUID, session: Reading, asked: Listing
) -> ListDocument[EvidenceDocument]:
    """List the files of a submission."""
    submissions.get(session, submission_id)
    page = evidence.list_of_submission(session, submission_id, asked)
    return asked.answer(page.map(to_evidence_document))


@router.get("/v1/evidence/{evidence_id}")
def get_evidence(evidence_id: UUID, session: Reading) -> EvidenceDocument:
    """Read what a file is."""
    return to_evidence_document(evidence.get(session, evidence_id))


@router.get(
    "/v1/evidence/{evidence_id}/content",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {"application/octet-stream": _FILE}}},
)
def download_evidence(evidence_id: UUID, session: Reading, wiring: Wired) -> Response:
    """Download a file, just as it was given; to be saved, not to be shown."""
    found, content = read_evidence(session, evidence_id, wiring.members.files)
    return Response(
        content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        },
    )
