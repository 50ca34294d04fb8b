"""A kept submission: one version of a product's activity data for a period, and where it stands.

A version is drafted, submitted, and then accepted or returned to be mended. Once accepted nothing
of it changes: a correction is the next version, which names the one it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from lca_models.errors import Text
from lca_models.facts.units import Quantity
from service.domain.submission import Period
from service.domain.versions import NotNowError

Finding = Mapping[str, Any]
"""What a review found, as a document with its `severity`."""
_BLOCKING = "blocking"


class SubmissionState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"


EDITABLE = frozenset({SubmissionState.DRAFT, SubmissionState.RETURNED})
OPEN = EDITABLE | {SubmissionState.SUBMITTED}


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """One version; its process stands beside it in the store.

    Args:
        id: Its id.
        organisation_id: The firm that makes the product.
        product_id: The product.
        period: The reporting period.
        number: Counts the versions of the product and period.
        process_hash: SHA-256 of the canonical process.
        created_at: When it was drafted.
        produced: How much of the product the period made, where that is stated.
        state: Where it stands.
        replaces_id: The accepted version that it replaced.
        findings: What its review found; None while none was held.
        reason: Why it was returned.
        submitted_at: When it was submitted last.
        accepted_at: When it was accepted.
        superseded_at: When the next version was accepted.
        version: Counts its edits.
    """

    id: UUID
    organisation_id: UUID
    product_id: UUID
    period: Period
    number: int
    process_hash: str
    created_at: datetime
    produced: Quantity | None = None
    state: SubmissionState = SubmissionState.DRAFT
    replaces_id: UUID | None = None
    findings: tuple[Finding, ...] | None = None
    reason: str | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    superseded_at: datetime | None = None
    version: int = 1

    @property
    def was_submitted(self) -> bool:
        """Whether others may have seen what its review found."""
        return self.submitted_at is not None


def refuse_uneditable(kept: KeptSubmission) -> None:
    """Make sure that a version may still be changed.

    Raises:
        NotNowError: It was submitted, or accepted.
    """
    if kept.state not in EDITABLE:
        cure = Text(
            en="Wait for its review, or draft the next version once it is accepted.",
            zh="请等待审核；审核通过后可起草新版本。",
        )
        raise _not_now(kept, Text(en="cannot be edited", zh="不能修改"), cure)


def refuse_unremovable(kept: KeptSubmission) -> None:
    """Make sure that a version may be thrown away: nobody but its owner has known of it.

    Raises:
        NotNowError: It was submitted before.
    """
    if kept.state is not SubmissionState.DRAFT or kept.was_submitted:
        cure = Text(
            en="Edit and submit it again, or leave it.", zh="请修改后重新提交，或保留原状。"
        )
        raise _not_now(kept, Text(en="cannot be deleted", zh="不能删除"), cure)


def edit(kept: KeptSubmission, process_hash: str, produced: Quantity | None) -> KeptSubmission:
    """The version with another process; what a review found of the old one goes.

    Raises:
        NotNowError: It was submitted, or accepted.
    """
    refuse_uneditable(kept)
    return _step(
        replace(kept, process_hash=process_hash, produced=produced, findings=None),
        state=SubmissionState.DRAFT,
    )


def submit(kept: KeptSubmission, now: datetime) -> KeptSubmission:
    """Hand a version in.

    Raises:
        NotNowError: It was handed in already, or accepted.
    """
    if kept.state not in EDITABLE:
        cure = Text(en="Wait for its review.", zh="请等待审核。")
        raise _not_now(kept, Text(en="cannot be submitted", zh="不能提交"), cure)
    handed_in = replace(kept, submitted_at=now, findings=None, reason=None)
    return _step(handed_in, state=SubmissionState.SUBMITTED)


def accept(kept: KeptSubmission, former_id: UUID | None, now: datetime) -> KeptSubmission:
    """Accept a version whose review found nothing that blocks it.

    Args:
        kept: The version.
        former_id: The accepted version that it replaces.
        now: The present moment.

    Raises:
        NotNowError: It is not submitted, its review is not done, or something blocks it.
    """
    _refuse_undecidable(kept, Text(en="cannot be accepted", zh="不能接受"))
    if kept.findings is None:
        cure = Text(en="Wait until its review is done.", zh="请等待审核计算完成。")
        raise _not_now(kept, Text(en="is still under review", zh="正在审核"), cure)
    if any(finding["severity"] == _BLOCKING for finding in kept.findings):
        cure = Text(
            en="Return it, so that the findings can be mended.", zh="请退回，由提交方更正。"
        )
        raise _not_now(kept, Text(en="has findings that block it", zh="存在阻断性问题"), cure)
    accepted = replace(kept, replaces_id=former_id, accepted_at=now)
    return _step(accepted, state=SubmissionState.ACCEPTED)


def send_back(kept: KeptSubmission, reason: str) -> KeptSubmission:
    """Return a version to be mended.

    Raises:
        NotNowError: It is not submitted.
    """
    _refuse_undecidable(kept, Text(en="cannot be returned", zh="不能退回"))
    return _step(replace(kept, reason=reason), state=SubmissionState.RETURNED)


def supersede(kept: KeptSubmission, now: datetime) -> KeptSubmission:
    """An accepted version whose successor was accepted: the one thing that ever changes of it."""
    return _step(replace(kept, superseded_at=now), state=SubmissionState.SUPERSEDED)


def _refuse_undecidable(kept: KeptSubmission, what: Text) -> None:
    if kept.state is not SubmissionState.SUBMITTED:
        cure = Text(en="Only a submitted version can be decided on.", zh="仅可审核已提交的版本。")
        raise _not_now(kept, what, cure)


def _step(kept: KeptSubmission, *, state: SubmissionState) -> KeptSubmission:
    return replace(kept, state=state, version=kept.version + 1)


def _not_now(kept: KeptSubmission, what: Text, cure: Text) -> NotNowError:
    said = Text(en="The submission is {state}: it {what}.", zh="该提交{state}，{what}。")
    state = Text(en=kept.state.value, zh=_STATES[kept.state])
    return NotNowError(said.format(state=state, what=what), cure, value=kept.state.value)


_STATES = {
    SubmissionState.DRAFT: "为草稿",
    SubmissionState.SUBMITTED: "已提交",
    SubmissionState.RETURNED: "已退回",
    SubmissionState.ACCEPTED: "已被接受",
    SubmissionState.SUPERSEDED: "已被新版本取代",
}
