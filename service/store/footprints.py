"""Footprints in the store: versions, each naming the one that it replaces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, update
from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.kept_footprint import CalculatedFootprint, KeptFootprint
from service.domain.paging import Page, PageAsked
from service.domain.submission import Period
from service.store.as_known import as_known, for_period
from service.store.batches import in_batches
from service.store.ids import new_id
from service.store.paging import read_page
from service.store.tables.chains import ProductRow
from service.store.tables.footprints import FootprintRow

_WHAT = Text(en="footprint", zh="碳足迹")
_CURRENT = as_known(FootprintRow.calculated_at, FootprintRow.superseded_at)


def lock_products(session: Session, product_ids: Iterable[UUID]) -> None:
    """Let nobody else keep footprints of these products until this transaction ends.

    Always in the same order, so that two who do never wait for each other.
    """
    for some in in_batches(sorted(product_ids)):
        query = select(ProductRow.id).where(col(ProductRow.id).in_(some))
        session.exec(query.order_by(col(ProductRow.id)).with_for_update(key_share=True)).all()


def read_hashes(
    session: Session, product_ids: Iterable[UUID], period: Period
) -> Mapping[UUID, str]:
    """Hashes of the lockfiles of the current versions, by product."""
    found: dict[UUID, str] = {}
    for some in in_batches(product_ids):
        query = select(FootprintRow.product_id, FootprintRow.lockfile_hash)
        found |= dict(session.exec(query.where(_of(some, period), _CURRENT)).all())
    return found


def add_versions(
    session: Session, calculated: Sequence[CalculatedFootprint], now: datetime
) -> Mapping[UUID, UUID]:
    """Keep new versions of footprints. Lock their products first.

    Args:
        session: The transaction.
        calculated: At most one a product, all for one period.
        now: The present moment.

    Returns:
        Ids of the footprints, by product.
    """
    if not calculated:
        return {}
    period = calculated[0].period
    former: dict[UUID, tuple[UUID, int]] = {}
    for some in in_batches(each.product_id for each in calculated):
        query = select(FootprintRow.product_id, FootprintRow.id, FootprintRow.number)
        for product_id, footprint_id, number in session.exec(
            query.where(_of(some, period), _CURRENT)
        ):
            former[product_id] = footprint_id, number
    for ids in in_batches(footprint_id for footprint_id, _ in former.values()):
        change = update(FootprintRow).where(col(FootprintRow.id).in_(ids))
        session.execute(change.values(superseded_at=now))
    rows = [_new_row(each, former.get(each.product_id), now) for each in calculated]
    session.execute(insert(FootprintRow), rows)
    return {row["product_id"]: row["id"] for row in rows}


def get(session: Session, footprint_id: UUID) -> KeptFootprint:
    """One version.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = session.get(FootprintRow, footprint_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_kept(row)


def list_of_product(
    session: Session,
    product_id: UUID,
    asked: PageAsked,
    *,
    period: Period | None = None,
    known_at: datetime | None = None,
) -> Page[KeptFootprint]:
    """Versions of a product's footprint, the first calculated first.

    Args:
        session: The transaction.
        product_id: The product.
        asked: Which page.
        period: For this period only.
        known_at: Only those that stood at that moment.
    """
    query = select(FootprintRow).where(FootprintRow.product_id == product_id)
    if period is not None:
        query = query.where(_for(period))
    if known_at is not None:
        query = query.where(
            as_known(FootprintRow.calculated_at, FootprintRow.superseded_at, known_at)
        )
    sorts = {"calculated_at": FootprintRow.calculated_at}
    return read_page(session, query, asked, sorts=sorts, key=FootprintRow.id).map(_to_kept)


def list_current(session: Session, product_ids: Iterable[UUID]) -> list[KeptFootprint]:
    """Current versions of some products, for every period."""
    found: list[KeptFootprint] = []
    for some in in_batches(product_ids):
        query = select(FootprintRow).where(col(FootprintRow.product_id).in_(some), _CURRENT)
        found += map(_to_kept, session.exec(query))
    return found


def list_periods(session: Session, product_ids: Iterable[UUID]) -> list[tuple[UUID, Period]]:
    """Products and periods that have a footprint."""
    found: list[tuple[UUID, Period]] = []
    for some in in_batches(sorted(product_ids)):
        row = FootprintRow
        query = select(col(row.product_id), col(row.period_start), col(row.period_end))
        rows = session.exec(query.where(col(FootprintRow.product_id).in_(some), _CURRENT))
        found += [(product_id, Period(start, end)) for product_id, start, end in rows]
    return found


def read_current(
    session: Session, product_ids: Iterable[UUID], period: Period
) -> Mapping[UUID, KeptFootprint]:
    """Current versions for a period, by product."""
    found: dict[UUID, KeptFootprint] = {}
    for some in in_batches(product_ids):
        rows = session.exec(select(FootprintRow).where(_of(some, period), _CURRENT))
        found |= {row.product_id: _to_kept(row) for row in rows}
    return found


def read_texts(
    session: Session, product_ids: Iterable[UUID], period: Period
) -> Mapping[str, tuple[str, Any]]:
    """Salts and texts of the submissions that all versions were made from, by their seals."""
    found: dict[str, tuple[str, Any]] = {}
    for some in in_batches(product_ids):
        for lockfile in session.exec(select(FootprintRow.lockfile).where(_of(some, period))):
            found[lockfile["own_seal"]] = lockfile["salt"], lockfile["text"]
    return found


def _of(product_ids: Collection[UUID], period: Period) -> ColumnElement[bool]:
    return and_(col(FootprintRow.product_id).in_(product_ids), _for(period))


def _for(period: Period) -> ColumnElement[bool]:
    return for_period(FootprintRow.period_start, FootprintRow.period_end, period)


def _new_row(
    calculated: CalculatedFootprint, former: tuple[UUID, int] | None, now: datetime
) -> dict[str, Any]:
    replaces_id, number = former or (None, 0)
    return {
        "id": new_id(),
        "organisation_id": calculated.organisation_id,
        "product_id": calculated.product_id,
        "period_start": calculated.period.start,
        "period_end": calculated.period.end,
        "number": number + 1,
        "replaces_id": replaces_id,
        "kg_co2e": calculated.kg_co2e,
        "result": calculated.result,
        "seen": calculated.seen,
        "lockfile": calculated.lockfile,
        "lockfile_hash": calculated.lockfile_hash,
        "calculated_at": now,
    }


def _to_kept(row: FootprintRow) -> KeptFootprint:
    return KeptFootprint(
        id=row.id,
        organisation_id=row.organisation_id,
        product_id=row.product_id,
        period=Period(row.period_start, row.period_end),
        number=row.number,
        replaces_id=row.replaces_id,
        kg_co2e=row.kg_co2e,
        result=row.result,
        seen=row.seen,
        lockfile=row.lockfile,
        lockfile_hash=row.lockfile_hash,
        calculated_at=row.calculated_at,
        superseded_at=row.superseded_at,
    )
