"""Releases in the store: what each buyer may read, and the links by which it may."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.link import LinkState
from service.domain.paging import Page, PageAsked
from service.domain.release import Release
from service.domain.submission import Period
from service.store.paging import read_page
from service.store.tables.chains import LinkRow
from service.store.tables.footprints import ReleaseRow

_WHAT = Text(en="release", zh="披露内容")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AgreedSupply:
    """A buyer that may read the footprint of a product, by an agreed link."""

    link_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    product_id: UUID


def list_supplies(session: Session, after: UUID | None) -> Sequence[AgreedSupply]:
    """Some agreed links, in the order of their ids; locked, so that nobody releases by them too."""
    query = (
        select(LinkRow.id, LinkRow.buyer_id, LinkRow.supplier_id, LinkRow.supplier_product_id)
        .where(
            LinkRow.state == LinkState.ACCEPTED.value,
            col(LinkRow.supplier_product_id).is_not(None),
        )
        .order_by(col(LinkRow.id))
        .limit(_AT_ONCE)
        .with_for_update(key_share=True)
    )
    if after is not None:
        query = query.where(col(LinkRow.id) > after)
    return [
        AgreedSupply(link_id, buyer_id, supplier_id, product_id)
        for link_id, buyer_id, supplier_id, product_id in session.exec(query)
        if product_id is not None
    ]


def list_bought(session: Session, supplier_id: UUID, buyer_id: UUID) -> frozenset[UUID]:
    """Products that one firm supplies to another by agreed links."""
    query = select(LinkRow.supplier_product_id).where(
        LinkRow.supplier_id == supplier_id,
        LinkRow.buyer_id == buyer_id,
        LinkRow.state == LinkState.ACCEPTED.value,
    )
    return frozenset(found for found in session.exec(query) if found is not None)


def read_last(
    session: Session, product_ids: Collection[UUID]
) -> Mapping[tuple[UUID, UUID, Period], Release]:
    """The last release of some products to each buyer, by buyer, product and period."""
    query = select(ReleaseRow).where(col(ReleaseRow.product_id).in_(product_ids))
    rows = session.exec(query.order_by(col(ReleaseRow.released_at), col(ReleaseRow.id)))
    return {release.about: release for release in map(_to_release, rows)}


def add(session: Session, release: Release) -> None:
    """Keep a new release."""
    session.add(
        ReleaseRow(
            id=release.id,
            footprint_id=release.footprint_id,
            product_id=release.product_id,
            supplier_id=release.supplier_id,
            buyer_id=release.buyer_id,
            period_start=release.period.start,
            period_end=release.period.end,
            significant_digits=release.significant_digits,
            content=dict(release.content),
            released_at=release.released_at,
        )
    )
    session.flush()


def get(session: Session, release_id: UUID) -> Release:
    """One release.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = session.get(ReleaseRow, release_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_release(row)


def list_seen(
    session: Session, asked: PageAsked, *, product_id: UUID | None = None
) -> Page[Release]:
    """Releases to the viewer, and of its own products to others."""
    query = select(ReleaseRow)
    if product_id is not None:
        query = query.where(ReleaseRow.product_id == product_id)
    sorts = {"released_at": ReleaseRow.released_at}
    return read_page(session, query, asked, sorts=sorts, key=ReleaseRow.id).map(_to_release)


def _to_release(row: ReleaseRow) -> Release:
    return Release(
        id=row.id,
        footprint_id=row.footprint_id,
        product_id=row.product_id,
        supplier_id=row.supplier_id,
        buyer_id=row.buyer_id,
        period=Period(row.period_start, row.period_end),
        significant_digits=row.significant_digits,
        content=row.content,
        released_at=row.released_at,
    )
