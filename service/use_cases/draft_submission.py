"""A supplier drafts the next version of a product's activity data."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.data_request import DataRequestState, move
from service.domain.kept_submission import KeptSubmission
from service.domain.offered_product import refuse_withdrawn
from service.domain.submission import Period
from service.domain.submission_reach import refuse_beyond
from service.domain.versions import NotNowError
from service.formats.chain.process_text import WrittenProcess
from service.store import audit, data_requests, products, submissions
from service.store.audit import AuditNote
from service.store.ids import new_id
from service.store.reach import read_reach


def draft_submission(
    session: Session, product_id: UUID, written: WrittenProcess, *, by: UUID, now: datetime
) -> KeptSubmission:
    """Keep a new draft; whoever asked for the data sees that it is in work.

    Args:
        session: The transaction.
        product_id: The product.
        written: What is drafted; it states its period.
        by: The firm that asks.
        now: The present moment.

    Raises:
        NotThereError: There is no such product of the firm.
        NotNowError: The product was withdrawn, or a version for the period is still open.
        InvalidChainError: Every line that refers to what it may not.
    """
    product = products.get_own(session, product_id, by, locked=True)
    refuse_withdrawn(product)
    period = written.activity.period
    _refuse_second(submissions.find_open(session, product_id, period))
    refuse_beyond(written.activity, read_reach(session, product), written.produced)
    kept = KeptSubmission(
        id=new_id(),
        organisation_id=by,
        product_id=product_id,
        period=period,
        number=submissions.next_number(session, product_id, period),
        process_hash=written.hash,
        created_at=now,
        produced=written.produced,
    )
    submissions.add(session, kept, written.text)
    _show_in_work(session, product_id, period)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="submission.draft",
            subject="submission",
            subject_id=kept.id,
            organisation_id=by,
            details={"product_id": str(product_id), "number": kept.number},
        ),
    )
    return kept


def _refuse_second(found: KeptSubmission | None) -> None:
    if found is not None:
        raise NotNowError(
            Text(
                en="Version {number} for this product and period is still open.",
                zh="该产品该报告期的第{number}版尚未完成。",
            ).format(number=found.number),
            Text(
                en="Edit, delete or finish it first: /v1/submissions/{id}.",
                zh="请先修改、删除或完成该版本：/v1/submissions/{id}。",
            ).format(id=found.id),
            value=found.state.value,
        )


def _show_in_work(session: Session, product_id: UUID, period: Period) -> None:
    for request in data_requests.list_open_for(session, product_id, period):
        if request.state is DataRequestState.REQUESTED:
            data_requests.replace(session, move(request, DataRequestState.IN_WORK))
