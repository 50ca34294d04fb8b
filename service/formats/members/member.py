"""An organisation as the API gives it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from service.domain.member import Member
from service.domain.organisation import IdentifierScheme, Role
from service.formats.bilingual import Bilingual, Part, to_bilingual


class IdentifierPart(Part):
    """The number of an organisation in a register."""

    scheme: IdentifierScheme
    value: str


class MemberDocument(Part):
    """An organisation of the service."""

    id: UUID
    name: Bilingual
    identifier: IdentifierPart
    roles: list[Role]
    industry: str | None
    created_at: datetime
    version: int


def to_member_document(member: Member) -> MemberDocument:
    """A member as others read it."""
    return MemberDocument(
        id=member.id,
        name=to_bilingual(member.name),
        identifier=IdentifierPart(scheme=member.identifier.scheme, value=member.identifier.value),
        roles=sorted(member.roles),
        industry=member.industry,
        created_at=member.created_at,
        version=member.version,
    )
