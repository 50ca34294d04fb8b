"""`/v1/data-requests`: who asks whom for the data of which product, and what both say to it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from service.api.acting import Acting
from service.api.lists import Listing
from service.api.preconditions import put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.data_request import DataRequestState
from service.formats.members.data_request import (
    DataRequestDocument,
    NewDataRequestDocument,
    NewQuestionDocument,
    QuestionDocument,
    to_data_request_document,
    to_question_document,
)
from service.formats.members.link import ReasonDocument
from service.formats.members.listing import ListDocument
from service.store import data_requests, questions
from service.store.data_requests import DataRequestFilter
from service.use_cases.ask_data import ask_data
from service.use_cases.ask_question import ask_question
from service.use_cases.move_data_request import (
    begin_data_request,
    decline_data_request,
    withdraw_data_request,
)

router = make_router("chains")


async def _read_filter(
    now: Now,
    chain_id: Annotated[UUID | None, Query(description="Those of this chain only.")] = None,
    link_id: Annotated[UUID | None, Query(description="Along this link only.")] = None,
    asker_id: Annotated[UUID | None, Query(description="Those that this firm asks.")] = None,
    supplier_id: Annotated[UUID | None, Query(description="Those that ask this firm.")] = None,
    state: Annotated[DataRequestState | None, Query(description="In this state only.")] = None,
    overdue: Annotated[bool, Query(description="Overdue ones only.")] = False,  # noqa: FBT002 - a flag of the query
) -> DataRequestFilter:
    today = now.date() if overdue else None
    return DataRequestFilter(chain_id, link_id, asker_id, supplier_id, state, today)


Filtering = Annotated[DataRequestFilter, Depends(_read_filter)]


@router.post("/v1/links/{link_id}/data-requests", status_code=201)
def create_data_request(
    link_id: UUID,
    asked: NewDataRequestDocument,
    session: Transaction,
    acting: Acting,
    response: Response,
) -> DataRequestDocument:
    """Ask as buyer for the data of what a link supplies; the supplier is told by letter."""
    request = ask_data(
        session,
        link_id,
        asked.period.to_period(),
        asked.due_on,
        by=acting.by,
        public_url=acting.public_url,
        now=acting.now,
    )
    response.headers["Location"] = f"/v1/data-requests/{request.id}"
    put_etag(response, request.version)
    return to_data_request_document(request, acting.by, acting.today)


@router.get("/v1/data-requests")
def list_data_requests(
    asked: Listing, wanted: Filtering, session: Reading, acting: Acting
) -> ListDocument[DataRequestDocument]:
    """What you asked for and were asked for; by `due_on` or `asked_at`."""
    today = acting.today
    found = data_requests.list_seen(session, asked, wanted)
    return asked.answer(found.map(lambda each: to_data_request_document(each, acting.by, today)))


@router.get("/v1/data-requests/{data_request_id}")
def get_data_request(
    data_request_id: UUID, session: Reading, acting: Acting
) -> DataRequestDocument:
    """One data request that you made or got; whether it is overdue follows from the clock."""
    request = data_requests.get(session, data_request_id)
    return to_data_request_document(request, acting.by, acting.today)


@router.post("/v1/data-requests/{data_request_id}/start")
def create_data_request_start(
    data_request_id: UUID, session: Transaction, acting: Acting
) -> DataRequestDocument:
    """Tell the buyer that you work on it."""
    request = begin_data_request(session, data_request_id, by=acting.by, now=acting.now)
    return to_data_request_document(request, acting.by, acting.today)


@router.post("/v1/data-requests/{data_request_id}/refusal")
def create_data_request_refusal(
    data_request_id: UUID,
    asked: ReasonDocument,
    session: Transaction,
    acting: Acting,
) -> DataRequestDocument:
    """Decline as supplier; the buyer reads why."""
    url = acting.public_url
    request = decline_data_request(
        session, data_request_id, asked.reason, by=acting.by, public_url=url, now=acting.now
    )
    return to_data_request_document(request, acting.by, acting.today)


@router.post("/v1/data-requests/{data_request_id}/withdrawal")
def create_data_request_withdrawal(
    data_request_id: UUID, session: Transaction, acting: Acting
) -> DataRequestDocument:
    """Take a data request of yours back."""
    request = withdraw_data_request(session, data_request_id, by=acting.by, now=acting.now)
    return to_data_request_document(request, acting.by, acting.today)


@router.post("/v1/data-requests/{data_request_id}/questions", status_code=201)
def create_question(
    data_request_id: UUID,
    asked: NewQuestionDocument,
    session: Transaction,
    acting: Acting,
) -> QuestionDocument:
    """Ask or answer in the thread; the other side is told by letter that you wrote."""
    question = ask_question(
        session,
        data_request_id,
        asked.words,
        by=acting.by,
        public_url=acting.public_url,
        now=acting.now,
    )
    return to_question_document(question)


@router.get("/v1/data-requests/{data_request_id}/questions")
def list_questions(
    data_request_id: UUID, asked: Listing, session: Reading
) -> ListDocument[QuestionDocument]:
    """What both sides said, from the beginning."""
    data_requests.get(session, data_request_id)
    found = questions.list_of_request(session, data_request_id, asked)
    return asked.answer(found.map(to_question_document))
