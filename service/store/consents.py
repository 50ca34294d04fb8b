"""Consents in the store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.consent import Consent, GrantedDigits
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.footprints import ConsentRow

_WHAT = Text(en="consent", zh="授权")


def add(session: Session, consent: Consent) -> None:
    """Keep a new consent."""
    session.add(ConsentRow(**asdict(consent)))
    session.flush()


def get(session: Session, consent_id: UUID) -> Consent:
    """One consent.

    Raises:
        NotThereError: There is none that the viewer gave or was given.
    """
    row = session.get(ConsentRow, consent_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_consent(row)


def get_given(session: Session, consent_id: UUID, supplier_id: UUID) -> Consent:
    """One consent that a firm gave, locked.

    Raises:
        NotThereError: There is none that it gave.
    """
    row = session.get(ConsentRow, consent_id, with_for_update=True, populate_existing=True)
    if row is None or row.supplier_id != supplier_id:
        raise not_there(_WHAT)
    return _to_consent(row)


def withdraw(session: Session, consent_id: UUID, now: datetime) -> None:
    """Let a consent end."""
    session.get_one(ConsentRow, consent_id).withdrawn_at = now
    session.flush()


def list_seen(session: Session, asked: PageAsked) -> Page[Consent]:
    """Consents that the viewer gave or was given."""
    page = read_page(
        session,
        select(ConsentRow),
        asked,
        sorts={"granted_at": ConsentRow.granted_at},
        key=ConsentRow.id,
    )
    return page.map(_to_consent)


def read_granted(session: Session) -> GrantedDigits:
    """All consents that stand, as far as the viewer sees them."""
    query = select(ConsentRow).where(col(ConsentRow.withdrawn_at).is_(None))
    return GrantedDigits(map(_to_consent, session.exec(query)))


def _to_consent(row: ConsentRow) -> Consent:
    return Consent(**row.model_dump())
