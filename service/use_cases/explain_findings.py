"""Explain findings: the supplier says why what looks doubtful is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.kept_submission import KeptSubmission, SubmissionState
from service.domain.plausibility.finding import Finding
from service.domain.review import count_findings
from service.domain.versions import NotNowError, refuse_other_version
from service.formats.members.finding import read_finding
from service.store import audit, reviews, submissions
from service.store.audit import AuditNote

FindingKey = tuple[str, str | None]


def explain_findings(
    session: Session,
    submission_id: UUID,
    owner_id: UUID,
    words: Mapping[FindingKey, str],
    *,
    version: int | None,
    now: datetime,
) -> tuple[KeptSubmission, tuple[Finding, ...]]:
    """Keep what a supplier says about findings; the reviewer sees that it said something.

    Args:
        session: The supplier's transaction.
        submission_id: Its submission, handed in and reviewed.
        owner_id: The supplier.
        words: What it says, by code and line; findings that are not named keep their explanation.
        version: The version of the submission that it read; None for any.
        now: The present moment.

    Returns:
        The submission, and its findings with what was said.

    Raises:
        NotThereError: There is no such submission of the supplier.
        ChangedMeanwhileError: It has another version.
        NotNowError: It is not under review, or has no such finding.
    """
    kept = submissions.get_own(session, submission_id, owner_id, locked=True)
    refuse_other_version(version, kept.version)
    found = tuple(map(read_finding, kept.findings or ()))
    _refuse_unknown(kept, found, words)
    explained = tuple(
        replace(finding, explanation=words.get(finding.key, finding.explanation))
        for finding in found
    )
    kept = replace(kept, version=kept.version + 1)
    submissions.replace(session, kept)
    reviews.keep_findings(session, kept.id, explained)
    review = reviews.find_of_submission(session, kept.id, locked=True)
    if review is not None:
        counted = count_findings(explained)
        reviews.replace(session, replace(review, findings=counted, version=review.version + 1))
    audit.note(session, AuditNote(now, "submission.explain", "submission", kept.id, owner_id, {}))
    return kept, explained


def _refuse_unknown(
    kept: KeptSubmission, found: tuple[Finding, ...], words: Mapping[FindingKey, str]
) -> None:
    if kept.state is not SubmissionState.SUBMITTED or kept.findings is None:
        raise NotNowError(
            Text(en="The submission is not under review.", zh="该提交不在审核中。"),
            Text(
                en="Findings are explained between review and decision; a draft is corrected.",
                zh="仅可在审核完成后、作出决定前说明；草稿请直接更正。",
            ),
            value=kept.state.value,
        )
    unknown = sorted(code for code, _ in words.keys() - {finding.key for finding in found})
    if unknown:
        raise NotNowError(
            Text(
                en="There is no finding “{code}” on that line.", zh="该明细没有“{code}”问题。"
            ).format(code=unknown[0]),
            Text(en="Read the findings again.", zh="请重新读取审核发现。"),
            value=unknown[0],
        )
