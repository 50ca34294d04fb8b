"""Read a review; what its reviewer learns by that is recorded for the supplier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.disclosure import Disclosure, Subject
from service.domain.review import Review
from service.store import disclosures, reviews
from service.store.ids import new_id


def read_review(session: Session, review_id: UUID, reader_id: UUID, *, now: datetime) -> Review:
    """One review, as supplier or reviewer.

    Raises:
        NotThereError: There is none that the reader has to do with.
    """
    review = reviews.get(session, review_id)
    if reader_id == review.reviewer_id:
        seen = Disclosure(
            id=new_id(),
            supplier_id=review.supplier_id,
            viewer_id=reader_id,
            product_id=review.product_id,
            subject=Subject.REVIEW,
            subject_id=review.id,
            significant_digits=review.footprint.significant_digits,
            at=now,
        )
        disclosures.add(session, [seen])
    return review
