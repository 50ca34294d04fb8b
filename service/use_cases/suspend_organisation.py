"""Suspend an organisation, so that nobody of it may call; and let it in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.member import Member
from service.domain.organisation import Role
from service.domain.versions import NotNowError
from service.store import audit, members
from service.store.audit import AuditNote


def suspend_organisation(
    session: Session, member_id: UUID, *, suspended: bool, now: datetime
) -> Member:
    """Suspend a firm or let it in again; its data stay, and what others may see of them.

    Raises:
        NotThereError: There is no such firm.
        NotNowError: It is an operator, who would lock itself out.
    """
    found = members.get(session, member_id)
    if Role.OPERATOR in found.roles:
        raise NotNowError(
            Text(en="An operator cannot be suspended.", zh="不能停用运营方。"),
            Text(en="Name another organisation.", zh="请选择其他组织。"),
        )
    if (found.suspended_at is not None) == suspended:
        return found
    changed = members.replace(
        session, replace(found, suspended_at=now if suspended else None), version=None
    )
    audit.note(
        session,
        AuditNote(
            at=now,
            action="organisation.suspend" if suspended else "organisation.readmit",
            subject="organisation",
            subject_id=member_id,
            organisation_id=member_id,
            details={},
        ),
    )
    return changed
