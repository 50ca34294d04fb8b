"""Answers what causes a job: 202 with the job, or what comes out, for whom `Prefer` says to wait.

The wait begins when the transaction of the request is committed and its connection given back: it
is the answer itself that waits, and FastAPI sends an answer after the dependencies of its function
are closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, HTTPException, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from service.api.callers import Calling
from service.api.context import Wired
from service.api.job_watch import JobWatch
from service.domain.access import Caller
from service.domain.job import Job, JobState
from service.formats.bilingual import Part
from service.formats.members.job import path_of, to_job_document
from service.store import jobs
from service.store.session import open_transaction
from service.wiring import Wiring

MOST_SECONDS = 30
_WAIT = re.compile(r'(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})')  # RFC 7240, 4.3
_JSON = "application/json"
Render = Callable[[Session, Job], Part]


@dataclass(frozen=True, slots=True)
class JobAsked:
    """Who causes a job, and how long it would wait for its end.

    Args:
        caller: Who calls.
        wiring: What the doors need.
        watch: Who looks at the job meanwhile.
        seconds: How long the caller waits; 0 does not.
    """

    caller: Caller
    wiring: Wiring
    watch: JobWatch
    seconds: int


async def _ask(
    request: Request,
    caller: Calling,
    wiring: Wired,
    prefer: Annotated[
        str | None,
        Header(
            max_length=200,
            description=f"`wait=10` waits so many seconds (at most {MOST_SECONDS}) for the result.",
        ),
    ] = None,
) -> JobAsked:
    found = _WAIT.search(prefer or "")
    seconds = min(int(found[1]), MOST_SECONDS) if found else 0
    return JobAsked(caller, wiring, request.app.state.job_watch, seconds)


AsksJob = Annotated[JobAsked, Depends(_ask)]


def answer_job(
    asked: JobAsked, session: Session, job_id: UUID, render: Render | None = None
) -> Response:
    """The answer to a request that caused a job.

    Args:
        asked: The dependency `AsksJob`.
        session: The transaction of the cause.
        job_id: The job.
        render: Reads what came out, in a transaction of its own through the caller's eyes; what
            it gives is answered with 200 if the job is done in time. Without it, and for a job
            that ended otherwise, the answer is 202 with the job as it then stands.
    """
    return _JobAnswer(asked, jobs.get(session, job_id), render)


class _JobAnswer(Response):
    """An answer that waits before it is sent."""

    def __init__(self, asked: JobAsked, job: Job, render: Render | None) -> None:
        super().__init__(
            _write(asked, job),
            status_code=HTTPStatus.ACCEPTED,
            media_type=_JSON,
            headers={"Location": path_of(job.id)},
        )
        self._asked, self._job_id, self._render = asked, job.id, render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then send."""
        asked = self._asked
        if asked.seconds:
            try:
                with asked.watch.take_place(asked.caller.organisation_id):
                    job = await self._wait_for_end()
            except HTTPException:
                job = None  # too many wait already: the answer leaves at once
            if job is not None:
                await self._tell(job)
                self.headers["Preference-Applied"] = f"wait={asked.seconds}"
        await super().__call__(scope, receive, send)

    async def _wait_for_end(self) -> Job | None:
        following = self._asked.watch.follow(self._job_id, seconds=self._asked.seconds)
        async with aclosing(following) as changes:
            seen = [job async for job in changes]
        return seen[-1] if seen else None

    async def _tell(self, job: Job) -> None:
        if job.state is JobState.DONE and self._render is not None:
            self.status_code = HTTPStatus.OK
            if location := (job.result or {}).get("location"):
                self.headers["Content-Location"] = location
            self.body = await run_in_threadpool(self._read, job, self._render)
        else:
            self.body = _write(self._asked, job)
        self.headers["Content-Length"] = str(len(self.body))

    def _read(self, job: Job, render: Render) -> bytes:
        asked = self._asked
        engine, viewer = asked.wiring.members.engine, asked.caller.viewer
        with open_transaction(engine, viewer, actor=asked.caller.actor) as session:
            return render(session, job).model_dump_json().encode()


def _write(asked: JobAsked, job: Job) -> bytes:
    return to_job_document(job, asked.caller.organisation_id).model_dump_json().encode()
