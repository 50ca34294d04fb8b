"""A supplier hands a version in, to be reviewed and decided on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.data_request import AWAITED, DataRequestState, move
from service.domain.job import JobKind
from service.domain.kept_submission import KeptSubmission, submit
from service.domain.registered_certificate import claimed_kwh, refuse_overspent
from service.domain.submission import Submission
from service.domain.submission_reach import refuse_beyond, refuse_empty
from service.formats.chain.process_text import read_kept_process
from service.store import audit, certificates, data_requests, jobs, products, submissions
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
        InvalidChainError: Every line that refers to what it may not; links end.
        CertificateOverspentError: More is claimed of a certificate than is left.
    """
    kept = submissions.get_own(session, submission_id, by, locked=True)
    submitted = submit(kept, now)
    activity = read_kept_process(submissions.read_process(session, submission_id))
    refuse_empty(activity)
    reach = read_reach(session, products.get_own(session, kept.product_id, by))
    refuse_beyond(activity, reach)
    _refuse_overspent(session, kept, activity)
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
            details={"process_hash": submitted.process_hash},
        ),
    )
    subject = {"submission_id": str(submission_id)}
    job_id = jobs.add(session, JobKind.REVIEW_SUBMISSION, subject, organisation_id=by, now=now)
    return submitted, job_id


def _refuse_overspent(session: Session, kept: KeptSubmission, activity: Submission) -> None:
    """Tell now what acceptance would refuse; there it is held against what is left then."""
    claims = claimed_kwh(activity)
    if not claims:
        return
    former = submissions.find_accepted(session, kept.product_id, kept.period)
    held = {each: certificates.get(session, each) for each in claims}
    spent = certificates.read_spent(
        session, claims.keys(), without=None if former is None else former.id
    )
    refuse_overspent(held, spent, claims)
