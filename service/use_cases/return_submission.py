"""A submission is returned to be mended: by the buyer who asked for it, or by its owner."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.data_request import DataRequestState, move
from service.domain.decision import (
    refuse_closed,
    refuse_other_reviewer,
    refuse_owners_decision,
)
from service.domain.kept_submission import KeptSubmission, send_back
from service.domain.review import Review, ReviewState
from service.formats.members.chain_letters import write_return
from service.store import (
    audit,
    data_requests,
    firm_letters,
    members,
    products,
    reviews,
    submissions,
)
from service.store.audit import AuditNote
from service.store.session import whole_store


def return_own(
    session: Session, submission_id: UUID, reason: str, *, by: UUID, now: datetime
) -> KeptSubmission:
    """Take back a submission of the firm's own that nobody asked for, to mend it.

    Raises:
        NotThereError: There is no such submission of the firm.
        NotNowError: It is not submitted, or a buyer decides on it.
    """
    submissions.get_own(session, submission_id, by)
    with whole_store(session):
        returned = _return(session, submission_id, reason, now)
        refuse_owners_decision(reviews.find_of_submission(session, submission_id))
        _reopen_requests(session, returned, reason, None)
    return returned


def return_reviewed(
    session: Session, review_id: UUID, reason: str, *, by: UUID, public_url: str, now: datetime
) -> Review:
    """Return a submission that the firm asked for; its supplier is told.

    Raises:
        NotThereError: There is no such review that the firm holds.
        NotNowError: It is decided already.
    """
    review = reviews.get(session, review_id)
    refuse_other_reviewer(review, by)
    with whole_store(session):
        returned = _return(session, review.submission_id, reason, now)
        held = reviews.get(session, review_id, locked=True)
        refuse_closed(held)
        reviews.close(session, held, ReviewState.RETURNED, reason=reason, now=now)
        _reopen_requests(session, returned, reason, by)
        _tell_supplier(session, held, public_url, now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="review.return",
            subject="review",
            subject_id=review_id,
            organisation_id=by,
            details={"submission_id": str(review.submission_id)},
        ),
    )
    return reviews.get(session, review_id)


def _tell_supplier(session: Session, review: Review, public_url: str, now: datetime) -> None:
    letter = write_return(
        members.get(session, review.reviewer_id).name,
        products.get(session, review.product_id).name,
        f"{public_url}/submissions/{review.submission_id}",
    )
    firm_letters.write_to_firm(session, review.supplier_id, letter, now)


def _return(session: Session, submission_id: UUID, reason: str, now: datetime) -> KeptSubmission:
    found = submissions.get(session, submission_id)
    submissions.lock_versions(session, found.product_id)
    returned = send_back(submissions.get(session, submission_id, locked=True), reason)
    submissions.replace(session, returned)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.return",
            subject="submission",
            subject_id=submission_id,
            organisation_id=returned.organisation_id,
            details={"product_id": str(returned.product_id), "number": returned.number},
        ),
    )
    return returned


def _reopen_requests(
    session: Session, returned: KeptSubmission, reason: str, reviewer_id: UUID | None
) -> None:
    """Let every buyer that waits know; the reason is told to none but the one that gave it."""
    for request in data_requests.list_open_for(session, returned.product_id, returned.period):
        if request.state is DataRequestState.SUBMITTED:
            told = reason if request.asker_id == reviewer_id else None
            data_requests.replace(session, move(request, DataRequestState.RETURNED, reason=told))
