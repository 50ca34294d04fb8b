"""A buyer or a supplier ends a link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain import data_request
from service.domain import link as rules
from service.domain.data_request import DataRequestState
from service.domain.link import Link
from service.store import audit, data_requests, links
from service.store.audit import AuditNote


def end_link(
    session: Session, link_id: UUID, reason: str | None, *, by: UUID, now: datetime
) -> Link:
    """End a link, or take its proposal back; open data requests along it are over, too.

    Raises:
        NotThereError: The firm neither buys nor supplies by such a link.
        NotNowError: It was declined or ended already.
    """
    link = links.get_of(session, link_id, by)
    ended = rules.end(link, reason, now)
    links.replace(session, ended)
    for request in data_requests.list_open_of_link(session, link_id):
        over = data_request.move(request, DataRequestState.WITHDRAWN, reason=reason)
        data_requests.replace(session, over)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="link.end",
            subject="link",
            subject_id=link_id,
            organisation_id=by,
            details={},
        ),
    )
    return ended
