"""A verifier states what it found of an accepted submission."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.access import Caller, not_there
from service.domain.appointment import Outcome, VerificationStatement
from service.domain.kept_submission import SubmissionState
from service.domain.versions import NotNowError
from service.store import audit, submissions, verifications
from service.store.audit import AuditNote
from service.store.ids import new_id

_READABLE = frozenset({SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED})


def state_verification(
    session: Session,
    submission_id: UUID,
    caller: Caller,
    *,
    outcome: Outcome,
    statement: str,
    signed_by: str,
    now: datetime,
) -> VerificationStatement:
    """State what was found; it cannot be changed, only followed by another statement.

    Raises:
        NotThereError: The caller was not appointed for it, or it is the caller's own.
        NotNowError: It is not accepted.
    """
    kept = submissions.get(session, submission_id)
    if kept.organisation_id == caller.organisation_id:
        raise not_there(Text(en="submission to verify", zh="待核查的提交"))
    if kept.state not in _READABLE:
        raise NotNowError(
            Text(en="The submission is not accepted.", zh="该提交尚未被接受。"),
            Text(en="Verify what was accepted.", zh="请核查已被接受的提交。"),
        )
    stated = VerificationStatement(
        id=new_id(),
        organisation_id=kept.organisation_id,
        verifier_id=caller.organisation_id,
        submission_id=kept.id,
        product_id=kept.product_id,
        outcome=outcome,
        statement=statement,
        signed_by=signed_by,
        at=now,
    )
    verifications.add(session, stated)
    audit.note(session, _note(stated))
    return stated


def _note(stated: VerificationStatement) -> AuditNote:
    return AuditNote(
        at=stated.at,
        action="submission.verify",
        subject="submission",
        subject_id=stated.submission_id,
        organisation_id=stated.organisation_id,
        details={"verifier_id": str(stated.verifier_id), "outcome": stated.outcome.value},
    )
