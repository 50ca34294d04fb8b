"""People in the store, with what proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from lca_models.errors import Language, Text
from service.domain.access import Right, not_there
from service.domain.paging import Page, PageAsked
from service.domain.person import Person, tell_email_taken
from service.domain.versions import refuse_other_version
from service.store.paging import read_page
from service.store.tables.identity import PersonRow

_WHAT = Text(en="person", zh="人员")
_SORTS = {"name": PersonRow.name, "email": PersonRow.email, "created_at": PersonRow.created_at}
_NOWHERE = "{id}@left.invalid"  # RFC 2606 keeps this domain free of hosts


@dataclass(frozen=True, slots=True)
class Credentials:
    """What proves a person; it goes no further than the use case that asks.

    Args:
        person: Who is to be proved.
        password_hash: By Argon2.
        one_time_secret: Of the second factor, sealed; None without one.
    """

    person: Person
    password_hash: str | None
    one_time_secret: str | None


def add(session: Session, person: Person, *, password_hash: str) -> None:
    """Keep a new person.

    Raises:
        EmailTakenError: Somebody signs in with the address.
    """
    row = PersonRow(
        id=person.id,
        organisation_id=person.organisation_id,
        email=person.email,
        name=person.name,
        language=person.language.value,
        rights=sorted(right.value for right in person.rights),
        password_hash=password_hash,
        created_at=person.created_at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise tell_email_taken() from error


def get(session: Session, person_id: UUID) -> Person:
    """One person who is still there.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return _to_person(_get_row(session, person_id))


def find_credentials(session: Session, email: str) -> Credentials | None:
    """Who signs in with a folded address, and what proves it."""
    row = session.exec(
        select(PersonRow).where(PersonRow.email == email, col(PersonRow.left_at).is_(None))
    ).first()
    return None if row is None else _to_credentials(row)


def get_credentials(session: Session, person_id: UUID) -> Credentials:
    """What proves a person.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return _to_credentials(_get_row(session, person_id))


def list_page(session: Session, asked: PageAsked) -> Page[Person]:
    """The people that the viewer sees, without those who left."""
    query = select(PersonRow).where(col(PersonRow.left_at).is_(None))
    return read_page(session, query, asked, sorts=_SORTS, key=PersonRow.id).map(_to_person)


def list_of(session: Session, organisation_id: UUID) -> Sequence[Person]:
    """All who work for a firm."""
    query = select(PersonRow).where(
        PersonRow.organisation_id == organisation_id, col(PersonRow.left_at).is_(None)
    )
    return [_to_person(row) for row in session.exec(query)]


def replace(session: Session, person: Person, *, version: int | None) -> Person:
    """Keep what was edited of a person: name, language, rights.

    Raises:
        NotThereError: There is none that the viewer sees.
        ChangedMeanwhileError: It stands at another version.
    """
    row = _get_row(session, person.id, lock=True)
    refuse_other_version(version, row.version)
    row.name, row.language = person.name, person.language.value
    row.rights = sorted(right.value for right in person.rights)
    row.version += 1
    session.flush()
    return _to_person(row)


def replace_password(session: Session, person_id: UUID, password_hash: str) -> None:
    """Let a person sign in with another password."""
    _get_row(session, person_id, lock=True).password_hash = password_hash
    session.flush()


def replace_one_time_secret(session: Session, person_id: UUID, sealed: str | None) -> None:
    """Give a person a second factor that it must confirm, or none."""
    row = _get_row(session, person_id, lock=True)
    row.one_time_secret = sealed
    row.one_time_confirmed, row.one_time_last_step = False, None
    session.flush()


def confirm_one_time_code(session: Session, person_id: UUID) -> None:
    """Ask a person for a one-time code from now on."""
    _get_row(session, person_id, lock=True).one_time_confirmed = True
    session.flush()


def use_step(session: Session, person_id: UUID, step: int) -> bool:
    """Use up a one-time code and those before it; False where that was done, by whomever."""
    last = col(PersonRow.one_time_last_step)
    used = session.exec(
        update(PersonRow)
        .where(col(PersonRow.id) == person_id, or_(last.is_(None), last < step))
        .values(one_time_last_step=step)
    )
    return bool(used.rowcount)


def remove(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Let a person leave: its name stays with what it did, its address and its proofs go.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = _get_row(session, person_id, lock=True)
    row.email = _NOWHERE.format(id=row.id)
    row.password_hash = row.one_time_secret = row.one_time_last_step = None
    row.one_time_confirmed = False
    row.left_at = now
    row.version += 1
    session.flush()


def _get_row(session: Session, person_id: UUID, *, lock: bool = False) -> PersonRow:
    query = select(PersonRow).where(PersonRow.id == person_id, col(PersonRow.left_at).is_(None))
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise not_there(_WHAT)
    return row


def _to_credentials(row: PersonRow) -> Credentials:
    return Credentials(_to_person(row), row.password_hash, row.one_time_secret)


def _to_person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        organisation_id=row.organisation_id,
        email=row.email,
        name=row.name,
        language=Language(row.language),
        rights=frozenset(map(Right, row.rights)),
        created_at=row.created_at,
        has_one_time_code=row.one_time_confirmed,
        left_at=row.left_at,
        version=row.version,
    )
