"""`/v1/disclosures`: who saw what of your footprints, when, with how many digits."""

from __future__ import annotations

from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Reading
from service.formats.members.disclosure import DisclosureDocument, to_disclosure_document
from service.formats.members.listing import ListDocument
from service.store import disclosures

router = make_router("disclosure")


@router.get("/v1/disclosures")
def list_disclosures(listing: Listing, session: Reading) -> ListDocument[DisclosureDocument]:
    """Who saw what of your footprints: every reading by another firm stands here."""
    return listing.answer(disclosures.list_seen(session, listing).map(to_disclosure_document))
