"""What both sides of a data request say, in the store."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from service.domain.paging import Page, PageAsked
from service.domain.question import Question
from service.store.paging import read_page
from service.store.tables.chains import QuestionRow


def add(session: Session, question: Question) -> None:
    """Keep what was said."""
    session.add(QuestionRow(**{name: getattr(question, name) for name in QuestionRow.model_fields}))
    session.flush()


def list_of_request(session: Session, data_request_id: UUID, asked: PageAsked) -> Page[Question]:
    """The thread of a data request, from its beginning."""
    query = select(QuestionRow).where(QuestionRow.data_request_id == data_request_id)
    page = read_page(session, query, asked, sorts={"at": QuestionRow.at}, key=col(QuestionRow.id))
    return page.map(lambda row: Question(**row.model_dump()))
