"""Check a draft: what its review would find, for its owner alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.job import Job, JobKind
from service.domain.kept_submission import refuse_uneditable
from service.store import jobs, submissions


def check_submission(
    session: Session, submission_id: UUID, owner_id: UUID, *, now: datetime
) -> Job:
    """Queue the review of a version that is not handed in.

    Raises:
        NotThereError: The firm has no such submission.
        NotNowError: It is handed in, or accepted: its review is on its way or done.
    """
    kept = submissions.get_own(session, submission_id, owner_id)
    refuse_uneditable(kept)
    job_id = jobs.add(
        session,
        JobKind.REVIEW_SUBMISSION,
        {"submission_id": str(kept.id)},
        organisation_id=owner_id,
        now=now,
    )
    return jobs.get(session, job_id)
