"""Memberships in chains, in the store."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.membership import Membership
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.chains import MembershipRow
from service.store.uniqueness import refuse_taken

_WHAT = Text(en="member of the chain", zh="供应链成员")
_SAME = Text(en="a membership of this organisation", zh="该组织的成员资格")


def add(session: Session, membership: Membership) -> None:
    """Keep a new membership.

    Raises:
        TakenError: The firm joined a moment ago.
    """
    with refuse_taken(session, _SAME):
        session.add(MembershipRow(**_values(membership)))


def find(
    session: Session, chain_id: UUID, organisation_id: UUID, *, locked: bool = False
) -> Membership | None:
    """The membership of a firm in a chain, if the viewer sees that it takes part."""
    query = select(MembershipRow).where(
        MembershipRow.chain_id == chain_id,
        MembershipRow.organisation_id == organisation_id,
        col(MembershipRow.left_at).is_(None),
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query).first()
    return None if row is None else _to_membership(row)


def get(
    session: Session, chain_id: UUID, organisation_id: UUID, *, locked: bool = False
) -> Membership:
    """The membership of a firm in a chain.

    Raises:
        NotThereError: It takes no part that the viewer sees.
    """
    found = find(session, chain_id, organisation_id, locked=locked)
    if found is None:
        raise not_there(_WHAT)
    return found


def replace(session: Session, membership: Membership) -> None:
    """Keep a membership as it is now."""
    session.get_one(MembershipRow, membership.id).sqlmodel_update(_values(membership))
    session.flush()


def list_seen(session: Session, chain_id: UUID, asked: PageAsked) -> Page[Membership]:
    """The members of a chain that the viewer sees."""
    query = select(MembershipRow).where(
        MembershipRow.chain_id == chain_id, col(MembershipRow.left_at).is_(None)
    )
    sorts = {"joined_at": MembershipRow.joined_at}
    page = read_page(session, query, asked, sorts=sorts, key=col(MembershipRow.id))
    return page.map(_to_membership)


def list_all_seen(session: Session, chain_id: UUID) -> tuple[Membership, ...]:
    """All members of a chain that the viewer sees."""
    query = select(MembershipRow).where(
        MembershipRow.chain_id == chain_id, col(MembershipRow.left_at).is_(None)
    )
    return tuple(map(_to_membership, session.exec(query)))


def _values(membership: Membership) -> dict[str, Any]:
    return {name: getattr(membership, name) for name in MembershipRow.model_fields}


def _to_membership(row: MembershipRow) -> Membership:
    return Membership(**row.model_dump())
