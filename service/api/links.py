"""`/v1/links`: which firm's product goes into which, as both have agreed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from service.api.acting import Acting
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Reading, Transaction
from service.domain.link import LinkState
from service.formats.members.link import (
    LinkAcceptanceDocument,
    LinkChanges,
    LinkDocument,
    LinkEndDocument,
    NewLinkDocument,
    ReasonDocument,
    to_link_document,
)
from service.formats.members.listing import ListDocument
from service.store import links
from service.store.links import LinkFilter
from service.use_cases.accept_link import accept_link
from service.use_cases.decline_link import decline_link
from service.use_cases.end_link import end_link
from service.use_cases.propose_link import Proposal, propose_link
from service.use_cases.show_link import show_link

router = make_router("chains")


async def _read_filter(
    chain_id: Annotated[UUID | None, Query(description="Those of this chain only.")] = None,
    buyer_id: Annotated[UUID | None, Query(description="By which this firm buys.")] = None,
    supplier_id: Annotated[UUID | None, Query(description="By which this firm supplies.")] = None,
    product_id: Annotated[UUID | None, Query(description="From or into this product.")] = None,
    state: Annotated[LinkState | None, Query(description="In this state only.")] = None,
) -> LinkFilter:
    return LinkFilter(chain_id, buyer_id, supplier_id, product_id, state)


Filtering = Annotated[LinkFilter, Depends(_read_filter)]


@router.post("/v1/chains/{chain_id}/links", status_code=201)
def create_link(
    chain_id: UUID,
    asked: NewLinkDocument,
    session: Transaction,
    acting: Acting,
    response: Response,
) -> LinkDocument:
    """Say what you buy from a firm of the chain; it is asked to confirm."""
    link = propose_link(
        session,
        chain_id,
        Proposal(asked.product_id, asked.supplier_id, asked.material, asked.shown_to_lead),
        by=acting.by,
        public_url=acting.public_url,
        now=acting.now,
    )
    response.headers["Location"] = f"/v1/links/{link.id}"
    put_etag(response, link.version)
    return to_link_document(link, acting.by)


@router.get("/v1/links")
def list_links(
    asked: Listing, wanted: Filtering, session: Reading, acting: Acting
) -> ListDocument[LinkDocument]:
    """Links of yours, and those that you may see as lead firm; by `proposed_at` or `material`."""
    found = links.list_seen(session, asked, wanted)
    return asked.answer(found.map(lambda link: to_link_document(link, acting.by)))


@router.get("/v1/links/{link_id}")
def get_link(link_id: UUID, session: Reading, acting: Acting, response: Response) -> LinkDocument:
    """One link that you may see."""
    link = links.get(session, link_id)
    put_etag(response, link.version)
    return to_link_document(link, acting.by)


@router.patch("/v1/links/{link_id}")
def change_link(
    link_id: UUID,
    changes: LinkChanges,
    session: Transaction,
    acting: Acting,
    version: IfMatch,
    response: Response,
) -> LinkDocument:
    """Let the lead firm see that you buy there, or hide it; it sees what both sides let it."""
    link = show_link(
        session,
        link_id,
        shown_to_lead=changes.shown_to_lead,
        by=acting.by,
        version=version,
        now=acting.now,
    )
    put_etag(response, link.version)
    return to_link_document(link, acting.by)


@router.post("/v1/links/{link_id}/acceptance")
def create_link_acceptance(
    link_id: UUID, asked: LinkAcceptanceDocument, session: Transaction, acting: Acting
) -> LinkDocument:
    """Confirm as supplier which of your products it is."""
    return to_link_document(
        accept_link(session, link_id, asked.product_id, by=acting.by, now=acting.now), acting.by
    )


@router.post("/v1/links/{link_id}/refusal")
def create_link_refusal(
    link_id: UUID, asked: ReasonDocument, session: Transaction, acting: Acting
) -> LinkDocument:
    """Decline as supplier; the buyer reads why."""
    return to_link_document(
        decline_link(session, link_id, asked.reason, by=acting.by, now=acting.now), acting.by
    )


@router.post("/v1/links/{link_id}/end")
def create_link_end(
    link_id: UUID, asked: LinkEndDocument, session: Transaction, acting: Acting
) -> LinkDocument:
    """End a link of yours from either side; open data requests along it are over."""
    return to_link_document(
        end_link(session, link_id, asked.reason, by=acting.by, now=acting.now), acting.by
    )
