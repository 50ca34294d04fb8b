"""The ledger of disclosures: added to, read by the firm whose data was seen."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session, select

from service.domain.disclosure import Disclosure, Subject
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.footprints import DisclosureRow


def add(session: Session, disclosures: Iterable[Disclosure]) -> None:
    """Record what somebody sees, in the transaction in which it reads."""
    rows = [
        {
            "id": each.id,
            "supplier_id": each.supplier_id,
            "viewer_id": each.viewer_id,
            "product_id": each.product_id,
            "subject": each.subject.value,
            "subject_id": each.subject_id,
            "significant_digits": each.significant_digits,
            "at": each.at,
        }
        for each in disclosures
    ]
    if rows:
        session.execute(insert(DisclosureRow), rows)


def list_seen(session: Session, asked: PageAsked) -> Page[Disclosure]:
    """Who saw what of the viewer."""
    page = read_page(
        session,
        select(DisclosureRow),
        asked,
        sorts={"at": DisclosureRow.at},
        key=DisclosureRow.id,
    )
    return page.map(_to_disclosure)


def _to_disclosure(row: DisclosureRow) -> Disclosure:
    return Disclosure(
        id=row.id,
        supplier_id=row.supplier_id,
        viewer_id=row.viewer_id,
        product_id=row.product_id,
        subject=Subject(row.subject),
        subject_id=row.subject_id,
        significant_digits=row.significant_digits,
        at=row.at,
    )
