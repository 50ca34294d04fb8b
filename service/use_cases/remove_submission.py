"""A supplier throws a draft away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.kept_submission import refuse_unremovable
from service.domain.versions import refuse_other_version
from service.store import audit, evidence, submissions
from service.store.audit import AuditNote


def remove_submission(
    session: Session, submission_id: UUID, *, by: UUID, version: int | None, now: datetime
) -> None:
    """Forget a draft that was never submitted, with what files say of it.

    Raises:
        NotThereError: There is no such submission of the firm.
        ChangedMeanwhileError: It stands at another version.
        NotNowError: It was submitted before.
    """
    kept = submissions.get_own(session, submission_id, by, locked=True)
    refuse_other_version(version, kept.version)
    refuse_unremovable(kept)
    evidence.remove_of_submission(session, submission_id)
    submissions.remove(session, submission_id)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.remove",
            subject="submission",
            subject_id=submission_id,
            organisation_id=by,
            details={"product_id": str(kept.product_id), "number": kept.number},
        ),
    )
