"""A lead firm edits its chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from service.domain.drawn_chain import DrawnChain, refuse_closed, refuse_unknown_key_chain
from service.domain.versions import refuse_other_version
from service.store import audit, chains
from service.store.audit import AuditNote


def edit_chain(
    session: Session,
    chain_id: UUID,
    changes: Mapping[str, Any],
    *,
    by: UUID,
    version: int | None,
    key_chains: Collection[str],
    now: datetime,
) -> DrawnChain:
    """Edit a chain of the firm that asks.

    Args:
        session: The transaction.
        chain_id: The chain.
        changes: Fields, with what they shall be.
        by: The firm that asks.
        version: The version that the edit was made on; None for whatever stands.
        key_chains: The tags that this service knows.
        now: The present moment.

    Raises:
        NotThereError: The firm leads no such chain.
        ChangedMeanwhileError: It stands at another version.
        NotNowError: It is closed.
        UnknownKeyChainError: The tag is not known.
    """
    chain = chains.get_led(session, chain_id, by, locked=True)
    refuse_other_version(version, chain.version)
    refuse_closed(chain)
    edited = replace(chain, **changes, version=chain.version + 1)
    if edited.key_chain != chain.key_chain:  # a tag stays when the list of them changes
        refuse_unknown_key_chain(edited.key_chain, key_chains)
    chains.replace(session, edited)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="chain.edit",
            subject="chain",
            subject_id=chain_id,
            organisation_id=by,
            details={"version": edited.version},
        ),
    )
    return edited
