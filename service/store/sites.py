"""Sites of organisations in the store."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.member import MemberSite
from service.domain.paging import Page, PageAsked
from service.domain.versions import NotNowError, refuse_other_version
from service.store.paging import read_page
from service.store.tables.identity import SiteRow

_WHAT = Text(en="site", zh="生产场所")
_SORTS = {"name": SiteRow.name, "province": SiteRow.province}


def add(session: Session, site: MemberSite) -> None:
    """Keep a new site."""
    session.add(
        SiteRow(id=site.id, organisation_id=site.member_id, name=site.name, province=site.province)
    )
    session.flush()


def get(session: Session, site_id: UUID) -> MemberSite:
    """One site.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return _to_site(_get_row(session, site_id))


def list_page(session: Session, asked: PageAsked) -> Page[MemberSite]:
    """The sites that the viewer sees."""
    return read_page(session, select(SiteRow), asked, sorts=_SORTS, key=SiteRow.id).map(_to_site)


def replace(session: Session, site: MemberSite, *, version: int | None) -> MemberSite:
    """Keep what was edited of a site.

    Raises:
        NotThereError: There is none that the viewer sees.
        ChangedMeanwhileError: It stands at another version.
    """
    row = _get_row(session, site.id)
    refuse_other_version(version, row.version)
    row.name, row.province = site.name, site.province
    row.version += 1
    session.flush()
    return _to_site(row)


def remove(session: Session, site_id: UUID) -> None:
    """Forget a site.

    Raises:
        NotThereError: There is none that the viewer sees.
        NotNowError: Products are made there.
    """
    row = _get_row(session, site_id)
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError as error:
        raise NotNowError(
            Text(en="Products are made at this site.", zh="该场所仍关联产品。"),
            Text(en="Move them to another site first.", zh="请先将产品转至其他场所。"),
        ) from error


def _get_row(session: Session, site_id: UUID) -> SiteRow:
    row = session.exec(select(SiteRow).where(SiteRow.id == site_id).with_for_update()).first()
    if row is None:
        raise not_there(_WHAT)
    return row


def _to_site(row: SiteRow) -> MemberSite:
    return MemberSite(
        id=row.id,
        member_id=row.organisation_id,
        name=row.name,
        province=row.province,
        version=row.version,
    )
