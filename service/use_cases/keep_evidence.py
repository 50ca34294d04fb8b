"""A supplier gives a file that shows where numbers of a submission come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Place, Text
from service.domain.errors import UnknownReferenceError
from service.domain.evidence import Evidence
from service.domain.kept_submission import refuse_uneditable
from service.formats.chain.process_text import SECTIONS, Process
from service.formats.evidence_file import clean_name, sniff
from service.gateways.files import Files
from service.store import audit, evidence, submissions
from service.store.audit import AuditNote
from service.store.ids import new_id


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as its sender gives it.

    Args:
        name: Its name, with whatever the sender put before it.
        declared_type: What the sender says that it is.
        content: Its bytes.
        line: Label of the line that it shows; None for the whole.
    """

    name: str
    declared_type: str
    content: bytes
    line: str | None


def keep_evidence(
    session: Session,
    submission_id: UUID,
    given: GivenFile,
    *,
    files: Files,
    by: UUID,
    now: datetime,
) -> Evidence:
    """Keep a file with a version that is still open to edits.

    The content goes into the file store before the commit: what a transaction that fails leaves
    there is swept up later, and no row ever points to nothing.

    Raises:
        NotThereError: There is no such submission of the firm.
        NotNowError: It was submitted or accepted.
        UnknownReferenceError: It has no line of that label.
        UnsupportedFileError: The file is of a kind that we do not keep.
    """
    kept = submissions.get_own(session, submission_id, by, locked=True)
    refuse_uneditable(kept)
    if given.line is not None:
        _refuse_unknown(given.line, submissions.read_process(session, submission_id))
    media_type = sniff(given.content, given.declared_type)
    added = Evidence(
        id=new_id(),
        organisation_id=by,
        submission_id=submission_id,
        product_id=kept.product_id,
        line=given.line,
        name=clean_name(given.name),
        media_type=media_type,
        size_bytes=len(given.content),
        sha256=hashlib.sha256(given.content).hexdigest(),
        at=now,
    )
    files.put(added.kept_as, given.content)
    evidence.add(session, added)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="evidence.keep",
            subject="evidence",
            subject_id=added.id,
            organisation_id=by,
            details={"submission_id": str(submission_id), "sha256": added.sha256},
        ),
    )
    return added


def _refuse_unknown(label: str, process: Process) -> None:
    labels = {line["id"] for section in SECTIONS for line in process.get(section, ())}
    if label not in labels:
        raise UnknownReferenceError(
            Text(en="The submission has no line “{label}”.", zh="该提交没有明细“{label}”。").format(
                label=label
            ),
            Text(en="Give the id of a line, or none.", zh="请填写明细的id，或留空。"),
            value=label,
        ).at(Place(line=label))
