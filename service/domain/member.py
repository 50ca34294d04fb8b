"""A member: an organisation that signed up, with what it does here and where it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lca_models.errors import Text
from service.domain.organisation import Identifier, Role


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the service.

    Args:
        id: Its id here.
        name: Name in both languages.
        identifier: Its number in a register.
        roles: What it does here.
        industry: Class of GB/T 4754-2017, such as `C3130`.
        created_at: When it signed up.
        suspended_at: Since when it may not call; None while it may.
        version: Counts its edits.
    """

    id: UUID
    name: Text
    identifier: Identifier
    roles: frozenset[Role]
    industry: str | None
    created_at: datetime
    suspended_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class MemberSite:
    """A place where a member works; the province by ISO 3166-2."""

    id: UUID
    member_id: UUID
    name: str
    province: str
    version: int = 1
