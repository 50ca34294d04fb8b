"""`/v1/reviews`: what buyers decide on; `/check` and `/explanations`: what suppliers do before.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.api.reviews import ExplanationsAsked, FindingsDocument
from service.client.connection import Connection
from service.domain.review import ReviewState
from service.formats.members.job import JobDocument
from service.formats.members.listing import ListDocument
from service.formats.members.review import ReviewDocument, ReviewItem


class Reviews:
    """`/v1/reviews`: what buyers decide on; `/check` and `/explanations`: what suppliers do before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_reviews(
        self,
        *,
        submission: UUID | None = None,
        product: UUID | None = None,
        state: ReviewState | None = None,
        mine: bool = False,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[ReviewItem]:
        """Reviews of what you submitted, and of what you asked for."""
        return self._connection.send(
            "GET",
            "/v1/reviews",
            ListDocument[ReviewItem],
            query={
                "submission": submission,
                "product": product,
                "state": state,
                "mine": mine,
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
            },
        )

    def get_review(self, review_id: UUID) -> ReviewDocument:
        """One review; that its reviewer read it is recorded for the supplier."""
        return self._connection.send("GET", f"/v1/reviews/{review_id}", ReviewDocument)

    def post_check(self, submission_id: UUID) -> JobDocument:
        """Find what is doubtful about a draft before you submit it; nobody else learns of it."""
        return self._connection.send("POST", f"/v1/submissions/{submission_id}/check", JobDocument)

    def put_explanations(
        self, submission_id: UUID, body: ExplanationsAsked, *, version: int
    ) -> FindingsDocument:
        """Say why what looks doubtful is true; your buyer sees that you did, not what you said."""
        return self._connection.send(
            "PUT",
            f"/v1/submissions/{submission_id}/explanations",
            FindingsDocument,
            body=body,
            version=version,
        )
