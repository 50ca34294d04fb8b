"""Data requests in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.data_request import AWAITED, OPEN, DataRequest, DataRequestState
from service.domain.paging import Page, PageAsked
from service.domain.submission import Period
from service.store.paging import read_page
from service.store.tables.chains import ChainRow, DataRequestRow
from service.store.uniqueness import taken

_WHAT = Text(en="data request", zh="数据请求")
_SAME = Text(en="an open request for this product and period", zh="该产品该报告期的未完成请求")


@dataclass(frozen=True, slots=True)
class DataRequestFilter:
    """Which data requests are wanted; None leaves it open."""

    chain_id: UUID | None = None
    link_id: UUID | None = None
    asker_id: UUID | None = None
    supplier_id: UUID | None = None
    state: DataRequestState | None = None
    overdue_on: date | None = None


def add(session: Session, request: DataRequest) -> None:
    """Keep a new request.

    Raises:
        TakenError: One for this link and period is open. Lock the link first.
    """
    query = _open_of(request.link_id).where(
        DataRequestRow.period_start == request.period.start,
        DataRequestRow.period_end == request.period.end,
    )
    if session.exec(query.limit(1)).first() is not None:
        raise taken(_SAME)
    session.add(_to_row(request))
    session.flush()


def get(session: Session, data_request_id: UUID, *, locked: bool = False) -> DataRequest:
    """One request.

    Raises:
        NotThereError: There is none that the viewer asked or was asked.
    """
    row = session.get(
        DataRequestRow,
        data_request_id,
        with_for_update=True if locked else None,
        populate_existing=locked,
    )
    if row is None:
        raise not_there(_WHAT)
    return _to_request(row)


def replace(session: Session, request: DataRequest) -> None:
    """Keep a request as it is now."""
    session.get_one(DataRequestRow, request.id).sqlmodel_update(_to_row(request).model_dump())
    session.flush()


def list_seen(session: Session, asked: PageAsked, wanted: DataRequestFilter) -> Page[DataRequest]:
    """Requests that the viewer asked or was asked, the most urgent first."""
    query = select(DataRequestRow)
    for name in ("chain_id", "link_id", "asker_id", "supplier_id", "state"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(DataRequestRow, name) == value)
    if wanted.overdue_on is not None:
        query = query.where(DataRequestRow.due_on < wanted.overdue_on, _in_state(AWAITED))
    sorts = {"due_on": DataRequestRow.due_on, "asked_at": DataRequestRow.asked_at}
    page = read_page(session, query, asked, sorts=sorts, key=col(DataRequestRow.id))
    return page.map(_to_request)


def list_asked(session: Session, chain_id: UUID, asker_id: UUID) -> tuple[DataRequest, ...]:
    """All requests of a buyer in a chain."""
    query = select(DataRequestRow).where(
        DataRequestRow.chain_id == chain_id, DataRequestRow.asker_id == asker_id
    )
    return tuple(map(_to_request, session.exec(query)))


def list_open_of_link(session: Session, link_id: UUID) -> tuple[DataRequest, ...]:
    """The open requests along a link, locked."""
    return _locked(session, _open_of(link_id))


def list_open_for(session: Session, product_id: UUID, period: Period) -> tuple[DataRequest, ...]:
    """The open requests that a submission of a product and period answers, locked."""
    query = select(DataRequestRow).where(
        DataRequestRow.product_id == product_id,
        DataRequestRow.period_start == period.start,
        DataRequestRow.period_end == period.end,
        _in_state(OPEN),
    )
    return _locked(session, query)


def list_awaited(session: Session, *, due_until: date) -> tuple[DataRequest, ...]:
    """Requests of open chains that suppliers still work on, due by a day, locked.

    What another transaction holds is left to it.
    """
    query = (
        select(DataRequestRow)
        .join(ChainRow, col(ChainRow.id) == DataRequestRow.chain_id)
        .where(
            _in_state(AWAITED),
            DataRequestRow.due_on <= due_until,
            col(ChainRow.closed_at).is_(None),
        )
        .order_by(col(DataRequestRow.id))
        .with_for_update(of=DataRequestRow, skip_locked=True)
    )
    return tuple(map(_to_request, session.exec(query)))


def _open_of(link_id: UUID) -> SelectOfScalar[DataRequestRow]:
    return select(DataRequestRow).where(DataRequestRow.link_id == link_id, _in_state(OPEN))


def _in_state(states: Iterable[DataRequestState]) -> ColumnElement[bool]:
    return col(DataRequestRow.state).in_([state.value for state in states])


def _locked(session: Session, query: SelectOfScalar[DataRequestRow]) -> tuple[DataRequest, ...]:
    locked = query.order_by(col(DataRequestRow.id)).with_for_update()
    rows = session.exec(locked.execution_options(populate_existing=True))
    return tuple(map(_to_request, rows))


def _to_row(request: DataRequest) -> DataRequestRow:
    return DataRequestRow(
        id=request.id,
        chain_id=request.chain_id,
        link_id=request.link_id,
        asker_id=request.asker_id,
        supplier_id=request.supplier_id,
        product_id=request.product_id,
        period_start=request.period.start,
        period_end=request.period.end,
        due_on=request.due_on,
        state=request.state.value,
        reason=request.reason,
        submission_id=request.submission_id,
        asked_at=request.asked_at,
        reminded_at=request.reminded_at,
        version=request.version,
    )


def _to_request(row: DataRequestRow) -> DataRequest:
    return DataRequest(
        id=row.id,
        chain_id=row.chain_id,
        link_id=row.link_id,
        asker_id=row.asker_id,
        supplier_id=row.supplier_id,
        product_id=row.product_id,
        period=Period(row.period_start, row.period_end),
        due_on=row.due_on,
        state=DataRequestState(row.state),
        reason=row.reason,
        submission_id=row.submission_id,
        asked_at=row.asked_at,
        reminded_at=row.reminded_at,
        version=row.version,
    )
