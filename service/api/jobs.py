"""`/v1/jobs`: what runs for a caller, followed to its end."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.api.callers import Calling
from service.api.job_watch import JobWatch
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.job import Job, JobKind, JobState
from service.formats.members.job import JobDocument, to_job_document
from service.formats.members.listing import ListDocument
from service.store import jobs
from service.use_cases.cancel_job import cancel_job
from service.use_cases.retry_job import retry_job

router = make_router("jobs")
_LONGEST_STREAM_S = 600  # a token may run out meanwhile; the reader comes back with another


@router.get("/v1/jobs")
def list_jobs(
    session: Reading,
    caller: Calling,
    asked: Listing,
    state: Annotated[JobState | None, Query(description="Those in this state.")] = None,
    kind: Annotated[JobKind | None, Query(description="Those of this kind.")] = None,
) -> ListDocument[JobDocument]:
    """Jobs of your organisation, the latest last; for the operator, those of all."""
    page = jobs.read_list(session, asked, state=state, kind=kind)
    return asked.answer(page.map(lambda job: to_job_document(job, caller.organisation_id)))


@router.get("/v1/jobs/{job_id}")
def get_job(
    job_id: UUID, session: Reading, caller: Calling, now: Now, response: Response
) -> JobDocument:
    """One job; while it has not ended, `Retry-After` says when to look again."""
    job = jobs.get(session, job_id)
    if not job.ended:
        response.headers["Retry-After"] = str(_pause(job, now))
    return to_job_document(job, caller.organisation_id)


def _pause(job: Job, now: datetime) -> int:
    return max(1, math.ceil((job.run_after - now).total_seconds()))


@router.post("/v1/jobs/{job_id}/cancellation")
def request_cancellation(
    job_id: UUID, session: Transaction, caller: Calling, now: Now
) -> JobDocument:
    """Cancel a job: at once where it waits, at its next step where it is under way."""
    return to_job_document(cancel_job(session, job_id, now), caller.organisation_id)


@router.post("/v1/jobs/{job_id}/retry")
def request_retry(job_id: UUID, session: Transaction, caller: Calling, now: Now) -> JobDocument:
    """Let a dead job begin anew."""
    return to_job_document(retry_job(session, job_id, now), caller.organisation_id)


def _prove_sight(job_id: UUID, session: Reading) -> UUID:
    return jobs.get(session, job_id).id


async def _take_place(request: Request, caller: Calling) -> AsyncIterator[JobWatch]:
    watch: JobWatch = request.app.state.job_watch
    with watch.take_place(caller.organisation_id):
        yield watch


@router.get("/v1/jobs/{job_id}/events", response_class=EventSourceResponse)
async def follow_job(
    seen_id: Annotated[UUID, Depends(_prove_sight)],
    watch: Annotated[JobWatch, Depends(_take_place)],
    caller: Calling,
) -> AsyncIterator[ServerSentEvent]:
    """Follow a job: `progress` at each change, `end` when it has ended; then the stream closes."""
    async with aclosing(watch.follow(seen_id, seconds=_LONGEST_STREAM_S)) as changes:
        async for job in changes:
            document = to_job_document(job, caller.organisation_id)
            yield ServerSentEvent(event="end" if job.ended else "progress", data=document)
