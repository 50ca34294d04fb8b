"""A buyer reads what was released to it, and the supplier's ledger tells so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller
from service.domain.disclosure import Disclosure, Subject
from service.domain.paging import Page, PageAsked
from service.domain.release import Release
from service.store import disclosures, releases
from service.store.ids import new_id


def read_releases(
    session: Session,
    asked: PageAsked,
    caller: Caller,
    *,
    product_id: UUID | None = None,
    now: datetime,
) -> Page[Release]:
    """Releases to the caller, and of its own products to others."""
    page = releases.list_seen(session, asked, product_id=product_id)
    _record(session, page.items, caller, now)
    return page


def read_release(session: Session, release_id: UUID, caller: Caller, *, now: datetime) -> Release:
    """One release.

    Raises:
        NotThereError: There is none that the caller sees.
    """
    release = releases.get(session, release_id)
    _record(session, [release], caller, now)
    return release


def _record(session: Session, seen: Iterable[Release], caller: Caller, now: datetime) -> None:
    disclosures.add(
        session,
        [
            Disclosure(
                id=new_id(),
                supplier_id=release.supplier_id,
                viewer_id=caller.organisation_id,
                product_id=release.product_id,
                subject=Subject.RELEASE,
                subject_id=release.id,
                significant_digits=release.significant_digits,
                at=now,
            )
            for release in seen
            if release.buyer_id == caller.organisation_id
        ],
    )
