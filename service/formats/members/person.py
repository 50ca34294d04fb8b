"""People as the API reads and gives them: how they are invited, join, sign in and are changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from lca_models.errors import Language
from service.domain.access import Caller, Right, Scope
from service.domain.one_time_link import OneTimeLink
from service.domain.organisation import Role
from service.domain.password import LONGEST, SHORTEST
from service.domain.person import Person
from service.formats.bilingual import Part

_LONGEST_EMAIL = 254  # RFC 5321, section 4.5.3.1.3, without its brackets
_WRITABLE = r"^[^\x00]*$"  # PostgreSQL keeps every character but this
Email = Annotated[
    str,
    Field(max_length=_LONGEST_EMAIL, pattern=_WRITABLE, examples=["wang@firm.example.com"]),
]
PersonName = Annotated[
    str, Field(min_length=1, max_length=100, pattern=_WRITABLE, examples=["王芳"])
]
Password = Annotated[str, Field(max_length=LONGEST, examples=["four words or a long line"])]
NewPassword = Annotated[
    Password,
    Field(description=f"{SHORTEST} characters or more; neither the name nor the address."),
]
LinkToken = Annotated[
    str,
    Field(
        max_length=200,
        description="What the link of the letter holds.",
        examples=["pT4Zl2nQx0m7bW9sKc1uYd8eRf3gVh6j"],
    ),
]
Code = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{6}$",
        description="What the authenticator shows now.",
        examples=["287082"],  # of RFC 6238
    ),
]
Rights = Annotated[list[Right], Field(min_length=1, max_length=len(Right), examples=[["edit"]])]


class PersonDocument(Part):
    """Somebody who works for your organisation."""

    id: UUID
    email: str
    name: str
    language: Language
    rights: list[Right]
    has_one_time_code: bool = Field(description="Whether signing in takes a second factor.")
    created_at: datetime
    version: int


class PersonChanges(Part):
    """What shall be otherwise; what is left out stays."""

    name: PersonName | None = None
    language: Language | None = None
    rights: Rights | None = None


class NewJoiningLink(Part):
    """Somebody to invite."""

    email: Email
    rights: Rights


class JoiningLinkDocument(Part):
    """An invitation that waits; its link stands in the letter alone."""

    id: UUID
    email: str
    rights: list[Right]
    created_at: datetime
    expires_at: datetime


class NewPersonDocument(Part):
    """Who joins by a link."""

    token: LinkToken
    name: PersonName
    password: NewPassword
    language: Language = Language.ZH


class ResetRequest(Part):
    """Whose password shall be set anew."""

    email: Email


class NewPasswordDocument(Part):
    """A new password, by a link."""

    token: LinkToken
    password: NewPassword


class SignInRequest(Part):
    """Who signs in."""

    email: Email
    password: Password
    one_time_code: Code | None = None


class SessionDocument(Part):
    """A session: send its token as `Authorization: Bearer …`."""

    token: str = Field(description="Told this once.")
    expires_at: datetime
    person: PersonDocument


class CallerDocument(Part):
    """As whom you call."""

    organisation_id: UUID
    roles: list[Role]
    scopes: list[Scope]
    person: PersonDocument


class OfferedSecretDocument(Part):
    """A secret for an authenticator: it counts once a code of it is sent back."""

    secret: str = Field(description="In base 32. Told this once.")
    uri: str = Field(description="What an authenticator reads from a square code.")


class OneTimeCodeDocument(Part):
    """A code of six digits."""

    code: Code


def to_person_document(person: Person) -> PersonDocument:
    """A person as its firm reads it."""
    return PersonDocument(
        id=person.id,
        email=person.email,
        name=person.name,
        language=person.language,
        rights=sorted(person.rights),
        has_one_time_code=person.has_one_time_code,
        created_at=person.created_at,
        version=person.version,
    )


def from_person_changes(document: PersonChanges) -> Mapping[str, Any]:
    """Fields of a person with what they shall be."""
    changes: dict[str, Any] = {}
    if document.name is not None:
        changes["name"] = document.name
    if document.language is not None:
        changes["language"] = document.language
    if document.rights is not None:
        changes["rights"] = frozenset(document.rights)
    return changes


def to_joining_link_document(link: OneTimeLink) -> JoiningLinkDocument:
    """An invitation as the firm reads it."""
    return JoiningLinkDocument(
        id=link.id,
        email=link.email,
        rights=sorted(link.rights),
        created_at=link.created_at,
        expires_at=link.expires_at,
    )


def to_caller_document(caller: Caller, person: Person) -> CallerDocument:
    """Who is signed in, and what it may do."""
    return CallerDocument(
        organisation_id=caller.organisation_id,
        roles=sorted(caller.roles),
        scopes=sorted(caller.scopes),
        person=to_person_document(person),
    )
