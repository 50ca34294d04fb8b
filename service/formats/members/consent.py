"""Consents as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.consent import ALL_DIGITS, LEAST_CONSENTED_DIGITS, Consent
from service.formats.bilingual import Part

Digits = Annotated[
    int,
    Field(
        ge=LEAST_CONSENTED_DIGITS,
        le=ALL_DIGITS,
        description="Significant digits that the buyer may see; 17 are all.",
        examples=[3],
    ),
]


class NewConsentDocument(Part):
    """Let a buyer see more than two digits of one product's footprint, or of all."""

    buyer: UUID
    product: UUID | None = Field(None, description="Null for all of your products.")
    significant_digits: Digits


class ConsentDocument(NewConsentDocument):
    """A consent that stands until it is withdrawn."""

    id: UUID
    supplier: UUID
    granted_at: datetime
    withdrawn_at: datetime | None


def to_consent_document(consent: Consent) -> ConsentDocument:
    """A consent as its supplier and its buyer read it."""
    return ConsentDocument(
        id=consent.id,
        supplier=consent.supplier_id,
        buyer=consent.buyer_id,
        product=consent.product_id,
        significant_digits=consent.significant_digits,
        granted_at=consent.granted_at,
        withdrawn_at=consent.withdrawn_at,
    )
