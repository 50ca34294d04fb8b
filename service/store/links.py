"""Links between products of two firms, in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as changed
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.link import Link, LinkState, sees_as_lead
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.chains import LinkRow, MembershipRow
from service.store.uniqueness import taken

_WHAT = Text(en="link", zh="供需关系")
_SAME = Text(en="such a link between these products", zh="这两个产品之间的供需关系")
_STANDING = (LinkState.PROPOSED.value, LinkState.ACCEPTED.value)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which links are wanted; None leaves it open."""

    chain_id: UUID | None = None
    buyer_id: UUID | None = None
    supplier_id: UUID | None = None
    product_id: UUID | None = None
    state: LinkState | None = None


def add(session: Session, link: Link) -> None:
    """Keep a new link.

    Raises:
        TakenError: The same is proposed already. Lock the buyer's product first.
    """
    query = select(LinkRow.id).where(
        LinkRow.chain_id == link.chain_id,
        LinkRow.buyer_product_id == link.buyer_product_id,
        LinkRow.supplier_id == link.supplier_id,
        LinkRow.material == link.material,
        col(LinkRow.state).in_(_STANDING),
    )
    if session.exec(query.limit(1)).first() is not None:
        raise taken(_SAME, link.material)
    session.add(LinkRow(**_values(link)))
    session.flush()


def get(session: Session, link_id: UUID, *, locked: bool = False) -> Link:
    """One link.

    Raises:
        NotThereError: There is none that the viewer is part of or was let to see.
    """
    row = session.get(
        LinkRow, link_id, with_for_update=True if locked else None, populate_existing=locked
    )
    if row is None:
        raise not_there(_WHAT)
    return _to_link(row)


def get_of(session: Session, link_id: UUID, firm_id: UUID) -> Link:
    """One link by which a firm buys or supplies, locked.

    Raises:
        NotThereError: There is none, or it is between others.
    """
    link = get(session, link_id, locked=True)
    if firm_id not in {link.buyer_id, link.supplier_id}:
        raise not_there(_WHAT)
    return link


def get_supplied(session: Session, link_id: UUID, supplier_id: UUID) -> Link:
    """One link by which a firm supplies, locked.

    Raises:
        NotThereError: There is none, or the firm does not supply by it.
    """
    link = get_of(session, link_id, supplier_id)
    if link.supplier_id != supplier_id:
        raise not_there(_WHAT)
    return link


def replace(session: Session, link: Link) -> None:
    """Keep a link as it is now."""
    session.get_one(LinkRow, link.id).sqlmodel_update(_values(link))
    session.flush()


def list_seen(session: Session, asked: PageAsked, wanted: LinkFilter) -> Page[Link]:
    """Links that the viewer sees."""
    query = select(LinkRow)
    for name in ("chain_id", "buyer_id", "supplier_id", "state"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(LinkRow, name) == value)
    if wanted.product_id is not None:
        query = query.where(
            or_(
                col(LinkRow.buyer_product_id) == wanted.product_id,
                col(LinkRow.supplier_product_id) == wanted.product_id,
            )
        )
    sorts = {"proposed_at": LinkRow.proposed_at, "material": LinkRow.material}
    return read_page(session, query, asked, sorts=sorts, key=col(LinkRow.id)).map(_to_link)


def list_accepted(session: Session, chain_id: UUID) -> tuple[Link, ...]:
    """All agreed links of a chain that the viewer sees."""
    query = select(LinkRow).where(
        LinkRow.chain_id == chain_id, LinkRow.state == LinkState.ACCEPTED.value
    )
    return tuple(map(_to_link, session.exec(query)))


def refuse_same(session: Session, link: Link) -> None:
    """Make sure that two products are linked once in a chain. Lock the buyer's product first.

    Raises:
        TakenError: Another link between them is agreed.
    """
    query = select(LinkRow.id).where(
        LinkRow.chain_id == link.chain_id,
        LinkRow.buyer_product_id == link.buyer_product_id,
        LinkRow.supplier_product_id == link.supplier_product_id,
        LinkRow.state == LinkState.ACCEPTED.value,
        LinkRow.id != link.id,
    )
    if session.exec(query.limit(1)).first() is not None:
        raise taken(_SAME)


def supplies_in(session: Session, chain_id: UUID, product_id: UUID) -> bool:
    """Whether an agreed link of a chain supplies a product."""
    query = select(LinkRow.id).where(
        LinkRow.chain_id == chain_id,
        LinkRow.supplier_product_id == product_id,
        LinkRow.state == LinkState.ACCEPTED.value,
    )
    return session.exec(query.limit(1)).first() is not None


def uses(session: Session, product_id: UUID, *, chain_id: UUID | None = None) -> bool:
    """Whether a standing link goes from or into a product, in one chain or in any."""
    query = select(LinkRow.id).where(
        col(LinkRow.state).in_(_STANDING),
        or_(
            col(LinkRow.buyer_product_id) == product_id,
            col(LinkRow.supplier_product_id) == product_id,
        ),
    )
    if chain_id is not None:
        query = query.where(LinkRow.chain_id == chain_id)
    return session.exec(query.limit(1)).first() is not None


def refresh_sight(session: Session, chain_id: UUID, organisation_id: UUID) -> None:
    """Let the lead firm see those links of a firm that it may see now, through the service's eyes.

    Links are locked before memberships are read, so that of two changes the later one counts both.
    """
    query = select(LinkRow).where(
        LinkRow.chain_id == chain_id,
        or_(col(LinkRow.buyer_id) == organisation_id, col(LinkRow.supplier_id) == organisation_id),
    )
    locked = query.order_by(col(LinkRow.id)).with_for_update()
    rows = session.exec(locked.execution_options(populate_existing=True)).all()
    firms = {firm for row in rows for firm in (row.buyer_id, row.supplier_id)}
    seen = list_seen_firms(session, chain_id, firms)
    for row in rows:
        row.seen_by_lead = sees_as_lead(_to_link(row), seen)
    session.flush()


def with_sight(session: Session, link: Link) -> Link:
    """A locked link as the lead firm may see it now, through the service's eyes."""
    seen = list_seen_firms(session, link.chain_id, (link.buyer_id, link.supplier_id))
    return changed(link, seen_by_lead=sees_as_lead(link, seen))


def list_seen_firms(session: Session, chain_id: UUID, firms: Iterable[UUID]) -> frozenset[UUID]:
    """Those of some firms that the lead firm of a chain sees in it."""
    query = select(MembershipRow.organisation_id).where(
        MembershipRow.chain_id == chain_id,
        col(MembershipRow.organisation_id).in_(list(firms)),
        col(MembershipRow.seen_by_lead),
        col(MembershipRow.left_at).is_(None),
    )
    return frozenset(session.exec(query))


def _values(link: Link) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(link, name) for name in LinkRow.model_fields}
    return values | {"state": link.state.value}


def _to_link(row: LinkRow) -> Link:
    return Link(**row.model_dump() | {"state": LinkState(row.state)})
