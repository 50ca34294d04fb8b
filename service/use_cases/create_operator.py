"""Make the organisation that runs the service, and the people who do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from lca_models.errors import Language, Text
from service.domain.access import Right
from service.domain.member import Member, refuse_registered
from service.domain.organisation import Identifier, Role
from service.domain.person import Person
from service.store import audit, members, people
from service.store.audit import AuditNote
from service.store.ids import new_id


@dataclass(frozen=True, slots=True)
class NewOperator:
    """Who shall run the service.

    Args:
        organisation: Name of the firm that does.
        identifier: Its number in a register.
        email: Address of the person, checked and folded.
        name: Name of the person.
        language: The language of its letters.
        password_hash: Of its password.
    """

    organisation: Text
    identifier: Identifier
    email: str
    name: str
    language: Language
    password_hash: str


def create_operator(session: Session, wanted: NewOperator, *, now: datetime) -> Person:
    """Make a person with all rights at the operator; the operator, too, where there is none yet.

    Args:
        session: Sees the whole store.
        wanted: Who.
        now: The present moment.

    Raises:
        EmailTakenError: Somebody signs in with the address; nothing is changed.
        AlreadyRegisteredError: The number belongs to a firm that is no operator.
    """
    member = members.find_by_identifier(session, wanted.identifier)
    if member is None:
        member = _add_member(session, wanted, now)
    elif Role.OPERATOR not in member.roles:
        raise refuse_registered(wanted.identifier)
    person = Person(
        id=new_id(),
        organisation_id=member.id,
        email=wanted.email,
        name=wanted.name,
        language=wanted.language,
        rights=frozenset(Right),
        created_at=now,
    )
    people.add(session, person, password_hash=wanted.password_hash)
    _note(session, "person.join", "person", person.id, member, now)
    return person


def _add_member(session: Session, wanted: NewOperator, now: datetime) -> Member:
    member = Member(
        id=new_id(),
        name=wanted.organisation,
        identifier=wanted.identifier,
        roles=frozenset({Role.OPERATOR}),
        industry=None,
        created_at=now,
    )
    members.add(session, member)
    _note(session, "organisation.register", "organisation", member.id, member, now)
    return member


def _note(
    session: Session, action: str, subject: str, subject_id: object, member: Member, now: datetime
) -> None:
    noted = AuditNote(
        at=now,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        organisation_id=member.id,
        details={"by": "command line"},
    )
    audit.note(session, noted)
