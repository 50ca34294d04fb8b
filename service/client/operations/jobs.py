"""`/v1/jobs`: what runs for a caller, followed to its end.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.domain.job import JobKind, JobState
from service.formats.members.job import JobDocument
from service.formats.members.listing import ListDocument


class Jobs:
    """`/v1/jobs`: what runs for a caller, followed to its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_jobs(
        self,
        *,
        state: JobState | None = None,
        kind: JobKind | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[JobDocument]:
        """Jobs of your organisation, the latest last; for the operator, those of all."""
        return self._connection.send(
            "GET",
            "/v1/jobs",
            ListDocument[JobDocument],
            query={"state": state, "kind": kind, "limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_job(self, job_id: UUID) -> JobDocument:
        """One job; while it has not ended, `Retry-After` says when to look again."""
        return self._connection.send("GET", f"/v1/jobs/{job_id}", JobDocument)

    def request_cancellation(self, job_id: UUID) -> JobDocument:
        """Cancel a job: at once where it waits, at its next step where it is under way."""
        return self._connection.send("POST", f"/v1/jobs/{job_id}/cancellation", JobDocument)

    def request_retry(self, job_id: UUID) -> JobDocument:
        """Let a dead job begin anew."""
        return self._connection.send("POST", f"/v1/jobs/{job_id}/retry", JobDocument)

    def follow_job(self, job_id: UUID) -> bytes:
        """Follow a job: `progress` at each change, `end` when it has ended; then the stream closes."""
        return self._connection.send("GET", f"/v1/jobs/{job_id}/events", bytes)
