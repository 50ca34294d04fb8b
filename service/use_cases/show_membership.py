"""A firm lets the lead firm of a chain know that it takes part, or hides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.membership import Membership
from service.domain.versions import NotNowError
from service.store import audit, chains, invitations, links, memberships
from service.store.audit import AuditNote
from service.store.session import whole_store


def show_membership(
    session: Session, chain_id: UUID, *, seen_by_lead: bool, by: UUID, now: datetime
) -> Membership:
    """Say whether the lead firm may know; its links follow.

    Raises:
        NotThereError: The firm takes no part in such a chain.
        NotNowError: The lead firm invited it itself.
    """
    chains.get(session, chain_id)
    membership = memberships.get(session, chain_id, by, locked=True)
    lead_knows = invitations.has_invited(session, chain_id, membership.lead_id, by)
    if lead_knows and not seen_by_lead:
        raise NotNowError(
            Text(en="The lead firm invited you itself.", zh="贵组织由链主企业直接邀请。"),
            Text(
                en="What you submit stays hidden from it all the same.",
                zh="贵组织提交的数据仍不会向其公开。",
            ),
        )
    changed = replace(membership, seen_by_lead=seen_by_lead)
    memberships.replace(session, changed)
    with whole_store(session):
        links.refresh_sight(session, chain_id, by)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="membership.show" if seen_by_lead else "membership.hide",
            subject="chain",
            subject_id=chain_id,
            organisation_id=by,
            details={},
        ),
    )
    return changed
