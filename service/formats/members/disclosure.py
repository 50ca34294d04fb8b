"""Disclosures as the API gives them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from service.domain.disclosure import Disclosure, Subject
from service.formats.bilingual import Part


class DisclosureDocument(Part):
    """Somebody saw something of yours."""

    id: UUID
    viewer: UUID
    product: UUID
    subject: Subject
    subject_id: UUID
    significant_digits: int | None = Field(description="Null where all of it was seen.")
    at: datetime


def to_disclosure_document(disclosure: Disclosure) -> DisclosureDocument:
    """A disclosure as the firm reads it whose data was seen."""
    return DisclosureDocument(
        id=disclosure.id,
        viewer=disclosure.viewer_id,
        product=disclosure.product_id,
        subject=disclosure.subject,
        subject_id=disclosure.subject_id,
        significant_digits=disclosure.significant_digits,
        at=disclosure.at,
    )
