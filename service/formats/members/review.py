"""A review as supplier and reviewer read it: both the same."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.plausibility.finding import Severity
from service.domain.review import CountedFindings, Review, ReviewedFootprint, ReviewState
from service.formats.bilingual import Part


class ReviewedFootprintPart(Part):
    """The footprint that the submission would have, rounded to what the reviewer may see."""

    unit: Annotated[str, Field(description="Declared unit that it is per, such as `kg`.")]
    kg_co2e: Annotated[float | None, Field(description="Null where nothing of it has a value.")]
    gases_kg_co2e: Annotated[
        dict[str, float], Field(description="kg CO2e by gas, rounded likewise.")
    ]
    primary_data_share: Annotated[float | None, Field(ge=0, le=1)]
    significant_digits: int


class CountedFindingsPart(Part):
    """How often a rule found something; lines and numbers are the supplier's."""

    code: str
    severity: Severity
    count: int
    explained: Annotated[int, Field(description="How often the supplier has said why.")]


class ReviewItem(Part):
    """A review in a list: that it is there, and where it stands."""

    id: UUID
    submission_id: UUID
    data_request_id: UUID | None
    product_id: UUID
    supplier_id: UUID
    reviewer_id: UUID
    state: ReviewState
    opened_at: datetime
    closed_at: datetime | None
    version: int


class ReviewDocument(ReviewItem):
    """What a buyer sees of a submission that it asked for; its reading is recorded."""

    footprint: ReviewedFootprintPart
    findings: list[CountedFindingsPart]
    reason: str | None


def to_review_item(review: Review) -> ReviewItem:
    """A review as lists show it."""
    return ReviewItem(
        id=review.id,
        submission_id=review.submission_id,
        data_request_id=review.data_request_id,
        product_id=review.product_id,
        supplier_id=review.supplier_id,
        reviewer_id=review.reviewer_id,
        state=review.state,
        opened_at=review.opened_at,
        closed_at=review.closed_at,
        version=review.version,
    )


def to_review_document(review: Review) -> ReviewDocument:
    """A review in full."""
    return ReviewDocument(
        **to_review_item(review).model_dump(),
        footprint=to_footprint_part(review.footprint),
        findings=[to_counted_part(finding) for finding in review.findings],
        reason=review.reason,
    )


def to_footprint_part(footprint: ReviewedFootprint) -> ReviewedFootprintPart:
    """A rounded footprint as a document."""
    return ReviewedFootprintPart(
        unit=footprint.unit,
        kg_co2e=footprint.kg_co2e,
        gases_kg_co2e=dict(footprint.gases_kg_co2e),
        primary_data_share=footprint.primary_data_share,
        significant_digits=footprint.significant_digits,
    )


def to_counted_part(counted: CountedFindings) -> CountedFindingsPart:
    """Counted findings as a document."""
    return CountedFindingsPart(
        code=counted.code,
        severity=counted.severity,
        count=counted.count,
        explained=counted.explained,
    )


def read_footprint(document: object) -> ReviewedFootprint:
    """A rounded footprint from a document that we wrote."""
    read = ReviewedFootprintPart.model_validate(document)
    return ReviewedFootprint(
        unit=read.unit,
        kg_co2e=read.kg_co2e,
        gases_kg_co2e=read.gases_kg_co2e,
        primary_data_share=read.primary_data_share,
        significant_digits=read.significant_digits,
    )


def read_counted(document: object) -> CountedFindings:
    """Counted findings from a document that we wrote."""
    read = CountedFindingsPart.model_validate(document)
    return CountedFindings(read.code, read.severity, read.count, read.explained)
