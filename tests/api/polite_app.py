"""A small application with the manners of the real one, and one room whose work can be counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import Depends, FastAPI, Request, Response, UploadFile
from fastapi.testclient import TestClient
from sqlmodel import select

from service.api import problems
from service.api.callers import Calling
from service.api.lists import Listing
from service.api.packing import Packing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.security_headers import AnswerHeaders
from service.api.transactions import Reading, Transaction
from service.domain.access import SERVICE, Caller, Scope
from service.domain.organisation import Role
from service.domain.paging import Page
from service.domain.versions import NotNowError, refuse_other_version
from service.formats.bilingual import Part
from service.formats.members.listing import ListDocument
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.identity import SiteRow
from service.wiring import Wiring
from tests import make
from tests.members import Service

router = make_router("sites")


class Site(Part):
    name: str
    site_id: UUID | None = None


@router.post("/v1/sites", status_code=201)
def add_site(site: Site, session: Transaction, caller: Calling, response: Response) -> Site:
    """Add a site; then refuse, or break down, where its name says so."""
    row = SiteRow(
        id=new_id(), organisation_id=caller.organisation_id, name=site.name, province="CN-SN"
    )
    session.add(row)
    session.flush()
    if site.name == "refused":
        raise NotNowError(make.text("Not now."), make.text("Later."))
    if site.name == "broken":
        raise OSError
    response.headers["Location"] = f"/v1/sites/{row.id}"
    put_etag(response, row.version)
    return Site(name=site.name, site_id=row.id)


@router.post("/v1/sites/from-file", status_code=201)
def add_sites(file: UploadFile, session: Transaction, caller: Calling) -> Response:
    """Add a site by the name that a file holds."""
    name = file.file.read().decode()
    session.add(
        SiteRow(id=new_id(), organisation_id=caller.organisation_id, name=name, province="CN-SN")
    )
    return Response(b"\x00\xff" + name.encode(), media_type="application/octet-stream")


@router.get("/v1/sites")
def list_sites(session: Reading, asked: Listing) -> ListDocument[Site]:
    names = sorted(row.name for row in session.exec(select(SiteRow)))
    start = int(asked.cursor or 0)
    following = start + asked.limit
    page = Page(tuple(names[start:following]), str(following) if names[following:] else None)
    return asked.answer(page.map(lambda name: Site(name=name)))


@router.get("/v1/sites/{site_id}")
def get_site(site_id: UUID, session: Reading, response: Response) -> Site:
    row = session.get_one(SiteRow, site_id)
    put_etag(response, row.version)
    return Site(name=row.name, site_id=row.id)


@router.patch("/v1/sites/{site_id}")
def change_site(
    site_id: UUID, site: Site, expected: IfMatch, session: Transaction, response: Response
) -> Site:
    row = session.get_one(SiteRow, site_id)
    refuse_other_version(expected, row.version)
    row.name, row.version = site.name, row.version + 1
    put_etag(response, row.version)
    return Site(name=row.name, site_id=row.id)


@dataclass(frozen=True)
class Polite:
    """The small application, called by one firm or another."""

    wiring: Wiring
    client: TestClient
    organisations: tuple[UUID, UUID]

    def post(self, body: Any, key: str | None = "first", **headers: str) -> Any:
        named = {} if key is None else {"Idempotency-Key": key}
        return self.client.post("/v1/sites", json=body, headers=named | headers)

    def list_names(self) -> list[str]:
        with open_transaction(self.wiring.members.engine, SERVICE, reading=True) as session:
            return sorted(row.name for row in session.exec(select(SiteRow)))


@contextmanager
def run_polite_app(service: Service) -> Iterator[Polite]:
    """Run it on the database of a service; `X-Caller: 1` lets the second firm call."""
    firms = (service.join("First", Role.SUPPLIER).id, service.join("Second", Role.SUPPLIER).id)

    async def guard(request: Request) -> None:
        organisation = firms[int(request.headers.get("x-caller", 0))]
        request.state.caller = Caller(
            organisation, frozenset(), frozenset(Scope), client_id=organisation
        )

    app = FastAPI(dependencies=[Depends(guard)])
    app.state.wiring = replace(service.wiring)
    app.state.wiring.__dict__["members"] = service.wiring.members
    app.include_router(router)
    problems.install(app)
    app.add_middleware(Packing)
    app.add_middleware(AnswerHeaders)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = "Bearer token"
        yield Polite(app.state.wiring, client, firms)
