"""An organisation and its sites as the API reads and gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from service.domain.member import Member, MemberSite
from service.domain.organisation import Identifier, IdentifierScheme, Role
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.members.person import Email

Name = Annotated[str, Field(min_length=1, max_length=200)]
Industry = Annotated[
    str,
    Field(
        description="Class of GB/T 4754-2017: a letter A to T and two to four digits.",
        examples=["C3130"],
        max_length=5,
    ),
]
Province = Annotated[
    str, Field(description="Subdivision by ISO 3166-2.", examples=["CN-SN"], max_length=6)
]


class BilingualName(Part):
    """A name in Chinese and English; one may repeat the other."""

    zh: Annotated[Name, Field(examples=["西安示例汽车有限公司"])]
    en: Annotated[Name, Field(examples=["Xi'an Example Motors"])]


class IdentifierPart(Part):
    """The number of an organisation in a register."""

    scheme: IdentifierScheme
    value: Annotated[str, Field(min_length=1, max_length=100, examples=["91000000EXAMPLE01P"])]


class MemberDocument(Part):
    """An organisation of the service."""

    id: UUID
    name: Bilingual
    identifier: IdentifierPart
    roles: list[Role]
    industry: str | None
    suspended: bool = Field(description="Whether nobody of it may call.")
    created_at: datetime
    version: int


class NewMemberDocument(Part):
    """An organisation to register."""

    name: BilingualName
    identifier: IdentifierPart
    roles: Annotated[list[Role], Field(min_length=1, max_length=len(Role), examples=[["supplier"]])]
    industry: Industry | None = None
    administrator_email: Annotated[
        Email, Field(description="Its first administrator, who gets a link to join by letter.")
    ]


class MemberChanges(Part):
    """What shall be otherwise; what is left out stays."""

    name: BilingualName | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=len(Role))] | None = None
    industry: Industry | None = None


class SiteDocument(Part):
    """A place where an organisation works."""

    id: UUID
    name: str
    province: str
    version: int


SiteName = Annotated[Name, Field(examples=["二号车间 Plant 2"])]


class NewSiteDocument(Part):
    """A place to add."""

    name: SiteName
    province: Province


class SiteChanges(Part):
    """What shall be otherwise; what is left out stays."""

    name: SiteName | None = None
    province: Province | None = None


def to_member_document(member: Member) -> MemberDocument:
    """A member as others read it."""
    return MemberDocument(
        id=member.id,
        name=to_bilingual(member.name),
        identifier=IdentifierPart(scheme=member.identifier.scheme, value=member.identifier.value),
        roles=sorted(member.roles),
        industry=member.industry,
        suspended=member.suspended_at is not None,
        created_at=member.created_at,
        version=member.version,
    )


def from_new_member(document: NewMemberDocument, member_id: UUID, *, now: datetime) -> Member:
    """The member that a document asks for.

    Raises:
        InvalidIdentifierError: Its number breaks the rules of its register.
        InvalidMemberError: The industry is none.
    """
    return Member(
        id=member_id,
        name=Bilingual(zh=document.name.zh, en=document.name.en).to_text(),
        identifier=Identifier(document.identifier.scheme, document.identifier.value),
        roles=frozenset(document.roles),
        industry=document.industry,
        created_at=now,
    )


def from_member_changes(document: MemberChanges) -> Mapping[str, Any]:
    """Fields of a member with what they shall be; an industry of null is taken away."""
    changes: dict[str, Any] = {}
    if document.name is not None:
        changes["name"] = Bilingual(zh=document.name.zh, en=document.name.en).to_text()
    if document.roles is not None:
        changes["roles"] = frozenset(document.roles)
    if "industry" in document.model_fields_set:
        changes["industry"] = document.industry
    return changes


def to_site_document(site: MemberSite) -> SiteDocument:
    """A site as its firm reads it."""
    return SiteDocument(id=site.id, name=site.name, province=site.province, version=site.version)
