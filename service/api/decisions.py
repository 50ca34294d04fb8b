"""Acceptance and return: by the buyer who asked for the data, or by the owner where nobody did."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from service.api.acting import Acting
from service.api.callers import Calling
from service.api.preconditions import put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Transaction
from service.formats.members.review import ReviewItem, to_review_item
from service.formats.members.submission import ReturnAsked, SubmissionItem, to_submission_item
from service.use_cases.accept_submission import accept_own, accept_reviewed
from service.use_cases.return_submission import return_own, return_reviewed

router = make_router("submissions")


@router.post("/v1/submissions/{submission_id}/acceptance")
def accept_own_submission(
    submission_id: UUID, session: Transaction, caller: Calling, now: Now, response: Response
) -> SubmissionItem:
    """Accept your own submission, where nobody asked for its data and its review found no bar."""
    kept = accept_own(session, submission_id, by=caller.organisation_id, now=now)
    put_etag(response, kept.version)
    return to_submission_item(kept)


@router.post("/v1/submissions/{submission_id}/return")
def return_own_submission(
    submission_id: UUID,
    asked: ReturnAsked,
    session: Transaction,
    caller: Calling,
    now: Now,
    response: Response,
) -> SubmissionItem:
    """Take your own submission back to mend it, where nobody asked for its data."""
    kept = return_own(session, submission_id, asked.reason, by=caller.organisation_id, now=now)
    put_etag(response, kept.version)
    return to_submission_item(kept)


@router.post("/v1/reviews/{review_id}/acceptance")
def accept_reviewed_submission(review_id: UUID, session: Transaction, acting: Acting) -> ReviewItem:
    """Accept a submission that you asked for. Footprints that rest on it are calculated anew."""
    review = accept_reviewed(
        session, review_id, by=acting.by, public_url=acting.public_url, now=acting.now
    )
    return to_review_item(review)


@router.post("/v1/reviews/{review_id}/return")
def return_reviewed_submission(
    review_id: UUID, asked: ReturnAsked, session: Transaction, acting: Acting
) -> ReviewItem:
    """Return a submission that you asked for, with the reason."""
    url = acting.public_url
    review = return_reviewed(
        session, review_id, asked.reason, by=acting.by, public_url=url, now=acting.now
    )
    return to_review_item(review)
