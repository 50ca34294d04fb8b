"""Cancels a job: at once where it waits, at its next step where it is under way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.job import Job
from service.domain.versions import NotNowError
from service.store import jobs
from service.store.audit import AuditNote, note


def cancel_job(session: Session, job_id: UUID, now: datetime) -> Job:
    """Cancel a job, and give how it stands then.

    Raises:
        NotThereError: There is none that the viewer sees.
        NotNowError: It has ended.
    """
    job = jobs.get(session, job_id)
    if not (jobs.cancel(session, job_id, now) or jobs.ask_to_stop(session, job_id)):
        raise NotNowError(
            Text(en="The job has ended.", zh="任务已结束。"),
            Text(en="Read how it ended.", zh="请查看任务的最终状态。"),
            value=job.state,
        )
    note(
        session,
        AuditNote(
            at=now,
            action="job.cancel",
            subject="job",
            subject_id=job_id,
            organisation_id=job.organisation_id,
            details={"kind": job.kind.value},
        ),
    )
    return jobs.get(session, job_id)
