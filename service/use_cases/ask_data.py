"""A buyer asks a supplier for the data of a product and period."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.data_request import DataRequest, DataRequestState, refuse_unusable_days
from service.domain.drawn_chain import refuse_closed
from service.domain.link import supplied_product
from service.domain.submission import Period
from service.formats.members.chain_letters import write_answered_request, write_data_request
from service.store import (
    audit,
    chains,
    data_requests,
    firm_letters,
    links,
    members,
    products,
    submissions,
)
from service.store.audit import AuditNote
from service.store.ids import new_id
from service.store.session import whole_store


def ask_data(
    session: Session,
    link_id: UUID,
    period: Period,
    due_on: date,
    *,
    by: UUID,
    public_url: str,
    now: datetime,
) -> DataRequest:
    """Ask along an accepted link; the supplier is told by letter.

    What another buyer has accepted already, or the supplier itself, answers at once: the buyer
    reads its footprint as soon as it is released, and nothing is left to do.

    Args:
        session: The transaction.
        link_id: The link.
        period: The reporting period.
        due_on: The last day on which an answer is in time, by UTC.
        by: The buyer.
        public_url: Address of the service.
        now: The present moment.

    Raises:
        NotThereError: The firm does not buy by such a link.
        NotNowError: The link is not accepted, or the chain closed.
        InvalidRequestedDayError: The due day has passed, or the period ends before it starts.
        TakenError: The same is open already.
    """
    link = links.get_of(session, link_id, by)
    if link.buyer_id != by:
        raise not_there(Text(en="link of yours as buyer", zh="由您作为采购方的供需关系"))
    product_id = supplied_product(link)
    refuse_closed(chains.get(session, link.chain_id))
    refuse_unusable_days(period, due_on, now.date())
    answer = _find_accepted(session, product_id, period)
    request = DataRequest(
        id=new_id(),
        chain_id=link.chain_id,
        link_id=link_id,
        asker_id=by,
        supplier_id=link.supplier_id,
        product_id=product_id,
        period=period,
        due_on=due_on,
        state=DataRequestState.REQUESTED if answer is None else DataRequestState.ACCEPTED,
        reason=None,
        submission_id=answer,
        asked_at=now,
    )
    data_requests.add(session, request)
    _tell_supplier(session, request, public_url)
    _note(session, request)
    return request


def _find_accepted(session: Session, product_id: UUID, period: Period) -> UUID | None:
    """What holds for a product and period now; who accepts at the same moment waits, or is seen."""
    with whole_store(session):
        submissions.lock_versions(session, product_id)
        accepted = submissions.find_accepted(session, product_id, period)
    return None if accepted is None else accepted.id


def _tell_supplier(session: Session, request: DataRequest, public_url: str) -> None:
    asker = members.get(session, request.asker_id).name
    product = products.get(session, request.product_id).name
    url = f"{public_url}/data-requests/{request.id}"
    if request.state is DataRequestState.ACCEPTED:
        letter = write_answered_request(asker, product, request.period, url)
    else:
        letter = write_data_request(asker, product, request.due_on, url)
    firm_letters.write_to_firm(session, request.supplier_id, letter, request.asked_at)


def _note(session: Session, request: DataRequest) -> None:
    audit.note(
        session,
        AuditNote(
            at=request.asked_at,
            action="data_request.ask",
            subject="data_request",
            subject_id=request.id,
            organisation_id=request.asker_id,
            details={"link_id": str(request.link_id)},
        ),
    )
