"""`/v1/releases`: footprints of suppliers, as they let their buyers see them."""

from __future__ import annotations

from uuid import UUID

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Transaction
from service.formats.members.listing import ListDocument
from service.formats.members.release import ReleaseDocument, to_release_document
from service.use_cases.read_releases import read_release, read_releases

router = make_router("footprints")


@router.get("/v1/releases")
def list_releases(
    listing: Listing,
    session: Transaction,
    caller: Calling,
    now: Now,
    product_id: UUID | None = None,
) -> ListDocument[ReleaseDocument]:
    """What was released to you, and of your products to others; each buyer's reading is kept."""
    page = read_releases(session, listing, caller, product_id=product_id, now=now)
    return listing.answer(page.map(to_release_document))


@router.get("/v1/releases/{release_id}")
def get_release(
    release_id: UUID, session: Transaction, caller: Calling, now: Now
) -> ReleaseDocument:
    """One release; a reading by its buyer is recorded."""
    return to_release_document(read_release(session, release_id, caller, now=now))
