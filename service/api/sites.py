"""`/v1/sites`: where your organisation works."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from fastapi import Response

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.member import MemberSite
from service.formats.members.listing import ListDocument
from service.formats.members.member import (
    NewSiteDocument,
    SiteChanges,
    SiteDocument,
    to_site_document,
)
from service.store import sites
from service.store.ids import new_id
from service.use_cases.keep_sites import add_site, change_site, remove_site

router = make_router("organisations")


@router.post("/v1/sites", status_code=201)
def create_site(
    asked: NewSiteDocument, session: Transaction, caller: Calling, now: Now, response: Response
) -> SiteDocument:
    """Add a site to your organisation."""
    site = MemberSite(new_id(), caller.organisation_id, asked.name, asked.province)
    add_site(session, site, now=now)
    response.headers["Location"] = f"/v1/sites/{site.id}"
    put_etag(response, site.version)
    return to_site_document(site)


@router.get("/v1/sites")
def list_sites(asked: Listing, session: Reading) -> ListDocument[SiteDocument]:
    """The sites of your organisation."""
    return asked.answer(sites.list_page(session, asked).map(to_site_document))


@router.get("/v1/sites/{site_id}")
def get_site(site_id: UUID, session: Reading, response: Response) -> SiteDocument:
    """One site of your organisation."""
    site = sites.get(session, site_id)
    put_etag(response, site.version)
    return to_site_document(site)


@router.patch("/v1/sites/{site_id}")
def edit_site(
    site_id: UUID,
    changes: SiteChanges,
    session: Transaction,
    version: IfMatch,
    now: Now,
    response: Response,
) -> SiteDocument:
    """Change a site of your organisation."""
    wanted = replace(sites.get(session, site_id), **changes.model_dump(exclude_none=True))
    site = change_site(session, wanted, version=version, now=now)
    put_etag(response, site.version)
    return to_site_document(site)


@router.delete("/v1/sites/{site_id}", status_code=204)
def delete_site(site_id: UUID, session: Transaction, now: Now) -> None:
    """Forget a site at which no product is made."""
    remove_site(session, site_id, now=now)
