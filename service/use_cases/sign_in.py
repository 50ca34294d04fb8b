"""Sign a person in, after its password has been proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.access import NotAllowedError
from service.domain.one_time_code import find_step
from service.domain.person import Person, tell_code_needed, tell_sign_in_failed
from service.gateways.keyring import Keyring
from service.store import audit, members, people, sign_ins
from service.store.audit import AuditNote
from service.store.people import Credentials


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in, with the token that proves it from now on."""

    person: Person
    token: str
    expires_at: datetime


def sign_in(
    session: Session, proved: Credentials, code: str | None, *, keyring: Keyring, now: datetime
) -> SignedIn:
    """Begin a session.

    Args:
        session: Sees the whole store.
        proved: The person and the hash that its password was held against, before this
            transaction: for that takes time in which nobody shall wait.
        code: Of the second factor.
        keyring: Opens the secret of the second factor.
        now: The present moment.

    Raises:
        SignInFailedError: It left, or its password was changed meanwhile.
        OneTimeCodeError: It has a second factor, and the code does not hold.
        NotAllowedError: Its firm is suspended.
    """
    known = people.find_credentials(session, proved.person.email)
    if known is None or known.password_hash != proved.password_hash:
        raise tell_sign_in_failed()
    person = known.person
    if person.has_one_time_code:
        _use_code(session, known, code, keyring, now)
    if members.get(session, person.organisation_id).suspended_at is not None:
        raise NotAllowedError(
            Text(en="Your organisation is suspended.", zh="贵组织已被停用。"),
            Text(en="Ask the operator.", zh="请联系平台运营方。"),
        )
    token, expires_at = sign_ins.add(session, person, now=now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.sign-in",
            subject="person",
            subject_id=person.id,
            organisation_id=person.organisation_id,
            details={},
        ),
    )
    return SignedIn(person, token, expires_at)


def _use_code(
    session: Session, known: Credentials, code: str | None, keyring: Keyring, now: datetime
) -> None:
    secret = None if known.one_time_secret is None else keyring.unseal(known.one_time_secret)
    step = None if code is None or secret is None else find_step(secret, code, now=now)
    if step is None or not people.use_step(session, known.person.id, step):
        raise tell_code_needed()
