"""Supplier and buyer take a data request further: begin with it, decline it, take it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain import data_request as rules
from service.domain.access import not_there
from service.domain.data_request import DataRequest, DataRequestState
from service.formats.members.chain_letters import write_decline
from service.store import audit, data_requests, firm_letters, members, products
from service.store.audit import AuditNote


def begin_data_request(
    session: Session, data_request_id: UUID, *, by: UUID, now: datetime
) -> DataRequest:
    """Tell the buyer that the supplier works on it.

    Raises:
        NotThereError: The firm was not asked that.
        NotNowError: Its state does not allow it.
    """
    request = _get_of_supplier(session, data_request_id, by)
    return _keep(session, rules.move(request, DataRequestState.IN_WORK), by=by, now=now)


def decline_data_request(
    session: Session,
    data_request_id: UUID,
    reason: str,
    *,
    by: UUID,
    public_url: str,
    now: datetime,
) -> DataRequest:
    """Decline, with a reason; the buyer is told by letter.

    Raises:
        NotThereError: The firm was not asked that.
        NotNowError: Its state does not allow it.
    """
    request = _get_of_supplier(session, data_request_id, by)
    declined = rules.move(request, DataRequestState.DECLINED, reason=reason)
    letter = write_decline(
        members.get(session, by).name,
        products.get(session, request.product_id).name,
        f"{public_url}/data-requests/{request.id}",
    )
    firm_letters.write_to_firm(session, request.asker_id, letter, now)
    return _keep(session, declined, by=by, now=now)


def withdraw_data_request(
    session: Session, data_request_id: UUID, *, by: UUID, now: datetime
) -> DataRequest:
    """Take a request back.

    Raises:
        NotThereError: The firm did not ask that.
        NotNowError: It is over.
    """
    request = data_requests.get(session, data_request_id, locked=True)
    if request.asker_id != by:
        raise not_there(Text(en="data request of yours", zh="由您发出的数据请求"))
    return _keep(session, rules.move(request, DataRequestState.WITHDRAWN), by=by, now=now)


def _get_of_supplier(session: Session, data_request_id: UUID, by: UUID) -> DataRequest:
    request = data_requests.get(session, data_request_id, locked=True)
    if request.supplier_id != by:
        raise not_there(Text(en="data request to you", zh="发给您的数据请求"))
    return request


def _keep(session: Session, moved: DataRequest, *, by: UUID, now: datetime) -> DataRequest:
    data_requests.replace(session, moved)
    audit.note(
        session,
        AuditNote(
            at=now,
            action=f"data_request.{moved.state.value}",
            subject="data_request",
            subject_id=moved.id,
            organisation_id=by,
            details={},
        ),
    )
    return moved
