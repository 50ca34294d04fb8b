"""A buyer lets the lead firm see a link, or hides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.link import Link
from service.domain.versions import refuse_other_version
from service.store import audit, links
from service.store.audit import AuditNote
from service.store.session import whole_store


def show_link(
    session: Session,
    link_id: UUID,
    *,
    shown_to_lead: bool,
    by: UUID,
    version: int | None,
    now: datetime,
) -> Link:
    """Say whether the lead firm may see a link; it does where both firms let it.

    Args:
        session: The transaction.
        link_id: The link.
        shown_to_lead: Whether it may be seen.
        by: The buyer.
        version: The version that the edit was made on; None for whatever stands.
        now: The present moment.

    Raises:
        NotThereError: The firm does not buy by such a link.
        ChangedMeanwhileError: It stands at another version.
    """
    link = links.get_of(session, link_id, by)
    if link.buyer_id != by:
        raise not_there(Text(en="link of yours as buyer", zh="由您作为采购方的供需关系"))
    refuse_other_version(version, link.version)
    changed = replace(link, shown_by_buyer=shown_to_lead, version=link.version + 1)
    with whole_store(session):
        shown = links.with_sight(session, changed)
        links.replace(session, shown)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="link.show" if shown_to_lead else "link.hide",
            subject="link",
            subject_id=link_id,
            organisation_id=by,
            details={},
        ),
    )
    return shown
