"""A submission is accepted: by the buyer who asked for it, or by its owner where nobody did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import GreenchainError, Text
from service.domain import kept_submission
from service.domain.data_request import AWAITED, DataRequestState, move
from service.domain.decision import (
    refuse_closed,
    refuse_other_reviewer,
    refuse_owners_decision,
)
from service.domain.kept_submission import KeptSubmission, SubmissionState, supersede
from service.domain.network import drawn_products
from service.domain.registered_certificate import claimed_kwh, refuse_overspent
from service.domain.review import Review, ReviewState
from service.domain.submission_reach import made_by, refuse_beyond, refuse_made_elsewhere
from service.domain.versions import NotNowError
from service.formats.chain.process_text import read_kept_process
from service.formats.members.chain_letters import write_acceptance
from service.store import (
    audit,
    calculations,
    certificates,
    data_requests,
    firm_letters,
    members,
    networks,
    products,
    reviews,
    submissions,
)
from service.store.audit import AuditNote
from service.store.reach import read_reach
from service.store.session import whole_store


def accept_own(session: Session, submission_id: UUID, *, by: UUID, now: datetime) -> KeptSubmission:
    """Accept a submission of the firm's own that nobody asked for.

    Raises:
        NotThereError: There is no such submission of the firm.
        NotNowError: It cannot be accepted now, or a buyer decides on it.
        InvalidChainError: Every line that refers to what it may no longer.
        MadeElsewhereError: Another accepted run makes one of its products.
        CertificateOverspentError: More is claimed of a certificate than is left.
    """
    submissions.get_own(session, submission_id, by)
    with whole_store(session):
        kept = _lock(session, submission_id)
        refuse_owners_decision(reviews.find_of_submission(session, submission_id))
        return _accept(session, kept, now)


def accept_reviewed(
    session: Session, review_id: UUID, *, by: UUID, public_url: str, now: datetime
) -> Review:
    """Accept a submission that the firm asked for, by what its review shows; its supplier is told.

    Why it cannot be accepted is told in general: the lines are its supplier's alone.

    Raises:
        NotThereError: There is no such review that the firm holds.
        NotNowError: It is decided already, or the submission cannot be accepted now.
    """
    review = reviews.get(session, review_id)
    refuse_other_reviewer(review, by)
    with whole_store(session):
        kept = _lock(session, review.submission_id)
        review = reviews.get(session, review_id, locked=True)
        refuse_closed(review)
        try:
            _accept(session, kept, now)
        except NotNowError:
            raise
        except GreenchainError:
            raise _outdated() from None
        reviews.close(session, review, ReviewState.ACCEPTED, reason=None, now=now)
        _tell_supplier(session, review, public_url, now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="review.accept",
            subject="review",
            subject_id=review_id,
            organisation_id=by,
            details={"submission_id": str(kept.id)},
        ),
    )
    return reviews.get(session, review_id)


def _tell_supplier(session: Session, review: Review, public_url: str, now: datetime) -> None:
    letter = write_acceptance(
        members.get(session, review.reviewer_id).name,
        products.get(session, review.product_id).name,
        f"{public_url}/submissions/{review.submission_id}",
    )
    firm_letters.write_to_firm(session, review.supplier_id, letter, now)


def _lock(session: Session, submission_id: UUID) -> KeptSubmission:
    """Take the turn of whoever changes versions of what it makes, then read the version."""
    product_id = submissions.get(session, submission_id).product_id
    activity = read_kept_process(submissions.read_process(session, submission_id))
    products.lock(session, {product_id, *made_by(activity)})
    return submissions.get(session, submission_id, locked=True)


def _accept(session: Session, kept: KeptSubmission, now: datetime) -> KeptSubmission:
    former = submissions.find_accepted(session, kept.product_id, kept.period)
    accepted = kept_submission.accept(kept, None if former is None else former.id, now)
    activity = read_kept_process(submissions.read_process(session, kept.id))
    reach = read_reach(session, products.get(session, kept.product_id))
    refuse_beyond(activity, reach, kept.produced)
    refuse_made_elsewhere(kept, networks.list_makers(session, made_by(activity), kept.period))
    claims = claimed_kwh(activity, reach.product, kept.produced)
    if former is not None:
        submissions.replace(session, supersede(former, now))
        certificates.release(session, former.id, now)
    _spend_certificates(session, kept, claims, now)
    submissions.keep_inputs(session, kept, set(map(UUID, drawn_products(activity))))
    submissions.replace(session, accepted)
    _close_requests(session, kept)
    calculations.cause(
        session, kept.product_id, kept.period, organisation_id=kept.organisation_id, now=now
    )
    _note(session, accepted, now)
    return accepted


def _spend_certificates(
    session: Session, kept: KeptSubmission, claims: Mapping[UUID, Decimal], now: datetime
) -> None:
    if not claims:
        return
    held = certificates.lock(session, claims.keys())
    refuse_overspent(held, certificates.read_spent(session, claims.keys()), claims)
    certificates.spend(session, kept.id, kept.organisation_id, claims, now)


def _close_requests(session: Session, kept: KeptSubmission) -> None:
    """Answer every buyer that asked for the product and period: one acceptance holds for all."""
    for request in data_requests.list_open_for(session, kept.product_id, kept.period):
        answered = request
        if request.state in AWAITED:
            answered = move(request, DataRequestState.SUBMITTED, submission_id=kept.id)
        data_requests.replace(session, move(answered, DataRequestState.ACCEPTED))


def _note(session: Session, accepted: KeptSubmission, now: datetime) -> None:
    details = {"product_id": str(accepted.product_id), "number": accepted.number}
    if accepted.replaces_id is not None:
        details["replaces_id"] = str(accepted.replaces_id)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.accept",
            subject="submission",
            subject_id=accepted.id,
            organisation_id=accepted.organisation_id,
            details={**details, "seal": submissions.read_seal(session, accepted.id)},
        ),
    )


def _outdated() -> NotNowError:
    return NotNowError(
        Text(
            en="Something that the submission rests on no longer holds.",
            zh="该提交所依据的内容已不再有效。",
        ),
        Text(
            en="Return it; its supplier is told what when it submits again.",
            zh="请退回；供应商再次提交时将获知具体原因。",
        ),
        value=SubmissionState.SUBMITTED.value,
    )
