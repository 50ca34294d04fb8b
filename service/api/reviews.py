"""`/v1/reviews`: what buyers decide on; `/check` and `/explanations`: what suppliers do before."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.review import ReviewState
from service.formats.bilingual import Part
from service.formats.members.finding import (
    ExplanationAsked,
    FindingDocument,
    to_finding_document,
)
from service.formats.members.job import JobDocument, path_of, to_job_document
from service.formats.members.listing import ListDocument
from service.formats.members.review import (
    ReviewDocument,
    ReviewItem,
    to_review_document,
    to_review_item,
)
from service.store import reviews
from service.store.reviews import ReviewFilter
from service.use_cases.check_submission import check_submission
from service.use_cases.explain_findings import explain_findings
from service.use_cases.read_review import read_review

router = make_router("reviews")
_MOST_EXPLANATIONS = 200


class ExplanationsAsked(Part):
    """What the supplier says about findings of its submission."""

    explanations: Annotated[
        list[ExplanationAsked], Field(min_length=1, max_length=_MOST_EXPLANATIONS)
    ]


class FindingsDocument(Part):
    """Findings of a submission, as its supplier reads them."""

    submission_id: UUID
    version: int
    findings: list[FindingDocument]


@router.get("/v1/reviews")
def list_reviews(
    session: Reading,
    asked: Listing,
    caller: Calling,
    submission: Annotated[UUID | None, Query(description="Of one submission.")] = None,
    product: Annotated[UUID | None, Query(description="Of one product.")] = None,
    state: Annotated[ReviewState | None, Query(description="Where they stand.")] = None,
    mine: Annotated[bool, Query(description="Only those that you decide on.")] = False,  # noqa: FBT002 - a query parameter, always named
) -> ListDocument[ReviewItem]:
    """Reviews of what you submitted, and of what you asked for."""
    wanted = ReviewFilter(
        submission_id=submission,
        product_id=product,
        reviewer_id=caller.organisation_id if mine else None,
        state=state,
    )
    return asked.answer(reviews.list_seen(session, asked, wanted).map(to_review_item))


@router.get("/v1/reviews/{review_id}")
def get_review(
    review_id: UUID, session: Transaction, caller: Calling, now: Now, response: Response
) -> ReviewDocument:
    """One review; that its reviewer read it is recorded for the supplier."""
    review = read_review(session, review_id, caller.organisation_id, now=now)
    put_etag(response, review.version)
    return to_review_document(review)


@router.post("/v1/submissions/{submission_id}/check", status_code=202)
def post_check(
    submission_id: UUID, session: Transaction, caller: Calling, now: Now, response: Response
) -> JobDocument:
    """Find what is doubtful about a draft before you submit it; nobody else learns of it.

    When the job is done, read the findings with the submission.
    """
    job = check_submission(session, submission_id, caller.organisation_id, now=now)
    response.headers["Location"] = path_of(job.id)
    return to_job_document(job, caller.organisation_id)


@router.put("/v1/submissions/{submission_id}/explanations")
def put_explanations(
    submission_id: UUID,
    asked: ExplanationsAsked,
    session: Transaction,
    caller: Calling,
    version: IfMatch,
    now: Now,
    response: Response,
) -> FindingsDocument:
    """Say why what looks doubtful is true; your buyer sees that you did, not what you said."""
    kept, found = explain_findings(
        session,
        submission_id,
        caller.organisation_id,
        {(each.code, each.line): each.words for each in asked.explanations},
        version=version,
        now=now,
    )
    put_etag(response, kept.version)
    return FindingsDocument(
        submission_id=kept.id,
        version=kept.version,
        findings=[to_finding_document(finding) for finding in found],
    )
