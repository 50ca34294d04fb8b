"""`/v1/consents`: who may see more digits of your footprints."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.consent import Consent
from service.formats.members.consent import (
    ConsentDocument,
    NewConsentDocument,
    to_consent_document,
)
from service.formats.members.listing import ListDocument
from service.store import consents
from service.store.ids import new_id
from service.use_cases.grant_precision import grant_precision, withdraw_consent

router = make_router("disclosure")


@router.post("/v1/consents", status_code=201)
def create_consent(
    asked: NewConsentDocument, session: Transaction, caller: Calling, now: Now, response: Response
) -> ConsentDocument:
    """Let a buyer see more digits, from the next release on."""
    consent = Consent(
        id=new_id(),
        supplier_id=caller.organisation_id,
        buyer_id=asked.buyer,
        product_id=asked.product,
        significant_digits=asked.significant_digits,
        granted_at=now,
    )
    grant_precision(session, consent)
    response.headers["Location"] = f"/v1/consents/{consent.id}"
    return to_consent_document(consent)


@router.get("/v1/consents")
def list_consents(listing: Listing, session: Reading) -> ListDocument[ConsentDocument]:
    """Consents that you gave, or were given."""
    return listing.answer(consents.list_seen(session, listing).map(to_consent_document))


@router.get("/v1/consents/{consent_id}")
def get_consent(consent_id: UUID, session: Reading) -> ConsentDocument:
    """One consent that you gave, or were given."""
    return to_consent_document(consents.get(session, consent_id))


@router.delete("/v1/consents/{consent_id}", status_code=204)
def delete_consent(consent_id: UUID, session: Transaction, caller: Calling, now: Now) -> None:
    """Withdraw a consent; what was released stays released."""
    withdraw_consent(session, consent_id, caller.organisation_id, now=now)
