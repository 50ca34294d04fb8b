"""Organisations and their sites in the store."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from lca_models.facts.names import fold
from service.domain.access import not_there
from service.domain.member import Member
from service.domain.organisation import Identifier, IdentifierScheme, Role
from service.store.tables.identity import OrganisationRow

_WHAT = Text(en="organisation", zh="组织")


def add(session: Session, member: Member) -> None:
    """Keep a new member."""
    session.add(
        OrganisationRow(
            id=member.id,
            name_zh=member.name.zh,
            name_en=member.name.en,
            scheme=member.identifier.scheme.value,
            number=member.identifier.value,
            folded_number=fold(member.identifier.value),
            roles=sorted(role.value for role in member.roles),
            industry=member.industry,
            created_at=member.created_at,
        )
    )
    session.flush()


def get(session: Session, member_id: UUID) -> Member:
    """One member.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = session.get(OrganisationRow, member_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_member(row)


def _to_member(row: OrganisationRow) -> Member:
    return Member(
        id=row.id,
        name=Text(en=row.name_en, zh=row.name_zh),
        identifier=Identifier(IdentifierScheme(row.scheme), row.number),
        roles=frozenset(map(Role, row.roles)),
        industry=row.industry,
        created_at=row.created_at,
        suspended_at=row.suspended_at,
        version=row.version,
    )
