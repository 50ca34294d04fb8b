"""Change what an organisation says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from service.domain.member import Member, refuse_roles
from service.domain.organisation import Role
from service.store import audit, members
from service.store.audit import AuditNote


def change_organisation(
    session: Session,
    member_id: UUID,
    changes: Mapping[str, Any],
    *,
    version: int | None,
    now: datetime,
) -> Member:
    """Change the caller's own firm: name, roles, industry; never its number.

    Args:
        session: The firm's transaction.
        member_id: The firm.
        changes: Fields of `Member` with what they shall be.
        version: The version that the edit was made on; None for any.
        now: The present moment.

    Raises:
        NotThereError: It is not the caller's own.
        InvalidMemberError: The industry is none, or the roles cannot be so.
        ChangedMeanwhileError: It stands at another version.
    """
    found = members.get_own(session, member_id)
    if "roles" in changes and Role.OPERATOR not in found.roles:
        refuse_roles(changes["roles"])
    elif "roles" in changes and Role.OPERATOR not in changes["roles"]:
        changes = {**changes, "roles": changes["roles"] | {Role.OPERATOR}}
    changed = members.replace(session, replace(found, **changes), version=version)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="organisation.change",
            subject="organisation",
            subject_id=member_id,
            organisation_id=member_id,
            details={"fields": sorted(changes), "version": changed.version},
        ),
    )
    return changed
