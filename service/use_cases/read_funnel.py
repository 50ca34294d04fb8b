"""A lead firm reads how far its suppliers have come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.response_funnel import ChainProgress, ResponseFunnel, build_funnel
from service.store import chains, data_requests, invitations, links, memberships


def read_funnel(session: Session, chain_id: UUID, *, by: UUID, now: datetime) -> ResponseFunnel:
    """Count what the lead firm itself sees of its chain: what is hidden from it changes nothing.

    Raises:
        NotThereError: The firm leads no such chain.
    """
    chains.get_led(session, chain_id, by)
    progress = ChainProgress(
        lead_id=by,
        invitations=invitations.list_sent(session, chain_id, by),
        memberships=memberships.list_all_seen(session, chain_id),
        links=links.list_accepted(session, chain_id),
        requests=data_requests.list_asked(session, chain_id, by),
    )
    return build_funnel(progress, now)
