"""Keep the sites of an organisation: add one, change one, forget one.

Where a firm works says how well published factors fit its data: its footprints are made anew.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.member import MemberSite
from service.store import audit, calculations, sites
from service.store.audit import AuditNote


def add_site(session: Session, site: MemberSite, *, now: datetime) -> MemberSite:
    """Add a site to the caller's firm."""
    sites.add(session, site)
    _conclude(session, "site.add", site, now)
    return site


def change_site(
    session: Session, site: MemberSite, *, version: int | None, now: datetime
) -> MemberSite:
    """Change name or province of a site.

    Raises:
        NotThereError: The caller's firm has none of that id.
        ChangedMeanwhileError: It stands at another version.
    """
    changed = sites.replace(session, site, version=version)
    _conclude(session, "site.change", changed, now)
    return changed


def remove_site(session: Session, site_id: UUID, *, now: datetime) -> None:
    """Forget a site.

    Raises:
        NotThereError: The caller's firm has none of that id.
        NotNowError: Products are made there.
    """
    site = sites.get(session, site_id)
    sites.remove(session, site_id)
    _conclude(session, "site.remove", site, now)


def _conclude(session: Session, action: str, site: MemberSite, now: datetime) -> None:
    noted = AuditNote(
        at=now,
        action=action,
        subject="site",
        subject_id=site.id,
        organisation_id=site.member_id,
        details={},
    )
    audit.note(session, noted)
    calculations.cause_of_firm(session, site.member_id, now=now)
