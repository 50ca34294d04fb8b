"""A lead firm draws a chain."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from service.domain.drawn_chain import DrawnChain, refuse_unknown_key_chain
from service.store import audit, chains
from service.store.audit import AuditNote


def draw_chain(session: Session, chain: DrawnChain, key_chains: Collection[str]) -> None:
    """Keep a new chain of the firm that asks.

    Args:
        session: The transaction.
        chain: The chain.
        key_chains: The tags that this service knows.

    Raises:
        UnknownKeyChainError: Its tag is none of them.
    """
    refuse_unknown_key_chain(chain.key_chain, key_chains)
    chains.add(session, chain)
    audit.note(
        session,
        AuditNote(
            at=chain.created_at,
            action="chain.draw",
            subject="chain",
            subject_id=chain.id,
            organisation_id=chain.lead_id,
            details={},
        ),
    )
