"""`/v1/footprints`: calculating them, their versions, their lockfiles."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.api.waiting import AsksJob, answer_job
from service.domain.submission import Period
from service.formats.lockfile import LockfileDocument
from service.formats.members.footprint import (
    ChainFootprintDocument,
    FootprintSummary,
    KeptFootprintDocument,
    PeriodAsked,
    to_chain_product,
    to_footprint_document,
    to_summary,
)
from service.formats.members.job import JobDocument
from service.formats.members.listing import ListDocument
from service.store import footprints, products
from service.use_cases.ask_footprint import ask_chain_footprint, ask_product_footprint
from service.use_cases.show_chain_footprint import show_chain_footprint
from service.use_cases.show_footprint import show_footprint, show_lockfile

router = make_router("footprints")

Wanted = Annotated[PeriodAsked, Query()]
_JOB: dict[int | str, dict[str, Any]] = {
    202: {"model": JobDocument, "description": "The job that calculates."}
}


@router.post("/v1/products/{product_id}/footprint-requests", status_code=202, responses=_JOB)
def request_product_footprint(
    product_id: UUID,
    period: PeriodAsked,
    session: Transaction,
    caller: Calling,
    now: Now,
    asked: AsksJob,
) -> Response:
    """Calculate a product of yours, and all that rests on it, where data has changed."""
    job_id = ask_product_footprint(session, product_id, period.to_period(), caller, now=now)
    return answer_job(asked, session, job_id)


@router.post("/v1/chains/{chain_id}/footprint-requests", status_code=202, responses=_JOB)
def request_chain_footprint(
    chain_id: UUID,
    period: PeriodAsked,
    session: Transaction,
    caller: Calling,
    now: Now,
    asked: AsksJob,
) -> Response:
    """Calculate a chain that you lead, where data has changed."""
    job_id = ask_chain_footprint(session, chain_id, period.to_period(), caller, now=now)
    return answer_job(asked, session, job_id)


@router.get("/v1/products/{product_id}/footprints")
def list_footprints(
    product_id: UUID,
    listing: Listing,
    session: Reading,
    period_start: date | None = None,
    period_end: date | None = None,
    as_known_on: Annotated[
        date | None, Query(description="Only what stood at the end of that day (UTC).")
    ] = None,
) -> ListDocument[FootprintSummary]:
    """Versions of the footprint of a product of yours, or one that you verify."""
    period = None
    if period_start is not None and period_end is not None:
        period = Period(period_start, period_end)
    known_at = None
    if as_known_on is not None:
        known_at = datetime.combine(as_known_on, time.max, UTC)
    page = footprints.list_of_product(
        session, product_id, listing, period=period, known_at=known_at
    )
    if not page.items:
        products.get(session, product_id)
    return listing.answer(page.map(to_summary))


@router.get("/v1/footprints/{footprint_id}")
def get_footprint(
    footprint_id: UUID, session: Transaction, caller: Calling, now: Now
) -> KeptFootprintDocument:
    """One version, as its owner or a verifier that it appointed may see it."""
    return to_footprint_document(show_footprint(session, footprint_id, caller, now=now))


@router.get("/v1/footprints/{footprint_id}/lockfile")
def get_lockfile(
    footprint_id: UUID, session: Transaction, caller: Calling, now: Now
) -> LockfileDocument:
    """What makes the version again: `greenchain verify` reads it."""
    return show_lockfile(session, footprint_id, caller, now=now)


@router.get("/v1/chains/{chain_id}/footprint")
def get_chain_footprint(
    chain_id: UUID, period: Wanted, session: Transaction, caller: Calling, now: Now
) -> ChainFootprintDocument:
    """The products of a chain that you lead, and what the firms that you see bring to them."""
    found = show_chain_footprint(session, chain_id, period.to_period(), caller, now=now)
    return ChainFootprintDocument(
        chain=chain_id,
        period_start=period.period_start,
        period_end=period.period_end,
        products=list(map(to_chain_product, found)),
    )
