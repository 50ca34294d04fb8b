"""Reviews in the store, and what submissions are reviewed beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.paging import Page, PageAsked
from service.domain.plausibility.examination import Former
from service.domain.plausibility.finding import Finding
from service.domain.review import Review, ReviewState
from service.domain.submission import Period
from service.formats.chain.document import ProcessItem
from service.formats.chain.reading import to_submission
from service.formats.members.finding import to_finding_document
from service.formats.members.review import (
    read_counted,
    read_footprint,
    to_counted_part,
    to_footprint_part,
)
from service.store.paging import read_page
from service.store.tables.footprints import FootprintRow
from service.store.tables.submissions import ReviewRow, SubmissionRow

_WHAT = Text(en="review", zh="审核")
# The version that would be replaced, and the period before it.
_FORMER = 2


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews are wanted; None leaves it open."""

    submission_id: UUID | None = None
    product_id: UUID | None = None
    supplier_id: UUID | None = None
    reviewer_id: UUID | None = None
    state: ReviewState | None = None


def add(session: Session, review: Review) -> None:
    """Keep a new review."""
    session.add(_to_row(review))
    session.flush()


def replace(session: Session, review: Review) -> None:
    """Keep a review as it is now; a closed one stays as it is."""
    session.get_one(ReviewRow, review.id).sqlmodel_update(_to_row(review).model_dump())
    session.flush()


def get(session: Session, review_id: UUID, *, locked: bool = False) -> Review:
    """One review.

    Raises:
        NotThereError: There is none in which the viewer is supplier or reviewer.
    """
    row = session.get(
        ReviewRow,
        review_id,
        with_for_update=True if locked else None,
        populate_existing=locked,
    )
    if row is None:
        raise not_there(_WHAT)
    return _to_review(row)


def find_of_submission(
    session: Session, submission_id: UUID, *, locked: bool = False
) -> Review | None:
    """The open review of a submission."""
    query = select(ReviewRow).where(
        ReviewRow.submission_id == submission_id, ReviewRow.state == ReviewState.OPEN.value
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query).first()
    return None if row is None else _to_review(row)


def list_seen(session: Session, asked: PageAsked, wanted: ReviewFilter) -> Page[Review]:
    """Reviews in which the viewer is supplier or reviewer, the oldest first."""
    query = select(ReviewRow)
    for name in ("submission_id", "product_id", "supplier_id", "reviewer_id"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(ReviewRow, name) == value)
    if wanted.state is not None:
        query = query.where(ReviewRow.state == wanted.state.value)
    sorts = {"opened_at": col(ReviewRow.opened_at), "state": col(ReviewRow.state)}
    page = read_page(session, query, asked, sorts=sorts, key=col(ReviewRow.id))
    return page.map(_to_review)


def close(
    session: Session, review: Review, state: ReviewState, *, reason: str | None, now: datetime
) -> None:
    """Close an open review; from then on nothing of it changes."""
    row = session.get_one(ReviewRow, review.id)
    row.state, row.reason, row.closed_at = state.value, reason, now
    row.version += 1
    session.flush()


def keep_findings(session: Session, submission_id: UUID, findings: Iterable[Finding]) -> None:
    """Keep what a review found of a submission that is not accepted; its supplier reads it."""
    row = session.get_one(SubmissionRow, submission_id)
    row.findings = [to_finding_document(finding).model_dump(mode="json") for finding in findings]
    session.flush()


def list_former(session: Session, product_id: UUID, *, until: date) -> tuple[Former, ...]:
    """Accepted data of a product for periods that end by a day, latest first, with footprints."""
    query = (
        select(SubmissionRow)
        .where(
            SubmissionRow.product_id == product_id,
            SubmissionRow.period_end <= until,
            col(SubmissionRow.accepted_at).is_not(None),
            col(SubmissionRow.superseded_at).is_(None),
        )
        .order_by(col(SubmissionRow.period_end).desc(), col(SubmissionRow.period_start).desc())
        .limit(_FORMER)
    )
    return tuple(_to_former(session, row) for row in session.exec(query))


def _to_former(session: Session, row: SubmissionRow) -> Former:
    query = select(FootprintRow).where(
        FootprintRow.product_id == row.product_id,
        FootprintRow.period_start == row.period_start,
        FootprintRow.period_end == row.period_end,
        col(FootprintRow.superseded_at).is_(None),
    )
    process = {**row.process, "product": str(row.product_id)}
    period = Period(row.period_start, row.period_end)
    read = to_submission(ProcessItem.model_validate(process), period)
    footprint = session.exec(query).first()
    if footprint is None:
        return Former(read)
    return Former(read, footprint.kg_co2e if footprint.seen is None else footprint.seen["kg_co2e"])


def _to_row(review: Review) -> ReviewRow:
    return ReviewRow(
        id=review.id,
        submission_id=review.submission_id,
        data_request_id=review.data_request_id,
        product_id=review.product_id,
        supplier_id=review.supplier_id,
        reviewer_id=review.reviewer_id,
        state=review.state.value,
        footprint=to_footprint_part(review.footprint).model_dump(mode="json"),
        findings=[to_counted_part(each).model_dump(mode="json") for each in review.findings],
        reason=review.reason,
        opened_at=review.opened_at,
        closed_at=review.closed_at,
        version=review.version,
    )


def _to_review(row: ReviewRow) -> Review:
    return Review(
        id=row.id,
        submission_id=row.submission_id,
        data_request_id=row.data_request_id,
        product_id=row.product_id,
        supplier_id=row.supplier_id,
        reviewer_id=row.reviewer_id,
        footprint=read_footprint(row.footprint),
        findings=tuple(map(read_counted, row.findings)),
        opened_at=row.opened_at,
        state=ReviewState(row.state),
        reason=row.reason,
        closed_at=row.closed_at,
        version=row.version,
    )
