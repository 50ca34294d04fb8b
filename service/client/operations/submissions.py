"""`/v1/submissions`: activity data that suppliers draft, edit and hand in.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from datetime import date
from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.listing import ListDocument
from service.formats.members.submission import (
    LineChangesAsked,
    ProcessAsked,
    SubmissionAsked,
    SubmissionDocument,
    SubmissionItem,
    SubmittedDocument,
)


class Submissions:
    """`/v1/submissions`: activity data that suppliers draft, edit and hand in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def draft_submission(self, product_id: UUID, body: SubmissionAsked) -> SubmissionItem:
        """Draft the next version of a product's activity data for a period."""
        return self._connection.send(
            "POST", f"/v1/products/{product_id}/submissions", SubmissionItem, body=body
        )

    def draft_submission_from_bom(
        self,
        product_id: UUID,
        body: bytes,
        *,
        period_start: date | None = None,
        period_end: date | None = None,
        annotate: bool = False,
        produced: float | None = None,
        produced_unit: str | None = None,
        content_type: str,
    ) -> SubmissionItem:
        """Draft the next version from a bill of materials: all of it, or nothing."""
        return self._connection.send(
            "POST",
            f"/v1/products/{product_id}/submissions/bom",
            SubmissionItem,
            body=body,
            query={
                "period_start": period_start,
                "period_end": period_end,
                "annotate": annotate,
                "produced": produced,
                "produced_unit": produced_unit,
            },
            headers={"Content-Type": content_type},
        )

    def list_submissions(
        self,
        product_id: UUID,
        *,
        as_known_on: date | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[SubmissionItem]:
        """List the versions of a product's activity data."""
        return self._connection.send(
            "GET",
            f"/v1/products/{product_id}/submissions",
            ListDocument[SubmissionItem],
            query={"as_known_on": as_known_on, "limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_submission(self, submission_id: UUID) -> SubmissionDocument:
        """Read a version with its process: yours, or one that you are appointed to verify."""
        return self._connection.send("GET", f"/v1/submissions/{submission_id}", SubmissionDocument)

    def replace_process(
        self, submission_id: UUID, body: ProcessAsked, *, version: int
    ) -> SubmissionItem:
        """Put another process into a draft, or into what was returned."""
        return self._connection.send(
            "PUT", f"/v1/submissions/{submission_id}", SubmissionItem, body=body, version=version
        )

    def replace_process_from_bom(
        self,
        submission_id: UUID,
        body: bytes,
        *,
        version: int,
        annotate: bool = False,
        produced: float | None = None,
        produced_unit: str | None = None,
        content_type: str,
    ) -> SubmissionItem:
        """Put the process of a bill of materials into a draft, or into what was returned."""
        return self._connection.send(
            "PUT",
            f"/v1/submissions/{submission_id}/bom",
            SubmissionItem,
            body=body,
            query={"annotate": annotate, "produced": produced, "produced_unit": produced_unit},
            headers={"Content-Type": content_type},
            version=version,
        )

    def change_process_lines(
        self, submission_id: UUID, body: LineChangesAsked, *, version: int
    ) -> SubmissionItem:
        """Add, replace or remove single lines of a draft, or of what was returned."""
        return self._connection.send(
            "PATCH", f"/v1/submissions/{submission_id}", SubmissionItem, body=body, version=version
        )

    def remove_submission(self, submission_id: UUID, *, version: int) -> None:
        """Throw a draft away that was never handed in."""
        return self._connection.send(
            "DELETE", f"/v1/submissions/{submission_id}", NoneType, version=version
        )

    def submit_submission(self, submission_id: UUID) -> SubmittedDocument:
        """Hand a version in. Its review is a job; whoever asked for the data decides on it."""
        return self._connection.send(
            "POST", f"/v1/submissions/{submission_id}/submit", SubmittedDocument
        )
