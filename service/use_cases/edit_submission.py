"""A supplier edits a draft, or what was returned to it: as a whole or line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Defect, Text
from service.domain.errors import InvalidChainError
from service.domain.kept_submission import KeptSubmission, edit, refuse_uneditable
from service.domain.submission_reach import refuse_beyond
from service.domain.versions import refuse_other_version
from service.formats.chain.process_text import Process, WrittenProcess
from service.store import audit, products, submissions
from service.store.audit import AuditNote
from service.store.reach import read_reach

Rewrite = Callable[[KeptSubmission, Process], WrittenProcess]
"""What stands there in, what shall stand there out, for the same product and period."""


def edit_submission(
    session: Session,
    submission_id: UUID,
    rewrite: Rewrite,
    *,
    by: UUID,
    version: int | None,
    now: datetime,
) -> KeptSubmission:
    """Put another process into a version that is still open to edits.

    Args:
        session: The transaction.
        submission_id: The version.
        rewrite: Makes the new process.
        by: The firm that asks.
        version: The edit that it was made on; None for whatever stands.
        now: The present moment.

    Raises:
        NotThereError: There is no such submission of the firm.
        ChangedMeanwhileError: It stands at another version.
        NotNowError: It was submitted or accepted.
        InvalidChainError: Every line that refers to what it may not.
    """
    kept = submissions.get_own(session, submission_id, by, locked=True)
    refuse_other_version(version, kept.version)
    refuse_uneditable(kept)
    written = rewrite(kept, submissions.read_process(session, submission_id))
    _refuse_other_period(kept, written)
    product = products.get_own(session, kept.product_id, by)
    refuse_beyond(written.activity, read_reach(session, product), written.produced)
    edited = edit(kept, written.hash, written.produced)
    submissions.replace(session, edited, written.text)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.edit",
            subject="submission",
            subject_id=submission_id,
            organisation_id=by,
            details={"version": edited.version},
        ),
    )
    return edited


def _refuse_other_period(kept: KeptSubmission, written: WrittenProcess) -> None:
    if written.activity.period == kept.period:
        return
    period = written.activity.period
    raise InvalidChainError(
        Defect(
            "invalid-period",
            Text(
                en="The submission is for {start} to {end}.", zh="该提交的报告期为{start}至{end}。"
            ).format(start=kept.period.start, end=kept.period.end),
            Text(
                en="Correct the period, or draft a submission for the other one.",
                zh="请更正报告期，或为其他报告期另行起草。",
            ),
            value=f"{period.start}/{period.end}",
        )
    )
