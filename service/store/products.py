"""Offered products in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.offered_product import OfferedProduct
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.chains import ChainProductRow, ProductRow
from service.store.uniqueness import refuse_taken

_WHAT = Text(en="product", zh="产品")
_SAME_CODE = Text(en="a product with this code", zh="使用该编号的产品")


def add(session: Session, product: OfferedProduct) -> None:
    """Keep a new product.

    Raises:
        TakenError: The firm has one with this code.
    """
    with refuse_taken(session, _SAME_CODE, product.code):
        session.add(_to_row(product))


def get(session: Session, product_id: UUID, *, locked: bool = False) -> OfferedProduct:
    """One product; locked where it, or what hangs on it, is about to change.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = session.get(
        ProductRow, product_id, with_for_update=True if locked else None, populate_existing=locked
    )
    if row is None:
        raise not_there(_WHAT)
    return _to_product(row)


def get_own(
    session: Session, product_id: UUID, owner_id: UUID, *, locked: bool = False
) -> OfferedProduct:
    """One product of a firm.

    Raises:
        NotThereError: There is none, or another firm makes it.
    """
    product = get(session, product_id, locked=locked)
    if product.organisation_id != owner_id:
        raise not_there(_WHAT)
    return product


def lock(session: Session, product_ids: Iterable[UUID]) -> Mapping[UUID, OfferedProduct]:
    """Lock products, always in the same order, so that two who do never wait for each other."""
    query = select(ProductRow).where(col(ProductRow.id).in_(list(product_ids)))
    locked = query.order_by(col(ProductRow.id)).with_for_update()
    rows = session.exec(locked.execution_options(populate_existing=True))
    return {row.id: _to_product(row) for row in rows}


def replace(session: Session, product: OfferedProduct) -> None:
    """Keep a product as it is now."""
    row = session.get_one(ProductRow, product.id)
    row.sqlmodel_update(_to_row(product).model_dump())
    session.flush()


def list_seen(
    session: Session,
    asked: PageAsked,
    *,
    owner_id: UUID | None = None,
    chain_id: UUID | None = None,
) -> Page[OfferedProduct]:
    """Products that the viewer sees: its own, and those of its links.

    Args:
        session: The transaction.
        asked: Which page.
        owner_id: Only those of this firm.
        chain_id: Only those that this chain is about, as its lead firm sees them.
    """
    query = select(ProductRow)
    if owner_id is not None:
        query = query.where(ProductRow.organisation_id == owner_id)
    if chain_id is not None:
        about = select(ChainProductRow.product_id).where(ChainProductRow.chain_id == chain_id)
        query = query.where(col(ProductRow.id).in_(about))
    sorts = {"code": ProductRow.code, "created_at": ProductRow.created_at}
    return read_page(session, query, asked, sorts=sorts, key=col(ProductRow.id)).map(_to_product)


def _to_row(product: OfferedProduct) -> ProductRow:
    return ProductRow(
        id=product.id,
        organisation_id=product.organisation_id,
        site_id=product.site_id,
        code=product.code,
        name_zh=product.name.zh,
        name_en=product.name.en,
        declared_amount=product.declared_amount,
        declared_unit=product.declared_unit,
        mass_kg=product.mass_kg,
        screening=product.screening,
        created_at=product.created_at,
        withdrawn_at=product.withdrawn_at,
        version=product.version,
    )


def _to_product(row: ProductRow) -> OfferedProduct:
    return OfferedProduct(
        id=row.id,
        organisation_id=row.organisation_id,
        site_id=row.site_id,
        code=row.code,
        name=Text(en=row.name_en, zh=row.name_zh),
        declared_amount=row.declared_amount,
        declared_unit=row.declared_unit,
        mass_kg=row.mass_kg,
        screening=row.screening,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
        version=row.version,
    )
