"""Links that work once, in the store: each by the hash of its token."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from lca_models.errors import Text
from service.domain.access import Right, not_there
from service.domain.one_time_link import (
    LIFETIMES,
    LinkPurpose,
    OneTimeLink,
    tell_link_unusable,
)
from service.domain.paging import Page, PageAsked
from service.store.ids import new_id
from service.store.paging import read_page
from service.store.tables.identity import OneTimeLinkRow
from service.store.tokens import hash_token, new_token

_WHAT = Text(en="invitation", zh="邀请")
_SORTS = {"created_at": OneTimeLinkRow.created_at}


def add(
    session: Session,
    purpose: LinkPurpose,
    *,
    organisation_id: UUID,
    email: str,
    rights: frozenset[Right] = frozenset(),
    now: datetime,
) -> tuple[str, OneTimeLink]:
    """Make a link. Returns its token, told this once, and the rest of it."""
    token = new_token()
    row = OneTimeLinkRow(
        id=new_id(),
        organisation_id=organisation_id,
        purpose=purpose.value,
        email=email,
        rights=sorted(right.value for right in rights),
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    session.add(row)
    session.flush()
    return token, _to_link(row)


def get_usable(session: Session, token: str, purpose: LinkPurpose, *, now: datetime) -> OneTimeLink:
    """The link of a token, while it works.

    Raises:
        LinkNotUsableError: There is none, or it works no more.
    """
    row = session.exec(
        select(OneTimeLinkRow).where(
            OneTimeLinkRow.token_hash == hash_token(token),
            OneTimeLinkRow.purpose == purpose.value,
            OneTimeLinkRow.expires_at > now,
            col(OneTimeLinkRow.used_at).is_(None),
        )
    ).first()
    if row is None:
        raise tell_link_unusable()
    return _to_link(row)


def use(session: Session, link: OneTimeLink, *, now: datetime) -> None:
    """Use a link up; of two who come at the same time, one.

    Raises:
        LinkNotUsableError: Somebody used it meanwhile.
    """
    used = session.exec(
        update(OneTimeLinkRow)
        .where(col(OneTimeLinkRow.id) == link.id, col(OneTimeLinkRow.used_at).is_(None))
        .values(used_at=now)
    )
    if not used.rowcount:
        raise tell_link_unusable()


def list_open(session: Session, asked: PageAsked, *, now: datetime) -> Page[OneTimeLink]:
    """The invitations of people that still work, as far as the viewer sees them."""
    query = select(OneTimeLinkRow).where(
        OneTimeLinkRow.purpose == LinkPurpose.JOIN.value,
        OneTimeLinkRow.expires_at > now,
        col(OneTimeLinkRow.used_at).is_(None),
    )
    return read_page(session, query, asked, sorts=_SORTS, key=OneTimeLinkRow.id).map(_to_link)


def cancel(session: Session, link_id: UUID, *, now: datetime) -> None:
    """Take an invitation back.

    Raises:
        NotThereError: There is none that works and that the viewer sees.
    """
    row = session.exec(
        select(OneTimeLinkRow)
        .where(
            OneTimeLinkRow.id == link_id,
            OneTimeLinkRow.purpose == LinkPurpose.JOIN.value,
            col(OneTimeLinkRow.used_at).is_(None),
        )
        .with_for_update()
    ).first()
    if row is None:
        raise not_there(_WHAT)
    row.used_at = now
    session.flush()


def cancel_all_of(session: Session, purpose: LinkPurpose, email: str, *, now: datetime) -> None:
    """Let no link of a kind work any more that went to an address."""
    session.exec(
        update(OneTimeLinkRow)
        .where(
            col(OneTimeLinkRow.purpose) == purpose.value,
            col(OneTimeLinkRow.email) == email,
            col(OneTimeLinkRow.used_at).is_(None),
        )
        .values(used_at=now)
    )


def _to_link(row: OneTimeLinkRow) -> OneTimeLink:
    return OneTimeLink(
        id=row.id,
        organisation_id=row.organisation_id,
        purpose=LinkPurpose(row.purpose),
        email=row.email,
        rights=frozenset(map(Right, row.rights)),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
