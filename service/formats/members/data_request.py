"""Data requests and their threads as the API takes and gives them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.data_request import DataRequest, DataRequestState
from service.domain.question import Question
from service.domain.submission import Period
from service.formats.bilingual import Part
from service.formats.members.words import Paragraph


class AskedPeriodPart(Part):
    """A reporting period, both days included."""

    start: Annotated[date, Field(examples=["2025-01-01"])]
    end: Annotated[date, Field(examples=["2025-12-31"])]

    def to_period(self) -> Period:
        """The period as the house speaks it."""
        return Period(self.start, self.end)


class NewDataRequestDocument(Part):
    """What you ask a supplier for, along an accepted link."""

    period: AskedPeriodPart
    due_on: date = Field(description="The last day on which an answer is in time, by UTC.")


class DataRequestDocument(Part):
    """A data request as its two sides read it."""

    id: UUID
    chain_id: UUID
    link_id: UUID
    asker_id: UUID
    supplier_id: UUID
    product_id: UUID
    period: AskedPeriodPart
    due_on: date
    state: DataRequestState
    overdue: bool = Field(description="Whether the due day has passed without data, as of now.")
    reason: str | None = Field(description="Why it was last declined, returned or withdrawn.")
    submission_id: UUID | None = Field(description="Told to the supplier alone.")
    asked_at: datetime
    reminded_at: datetime | None
    version: int


class NewQuestionDocument(Part):
    """What you say to the other side."""

    words: Paragraph


class QuestionDocument(Part):
    """What one side said."""

    id: UUID
    author_id: UUID
    words: str
    at: datetime


def to_data_request_document(
    request: DataRequest, reader_id: UUID, today: date
) -> DataRequestDocument:
    """A data request as one side reads it today."""
    return DataRequestDocument(
        id=request.id,
        chain_id=request.chain_id,
        link_id=request.link_id,
        asker_id=request.asker_id,
        supplier_id=request.supplier_id,
        product_id=request.product_id,
        period=AskedPeriodPart(start=request.period.start, end=request.period.end),
        due_on=request.due_on,
        state=request.state,
        overdue=request.is_overdue(today),
        reason=request.reason,
        submission_id=request.submission_id if reader_id == request.supplier_id else None,
        asked_at=request.asked_at,
        reminded_at=request.reminded_at,
        version=request.version,
    )


def to_question_document(question: Question) -> QuestionDocument:
    """What was said, as both sides read it."""
    return QuestionDocument(
        id=question.id, author_id=question.author_id, words=question.words, at=question.at
    )
