"""A job as the API gives it, and what went wrong with it as the store keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from lca_models.errors import Defect, GreenchainError, Text
from service.domain.job import Job, JobKind, JobState
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.problem_document import TYPE_PATH

PATH = "/v1/jobs"
_FAILED = Text(
    en="The job failed on our side; what waits for another attempt is tried again by itself",
    zh="任务因服务内部原因失败；如仍在排队，系统将自动重试",
)


class JobDefect(Part):
    """One thing that is wrong; what is not known of its place is left out."""

    code: str
    organisation: str | None = None
    product: str | None = None
    line: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    reason: Bilingual
    cure: Bilingual


class JobProblem(Part):
    """What went wrong at the last attempt."""

    type: Annotated[str, Field(description="Stable: /problems/ and the code of the broken rule.")]
    title: Bilingual
    errors: list[JobDefect] = Field(default_factory=list)
    failure: Annotated[
        str | None, Field(description="Kind and place of a failure of ours; told to the operator.")
    ] = None


class JobDocument(Part):
    """Work that a change caused, and how far it is."""

    id: UUID
    kind: JobKind
    state: JobState
    progress: Annotated[float, Field(ge=0, le=1, description="Share that is done, 0 to 1.")]
    attempts: int
    run_after: datetime
    created_at: datetime
    finished_at: datetime | None
    cancel_asked: bool
    url: Annotated[str, Field(description="Where to read it again.")]
    events_url: Annotated[str, Field(description="Where to follow it as server-sent events.")]
    result_url: Annotated[str | None, Field(description="Where what came out is read.")]
    subject: Annotated[
        dict[str, Any] | None, Field(description="Ids of what it works on; told to its firm.")
    ]
    result: Annotated[
        dict[str, Any] | None, Field(description="Ids of what came out; told to its firm.")
    ]
    problem: JobProblem | None


def to_job_document(job: Job, reader_id: UUID) -> JobDocument:
    """A job as one firm reads it; the operator reads that it runs, not what it is about."""
    own = job.organisation_id in {None, reader_id}
    return JobDocument(
        id=job.id,
        kind=job.kind,
        state=job.state,
        progress=job.progress,
        attempts=job.attempts,
        run_after=job.run_after,
        created_at=job.created_at,
        finished_at=job.finished_at,
        cancel_asked=job.cancel_asked,
        url=path_of(job.id),
        events_url=f"{path_of(job.id)}/events",
        result_url=(job.result or {}).get("location") if own else None,
        subject=dict(job.subject) if own else None,
        result=None if job.result is None or not own else dict(job.result),
        problem=None if job.problem is None else _to_problem(job, reader_id),
    )


def _to_problem(job: Job, reader_id: UUID) -> JobProblem:
    """What went wrong: rules to the firm whose job it is, failures to the operator."""
    kept = JobProblem.model_validate(job.problem)
    if job.organisation_id == reader_id:
        return kept.model_copy(update={"failure": None})
    return kept.model_copy(update={"errors": []})


def path_of(job_id: UUID) -> str:
    """Where a job is read."""
    return f"{PATH}/{job_id}"


def describe_refusal(error: GreenchainError, *, in_full: bool) -> dict[str, Any]:
    """A broken rule as a job keeps it.

    Args:
        error: The rule, and where it is broken.
        in_full: Whether the firm of the job may know where.
    """
    problem = JobProblem(
        type=TYPE_PATH + error.code,
        title=to_bilingual(error.title),
        errors=[_to_defect(defect) for defect in error.defects] if in_full else [],
    )
    return problem.model_dump(mode="json", exclude_none=True)


def describe_failure(failure: str) -> dict[str, Any]:
    """A failure of ours as a job keeps it: its kind and place, never a value."""
    problem = JobProblem(
        type=TYPE_PATH + "internal-error", title=to_bilingual(_FAILED), failure=failure
    )
    return problem.model_dump(mode="json", exclude_none=True)


def _to_defect(defect: Defect) -> JobDefect:
    place = defect.place
    return JobDefect(
        code=defect.code,
        organisation=place.organisation,
        product=place.product,
        line=place.line,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        value=defect.value,
        reason=to_bilingual(defect.reason),
        cure=to_bilingual(defect.cure),
    )
