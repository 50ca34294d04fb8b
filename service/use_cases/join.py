"""Join an organisation by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from lca_models.errors import Language
from service.domain.one_time_link import LinkPurpose
from service.domain.person import Person
from service.store import audit, one_time_links, people
from service.store.audit import AuditNote
from service.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who joins: its name, the language of its letters, and the hash of its password."""

    name: str
    language: Language
    password_hash: str


def join(session: Session, token: str, newcomer: Newcomer, *, now: datetime) -> Person:
    """Make a person of whoever holds a link, and use the link up.

    Args:
        session: Sees the whole store: the token is what proves the bearer.
        token: The link's.
        newcomer: Who joins.
        now: The present moment.

    Raises:
        LinkNotUsableError: The link is unknown, used or has run out.
        EmailTakenError: Somebody signs in with the address.
    """
    link = one_time_links.get_usable(session, token, LinkPurpose.JOIN, now=now)
    one_time_links.use(session, link, now=now)
    person = Person(
        id=new_id(),
        organisation_id=link.organisation_id,
        email=link.email,
        name=newcomer.name,
        language=newcomer.language,
        rights=link.rights,
        created_at=now,
    )
    people.add(session, person, password_hash=newcomer.password_hash)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.join",
            subject="person",
            subject_id=person.id,
            organisation_id=person.organisation_id,
            details={"rights": sorted(person.rights), "link": str(link.id)},
        ),
    )
    return person
