"""Drawn chains and the products that they are about, in the store."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.drawn_chain import DrawnChain, Target, TargetKind
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.chains import ChainProductRow, ChainRow

WHAT = Text(en="chain", zh="供应链")


def add(session: Session, chain: DrawnChain) -> None:
    """Keep a new chain."""
    session.add(_to_row(chain))
    session.flush()


def get(session: Session, chain_id: UUID, *, locked: bool = False) -> DrawnChain:
    """One chain.

    Raises:
        NotThereError: There is none that the viewer leads or takes part in.
    """
    row = session.get(
        ChainRow, chain_id, with_for_update=True if locked else None, populate_existing=locked
    )
    if row is None:
        raise not_there(WHAT)
    return _to_chain(row)


def get_led(session: Session, chain_id: UUID, lead_id: UUID, *, locked: bool = False) -> DrawnChain:
    """One chain of a lead firm.

    Raises:
        NotThereError: There is none, or another firm leads it.
    """
    chain = get(session, chain_id, locked=locked)
    if chain.lead_id != lead_id:
        raise not_there(WHAT)
    return chain


def replace(session: Session, chain: DrawnChain) -> None:
    """Keep a chain as it is now."""
    row = session.get_one(ChainRow, chain.id)
    row.sqlmodel_update(_to_row(chain).model_dump())
    session.flush()


def list_seen(
    session: Session, asked: PageAsked, *, lead_id: UUID | None = None
) -> Page[DrawnChain]:
    """Chains that the viewer leads or takes part in.

    Args:
        session: The transaction.
        asked: Which page.
        lead_id: Only those that this firm leads.
    """
    query = select(ChainRow)
    if lead_id is not None:
        query = query.where(ChainRow.lead_id == lead_id)
    sorts = {"created_at": ChainRow.created_at}
    return read_page(session, query, asked, sorts=sorts, key=col(ChainRow.id)).map(_to_chain)


def add_product(session: Session, chain: DrawnChain, product_id: UUID) -> None:
    """Let a chain be about a product of its lead firm, if it is not already; lock the chain."""
    if session.get(ChainProductRow, (chain.id, product_id)) is None:
        row = ChainProductRow(chain_id=chain.id, product_id=product_id, lead_id=chain.lead_id)
        session.add(row)
        session.flush()


def remove_product(session: Session, chain_id: UUID, product_id: UUID) -> None:
    """Let a chain no longer be about a product.

    Raises:
        NotThereError: It is not.
    """
    row = session.get(ChainProductRow, (chain_id, product_id))
    if row is None:
        raise not_there(Text(en="product in the chain", zh="供应链产品"))
    session.delete(row)
    session.flush()


def list_product_ids(session: Session, chain_id: UUID) -> tuple[UUID, ...]:
    """The products of the lead firm that a chain is about; nothing for others than the lead."""
    query = select(ChainProductRow.product_id).where(ChainProductRow.chain_id == chain_id)
    return tuple(session.exec(query.order_by(col(ChainProductRow.product_id))))


def is_in_open_chain(session: Session, product_id: UUID) -> bool:
    """Whether an open chain of the lead firm is about a product."""
    query = (
        select(ChainProductRow.chain_id)
        .join(ChainRow, col(ChainRow.id) == ChainProductRow.chain_id)
        .where(ChainProductRow.product_id == product_id, col(ChainRow.closed_at).is_(None))
    )
    return session.exec(query.limit(1)).first() is not None


def _to_row(chain: DrawnChain) -> ChainRow:
    return ChainRow(
        id=chain.id,
        lead_id=chain.lead_id,
        name_zh=chain.name.zh,
        name_en=chain.name.en,
        product_family=chain.product_family,
        base_year=chain.base_year,
        target=None if chain.target is None else _to_document(chain.target),
        key_chain=chain.key_chain,
        created_at=chain.created_at,
        closed_at=chain.closed_at,
        version=chain.version,
    )


def _to_document(target: Target) -> dict[str, Any]:
    return {"percent": str(target.percent), "year": target.year, "kind": target.kind.value}


def _to_chain(row: ChainRow) -> DrawnChain:
    target = row.target
    return DrawnChain(
        id=row.id,
        lead_id=row.lead_id,
        name=Text(en=row.name_en, zh=row.name_zh),
        product_family=row.product_family,
        base_year=row.base_year,
        target=None
        if target is None
        else Target(Decimal(target["percent"]), target["year"], TargetKind(target["kind"])),
        key_chain=row.key_chain,
        created_at=row.created_at,
        closed_at=row.closed_at,
        version=row.version,
    )
