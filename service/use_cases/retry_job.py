"""Lets a dead job begin anew, when what killed it is mended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.job import Job
from service.domain.versions import NotNowError
from service.store import jobs
from service.store.audit import AuditNote, note


def retry_job(session: Session, job_id: UUID, now: datetime) -> Job:
    """Put a dead job back into the queue, and give how it stands then.

    Raises:
        NotThereError: There is none that the viewer sees.
        NotNowError: It is not dead.
    """
    job = jobs.get(session, job_id)
    if not jobs.revive(session, job_id, now):
        raise NotNowError(
            Text(en="The job is not dead.", zh="该任务并未失效。"),
            Text(en="Only a job in the state dead is retried.", zh="只能重试状态为dead的任务。"),
            value=job.state,
        )
    note(
        session,
        AuditNote(
            at=now,
            action="job.retry",
            subject="job",
            subject_id=job_id,
            organisation_id=job.organisation_id,
            details={"kind": job.kind.value},
        ),
    )
    return jobs.get(session, job_id)
