"""The service reminds suppliers of what they were asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from service.domain.data_request import REMINDED_BEFORE, DataRequest, needs_reminder
from service.formats.members.chain_letters import write_reminder
from service.store import audit, data_requests, firm_letters, members, products
from service.store.audit import AuditNote


def remind_suppliers(session: Session, *, public_url: str, now: datetime) -> int:
    """Write one letter for each request that is due soon or overdue, once a step.

    Args:
        session: A transaction of the service itself.
        public_url: Address of the service.
        now: The present moment.

    Returns:
        How many requests were reminded of.
    """
    today = now.date()
    awaited = data_requests.list_awaited(session, due_until=today + max(REMINDED_BEFORE))
    due = [request for request in awaited if needs_reminder(request, today)]
    for request in due:
        _remind(session, request, public_url=public_url, now=now)
    return len(due)


def _remind(session: Session, request: DataRequest, *, public_url: str, now: datetime) -> None:
    letter = write_reminder(
        members.get(session, request.asker_id).name,
        products.get(session, request.product_id).name,
        due_on=request.due_on,
        overdue=request.is_overdue(now.date()),
        url=f"{public_url}/data-requests/{request.id}",
    )
    firm_letters.write_to_firm(session, request.supplier_id, letter, now)
    data_requests.replace(session, replace(request, reminded_at=now))
    audit.note(
        session,
        AuditNote(
            at=now,
            action="data_request.remind",
            subject="data_request",
            subject_id=request.id,
            organisation_id=request.supplier_id,
            details={},
        ),
    )
