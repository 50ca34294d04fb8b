"""`/v1/chains`: chains that lead firms draw, who takes part, how far they have come."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from service.api.acting import Acting
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Reading, Transaction
from service.formats.members.chain import (
    ChainChanges,
    ChainDocument,
    MembershipDocument,
    NewChainDocument,
    SightDocument,
    from_chain_changes,
    from_new_chain,
    to_chain_document,
    to_membership_document,
)
from service.formats.members.listing import ListDocument
from service.formats.members.response_funnel import FunnelDocument, to_funnel_document
from service.store import chains, memberships
from service.store.ids import new_id
from service.use_cases.choose_chain_products import add_product, remove_product
from service.use_cases.close_chain import close_chain
from service.use_cases.draw_chain import draw_chain
from service.use_cases.edit_chain import edit_chain
from service.use_cases.read_funnel import read_funnel
from service.use_cases.show_membership import show_membership

router = make_router("chains")


@router.post("/v1/chains", status_code=201)
def create_chain(
    asked: NewChainDocument,
    session: Transaction,
    acting: Acting,
    response: Response,
) -> ChainDocument:
    """Draw a chain that your organisation leads."""
    chain = from_new_chain(asked, new_id(), acting.by, now=acting.now)
    draw_chain(session, chain, acting.wiring.settings.key_chains)
    response.headers["Location"] = f"/v1/chains/{chain.id}"
    put_etag(response, chain.version)
    return to_chain_document(chain, acting.by)


@router.get("/v1/chains")
def list_chains(
    asked: Listing,
    session: Reading,
    acting: Acting,
    lead_id: Annotated[UUID | None, Query(description="Those that this firm leads only.")] = None,
) -> ListDocument[ChainDocument]:
    """Chains that you lead or take part in."""
    found = chains.list_seen(session, asked, lead_id=lead_id)
    return asked.answer(found.map(lambda chain: to_chain_document(chain, acting.by)))


@router.get("/v1/chains/{chain_id}")
def get_chain(
    chain_id: UUID, session: Reading, acting: Acting, response: Response
) -> ChainDocument:
    """One chain that you lead or take part in."""
    chain = chains.get(session, chain_id)
    if chain.lead_id == acting.by:
        put_etag(response, chain.version)
    return to_chain_document(chain, acting.by)


@router.patch("/v1/chains/{chain_id}")
def change_chain(
    chain_id: UUID,
    changes: ChainChanges,
    session: Transaction,
    acting: Acting,
    version: IfMatch,
    response: Response,
) -> ChainDocument:
    """Change a chain that you lead."""
    chain = edit_chain(
        session,
        chain_id,
        from_chain_changes(changes),
        by=acting.by,
        version=version,
        key_chains=acting.wiring.settings.key_chains,
        now=acting.now,
    )
    put_etag(response, chain.version)
    return to_chain_document(chain, acting.by)


@router.post("/v1/chains/{chain_id}/closure")
def create_chain_closure(chain_id: UUID, session: Transaction, acting: Acting) -> ChainDocument:
    """Close a chain that you lead, for good: it stays readable, nothing is added."""
    chain = close_chain(session, chain_id, by=acting.by, now=acting.now)
    return to_chain_document(chain, acting.by)


@router.put("/v1/chains/{chain_id}/products/{product_id}", status_code=204)
def put_chain_product(
    chain_id: UUID, product_id: UUID, session: Transaction, acting: Acting
) -> None:
    """Let a chain that you lead be about a product of yours."""
    add_product(session, chain_id, product_id, by=acting.by, now=acting.now)


@router.delete("/v1/chains/{chain_id}/products/{product_id}", status_code=204)
def delete_chain_product(
    chain_id: UUID, product_id: UUID, session: Transaction, acting: Acting
) -> None:
    """Let a chain that you lead no longer be about a product, once nothing is linked to it."""
    remove_product(session, chain_id, product_id, by=acting.by, now=acting.now)


@router.get("/v1/chains/{chain_id}/members")
def list_chain_members(
    chain_id: UUID, asked: Listing, session: Reading
) -> ListDocument[MembershipDocument]:
    """Firms in the chain that you may know of: those that you invited, or that show themselves."""
    chains.get(session, chain_id)
    found = memberships.list_seen(session, chain_id, asked)
    return asked.answer(found.map(to_membership_document))


@router.put("/v1/chains/{chain_id}/sight")
def put_chain_sight(
    chain_id: UUID, asked: SightDocument, session: Transaction, acting: Acting
) -> MembershipDocument:
    """Say whether the lead firm may know that you take part; links that you allow follow."""
    membership = show_membership(
        session, chain_id, seen_by_lead=asked.seen_by_lead, by=acting.by, now=acting.now
    )
    return to_membership_document(membership)


@router.get("/v1/chains/{chain_id}/funnel")
def get_chain_funnel(chain_id: UUID, session: Reading, acting: Acting) -> FunnelDocument:
    """How far the suppliers of a chain that you lead have come, of those that you may see."""
    funnel = read_funnel(session, chain_id, by=acting.by, now=acting.now)
    return to_funnel_document(funnel, chain_id)
