"""Acceptance and return: by the buyer who asked for the data, or by the owner where nobody did.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.formats.members.review import ReviewItem
from service.formats.members.submission import ReturnAsked, SubmissionItem


class Decisions:
    """Acceptance and return: by the buyer who asked for the data, or by the owner where nobody did."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept_own_submission(self, submission_id: UUID) -> SubmissionItem:
        """Accept your own submission, where nobody asked for its data and its review found no bar."""
        return self._connection.send(
            "POST", f"/v1/submissions/{submission_id}/acceptance", SubmissionItem
        )

    def return_own_submission(self, submission_id: UUID, body: ReturnAsked) -> SubmissionItem:
        """Take your own submission back to mend it, where nobody asked for its data."""
        return self._connection.send(
            "POST", f"/v1/submissions/{submission_id}/return", SubmissionItem, body=body
        )

    def accept_reviewed_submission(self, review_id: UUID) -> ReviewItem:
        """Accept a submission that you asked for. Footprints that rest on it are calculated anew."""
        return self._connection.send("POST", f"/v1/reviews/{review_id}/acceptance", ReviewItem)

    def return_reviewed_submission(self, review_id: UUID, body: ReturnAsked) -> ReviewItem:
        """Return a submission that you asked for, with the reason."""
        return self._connection.send(
            "POST", f"/v1/reviews/{review_id}/return", ReviewItem, body=body
        )
