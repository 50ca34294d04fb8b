"""A supplier hands a version in, to be reviewed and decided on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from service.domain.data_request import AWAITED, DataRequestState, move
from service.domain.job import JobKind
from service.domain.kept_submission import KeptSubmission, submit
from service.domain.registered_certificate import claimed_kwh, refuse_overspent
from service.domain.submission_reach import (
    made_by,
    refuse_beyond,
    refuse_empty,
    refuse_made_elsewhere,
)
from service.formats.chain.process_text import read_kept_process
from service.store import (
    audit,
    certificates,
    data_requests,
    jobs,
    networks,
    products,
    submissions,
)
from service.store.audit import AuditNote
from service.store.reach import read_reach


def submit_submission(
    session: Session, submission_id: UUID, *, by: UUID, now: datetime
) -> tuple[KeptSubmission, UUID]:
    """Hand a version in. Causes its review, and answers the requests that wait for it.

    Returns:
        The version, and the job that reviews it.

    Raises:
        NotThereError: There is no such submission of the firm.
        NotNowError: It was submitted or accepted already.
        MissingQuantityError: It has no line.
        InvalidChainError: Every line that refers to what it may not; links end. Every line that
            claims certified power, where it is not said what the period made.
        MadeElsewhereError: Another accepted run makes one of its products.
        CertificateOverspentError: More is claimed of a certificate than is left.
    """
    kept = submissions.get_own(session, submission_id, by, locked=True)
    submitted = submit(kept, now)
    activity = read_kept_process(submissions.read_process(session, submission_id))
    refuse_empty(activity)
    reach = read_reach(session, products.get_own(session, kept.product_id, by))
    refuse_beyond(activity, reach, kept.produced)
    refuse_made_elsewhere(kept, networks.list_makers(session, made_by(activity), kept.period))
    _refuse_overspent(session, kept, claimed_kwh(activity, reach.product, kept.produced))
    submissions.replace(session, submitted)
    for request in data_requests.list_open_for(session, kept.product_id, kept.period):
        if request.state in AWAITED:
            moved = move(request, DataRequestState.SUBMITTED, submission_id=submission_id)
            data_requests.replace(session, moved)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.submit",
            subject="submission",
            subject_id=submission_id,
            organisation_id=by,
            details={"seal": submissions.read_seal(session, submission_id)},
        ),
    )
    subject = {"submission_id": str(submission_id)}
    job_id = jobs.add(session, JobKind.REVIEW_SUBMISSION, subject, organisation_id=by, now=now)
    return submitted, job_id


def _refuse_overspent(
    session: Session, kept: KeptSubmission, claims: Mapping[UUID, Decimal]
) -> None:
    """Tell now what acceptance would refuse; there it is held against what is left then."""
    if not claims:
        return
    former = submissions.find_accepted(session, kept.product_id, kept.period)
    held = {each: certificates.get(session, each) for each in claims}
    spent = certificates.read_spent(
        session, claims.keys(), without=None if former is None else former.id
    )
    refuse_overspent(held, spent, claims)
