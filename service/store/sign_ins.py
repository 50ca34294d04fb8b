"""Sessions of people in the store: each by the hash of its token."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from service.domain.access import SCOPES_OF_RIGHTS, Caller, Right, Scope
from service.domain.organisation import Role
from service.domain.person import Person
from service.store.ids import new_id
from service.store.tables.identity import OrganisationRow, PersonRow, SignedInRow
from service.store.tokens import hash_token, new_token

LIFETIME = timedelta(hours=12)  # NIST SP 800-63B-4, 2.2.3: at least once a day; a shift is less
# Put together once, for it is asked at every request.
_FIND_CALLER = (
    select(PersonRow.id, PersonRow.rights, OrganisationRow.id, OrganisationRow.roles)
    .join(SignedInRow, col(SignedInRow.person_id) == col(PersonRow.id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(PersonRow.organisation_id))
    .where(
        col(SignedInRow.token_hash) == bindparam("token_hash"),
        col(SignedInRow.expires_at) > bindparam("now"),
        col(SignedInRow.ended_at).is_(None),
        col(PersonRow.left_at).is_(None),
        col(OrganisationRow.suspended_at).is_(None),
    )
)


def add(session: Session, person: Person, *, now: datetime) -> tuple[str, datetime]:
    """Let a person be signed in. Returns the token, told this once, and until when it holds."""
    token, expires_at = new_token(), now + LIFETIME
    session.add(
        SignedInRow(
            id=new_id(),
            organisation_id=person.organisation_id,
            person_id=person.id,
            token_hash=hash_token(token),
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token, expires_at


def find_caller(session: Session, token: str, *, now: datetime) -> Caller | None:
    """Who is signed in with a token; None where nobody is, or its firm is suspended."""
    asked = {"token_hash": hash_token(token), "now": now}
    found = session.exec(_FIND_CALLER, params=asked).first()
    if found is None:
        return None
    person_id, rights, organisation_id, roles = found
    return Caller(
        organisation_id=organisation_id,
        roles=frozenset(map(Role, roles)),
        scopes=frozenset[Scope]().union(*(SCOPES_OF_RIGHTS[Right(right)] for right in rights)),
        person_id=person_id,
    )


def end(session: Session, token: str, *, now: datetime) -> None:
    """Let a token prove nobody any more."""
    session.exec(
        update(SignedInRow)
        .where(col(SignedInRow.token_hash) == hash_token(token))
        .values(ended_at=now)
    )


def end_all_of(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Sign a person out everywhere."""
    session.exec(
        update(SignedInRow)
        .where(col(SignedInRow.person_id) == person_id, col(SignedInRow.ended_at).is_(None))
        .values(ended_at=now)
    )
