"""Give a person a second factor: offer a secret, confirm it by a code, take it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.one_time_code import find_step, make_shared_secret, to_authenticator_uri
from service.domain.person import Person, tell_code_needed
from service.domain.versions import NotNowError
from service.gateways.keyring import Keyring
from service.store import audit, people
from service.store.audit import AuditNote


@dataclass(frozen=True, slots=True)
class OfferedSecret:
    """A secret for an authenticator, told this once."""

    secret: str
    uri: str


def offer_secret(
    session: Session, person_id: UUID, *, keyring: Keyring, now: datetime
) -> OfferedSecret:
    """Make a secret; it counts once a code of it has confirmed it.

    Raises:
        NotNowError: The person has a second factor: whoever took over a session could replace it.
    """
    person = people.get(session, person_id)
    if person.has_one_time_code:
        raise NotNowError(
            Text(en="One-time codes are on already.", zh="已启用动态验证码。"),
            Text(en="Let an administrator remove them first.", zh="请先由管理员关闭。"),
        )
    secret = make_shared_secret()
    people.replace_one_time_secret(session, person_id, keyring.seal(secret))
    _note(session, "person.one-time-code-offer", person, now)
    return OfferedSecret(secret, to_authenticator_uri(secret, person.email))


def confirm_secret(
    session: Session, person_id: UUID, code: str, *, keyring: Keyring, now: datetime
) -> None:
    """Ask for codes from now on, for this one shows that the authenticator works.

    Raises:
        OneTimeCodeError: The code does not hold, or no secret was offered.
    """
    known = people.get_credentials(session, person_id)
    secret = None if known.one_time_secret is None else keyring.unseal(known.one_time_secret)
    step = None if secret is None else find_step(secret, code, now=now)
    if step is None or not people.use_step(session, person_id, step):
        raise tell_code_needed()
    people.confirm_one_time_code(session, person_id)
    _note(session, "person.one-time-code-on", known.person, now)


def remove_secret(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Ask a person for codes no more, for its telephone is lost.

    Raises:
        NotThereError: The firm has nobody of that id.
    """
    person = people.get(session, person_id)
    people.replace_one_time_secret(session, person_id, None)
    _note(session, "person.one-time-code-off", person, now)


def _note(session: Session, action: str, person: Person, now: datetime) -> None:
    noted = AuditNote(
        at=now,
        action=action,
        subject="person",
        subject_id=person.id,
        organisation_id=person.organisation_id,
        details={},
    )
    audit.note(session, noted)
