"""Submissions in the store: their versions, what they draw on, and their processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from lca_models.errors import Text
from lca_models.facts.units import Quantity
from service.domain.access import not_there
from service.domain.kept_submission import OPEN, KeptSubmission, SubmissionState
from service.domain.lockfile import seal
from service.domain.paging import Page, PageAsked
from service.domain.submission import Period
from service.store.as_known import as_known
from service.store.paging import read_page
from service.store.tables.chains import ProductRow
from service.store.tables.submissions import SubmissionInputRow, SubmissionRow

_WHAT = Text(en="submission", zh="提交")
# A process may be megabytes: it is read where it is asked for, and nowhere else.
_WITHOUT_PROCESS = defer(SubmissionRow.process)  # type: ignore[arg-type]  # typed as its value


def add(session: Session, kept: KeptSubmission, process: Mapping[str, Any]) -> None:
    """Keep a new version."""
    session.add(SubmissionRow(**_values(kept), process=dict(process)))
    session.flush()


def get(session: Session, submission_id: UUID, *, locked: bool = False) -> KeptSubmission:
    """One version; locked where it is about to change.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return _to_kept(_get_row(session, submission_id, locked=locked))


def get_own(
    session: Session, submission_id: UUID, owner_id: UUID, *, locked: bool = False
) -> KeptSubmission:
    """One version of a firm's own.

    Raises:
        NotThereError: There is none, or it belongs to another firm.
    """
    kept = get(session, submission_id, locked=locked)
    if kept.organisation_id != owner_id:
        raise not_there(_WHAT)
    return kept


def replace(
    session: Session, kept: KeptSubmission, process: Mapping[str, Any] | None = None
) -> None:
    """Keep a version as it is now, with another process where one is given."""
    row = _get_row(session, kept.id)
    row.sqlmodel_update(
        _values(kept) if process is None else {**_values(kept), "process": dict(process)}
    )
    session.flush()


def remove(session: Session, submission_id: UUID) -> None:
    """Throw a draft away."""
    session.delete(_get_row(session, submission_id))
    session.flush()


def read_process(session: Session, submission_id: UUID) -> dict[str, Any]:
    """The process of a version, as it is kept.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    query = select(SubmissionRow.process).where(SubmissionRow.id == submission_id)
    process = session.exec(query).first()
    if process is None:
        raise not_there(_WHAT)
    return dict(process)


def read_seal(session: Session, submission_id: UUID) -> str:
    """Seal of a version's process for the log: its hash alone could be found by trying."""
    row = _get_row(session, submission_id)
    return seal({"process_hash": row.process_hash}, [row.salt])


def find_open(session: Session, product_id: UUID, period: Period) -> KeptSubmission | None:
    """The version of a product and period that is neither accepted nor superseded."""
    states = [state.value for state in OPEN]
    return _find(session, product_id, period, col(SubmissionRow.state).in_(states))


def find_accepted(session: Session, product_id: UUID, period: Period) -> KeptSubmission | None:
    """The version of a product and period that holds now."""
    accepted = col(SubmissionRow.state) == SubmissionState.ACCEPTED.value
    return _find(session, product_id, period, accepted)


def next_number(session: Session, product_id: UUID, period: Period) -> int:
    """The number of the next version of a product and period."""
    query = select(func.max(SubmissionRow.number)).where(*_about(product_id, period))
    return (session.exec(query).one() or 0) + 1


def list_versions(
    session: Session, product_id: UUID, asked: PageAsked, *, known_at: datetime | None = None
) -> Page[KeptSubmission]:
    """Versions of a product.

    Args:
        session: The transaction.
        product_id: The product.
        asked: Which page.
        known_at: Those alone that held at that moment, one a period; None for all.
    """
    row = SubmissionRow
    query = select(row).where(row.product_id == product_id)
    if known_at is not None:
        query = query.where(as_known(row.accepted_at, row.superseded_at, known_at))
    sorts = {
        "created_at": SubmissionRow.created_at,
        "period_start": SubmissionRow.period_start,
        "number": SubmissionRow.number,
    }
    page = read_page(
        session, query.options(_WITHOUT_PROCESS), asked, sorts=sorts, key=col(SubmissionRow.id)
    )
    return page.map(_to_kept)


def keep_inputs(session: Session, kept: KeptSubmission, product_ids: Iterable[UUID]) -> None:
    """Keep which members' products a version draws on."""
    session.add_all(
        SubmissionInputRow(
            submission_id=kept.id, product_id=product_id, organisation_id=kept.organisation_id
        )
        for product_id in product_ids
    )
    session.flush()


def lock_versions(session: Session, product_id: UUID) -> None:
    """Let whoever changes the versions of a product take turns."""
    session.exec(select(ProductRow.id).where(ProductRow.id == product_id).with_for_update()).one()


def _get_row(session: Session, submission_id: UUID, *, locked: bool = False) -> SubmissionRow:
    query = select(SubmissionRow).where(SubmissionRow.id == submission_id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query.options(_WITHOUT_PROCESS)).first()
    if row is None:
        raise not_there(_WHAT)
    return row


def _find(
    session: Session,
    product_id: UUID,
    period: Period,
    condition: Any,  # noqa: ANN401 - a column's
) -> KeptSubmission | None:
    query = select(SubmissionRow).where(*_about(product_id, period), condition)
    row = session.exec(query.options(_WITHOUT_PROCESS)).first()
    return None if row is None else _to_kept(row)


def _about(product_id: UUID, period: Period) -> tuple[Any, ...]:
    return (
        SubmissionRow.product_id == product_id,
        SubmissionRow.period_start == period.start,
        SubmissionRow.period_end == period.end,
    )


def _values(kept: KeptSubmission) -> dict[str, Any]:
    made = kept.produced
    return {
        "id": kept.id,
        "organisation_id": kept.organisation_id,
        "product_id": kept.product_id,
        "period_start": kept.period.start,
        "period_end": kept.period.end,
        "number": kept.number,
        "replaces_id": kept.replaces_id,
        "state": kept.state.value,
        "process_hash": kept.process_hash,
        "produced_amount": None if made is None else Decimal(repr(made.amount)),
        "produced_unit": None if made is None else made.unit,
        "findings": None if kept.findings is None else [dict(each) for each in kept.findings],
        "reason": kept.reason,
        "created_at": kept.created_at,
        "submitted_at": kept.submitted_at,
        "accepted_at": kept.accepted_at,
        "superseded_at": kept.superseded_at,
        "version": kept.version,
    }


def _to_kept(row: SubmissionRow) -> KeptSubmission:
    return KeptSubmission(
        id=row.id,
        organisation_id=row.organisation_id,
        product_id=row.product_id,
        period=Period(row.period_start, row.period_end),
        number=row.number,
        process_hash=row.process_hash,
        created_at=row.created_at,
        produced=_to_produced(row.produced_amount, row.produced_unit),
        state=SubmissionState(row.state),
        replaces_id=row.replaces_id,
        findings=None if row.findings is None else tuple(row.findings),
        reason=row.reason,
        submitted_at=row.submitted_at,
        accepted_at=row.accepted_at,
        superseded_at=row.superseded_at,
        version=row.version,
    )


def _to_produced(amount: Decimal | None, unit: str | None) -> Quantity | None:
    return None if amount is None or unit is None else Quantity(float(amount), unit)
