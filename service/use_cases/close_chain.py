"""A lead firm closes its chain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain import drawn_chain
from service.domain.drawn_chain import DrawnChain
from service.store import audit, chains
from service.store.audit import AuditNote


def close_chain(session: Session, chain_id: UUID, *, by: UUID, now: datetime) -> DrawnChain:
    """Close a chain of the firm that asks: it stays readable, nothing is added to it.

    Raises:
        NotThereError: The firm leads no such chain.
        NotNowError: It is closed already.
    """
    closed = drawn_chain.close(chains.get_led(session, chain_id, by, locked=True), now)
    chains.replace(session, closed)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="chain.close",
            subject="chain",
            subject_id=chain_id,
            organisation_id=by,
            details={},
        ),
    )
    return closed
