"""Makes people of members, and lets them sign in and call the application."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from lca_models.errors import Language
from service.domain.access import SERVICE, Right
from service.domain.member import Member
from service.domain.person import Person
from service.gateways.passwords import hash_password
from service.store import people
from service.store.ids import new_id
from service.store.session import open_transaction
from tests.mail import RecordingMail
from tests.members import NOW, Service
from tests.work import do_jobs

PASSWORD = "four words nobody says"  # noqa: S105 - of tests
_LINK = re.compile(r"token=([\w-]+)")


@dataclass(frozen=True)
class Human:
    """Somebody with a session, or with none yet."""

    service: Service
    person: Person
    token: str = ""

    def sign_in(self, **more: Any) -> "Human":
        answer = sign_in(self.service, self.person.email, **more)
        assert answer.status_code == 201, answer.text
        return Human(self.service, self.person, answer.json()["token"])

    def call(self, method: str, path: str, **request: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} | request.pop("headers", {})
        return self.service.client.request(method, path, headers=headers, **request)


def hire(service: Service, member: Member | UUID, email: str, *rights: Right) -> Human:
    """A person of a member, by default with all rights, who has not signed in."""
    person = Person(
        id=new_id(),
        organisation_id=member if isinstance(member, UUID) else member.id,
        email=email,
        name="Wang Fang",
        language=Language.ZH,
        rights=frozenset(rights or Right),
        created_at=NOW,
    )
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        people.add(session, person, password_hash=_hashed())
    return Human(service, person)


def sign_in(service: Service, email: str, password: str = PASSWORD, **more: Any) -> Any:
    asked = {"email": email, "password": password} | more
    return service.client.post("/v1/sessions", json=asked)


def read_link(service: Service) -> str:
    """The token of the link in the last letter, after all letters have been sent."""
    do_jobs(service.wiring)
    found = _LINK.findall(list_letters(service)[-1].body)
    return str(found[0])


def list_letters(service: Service) -> list[Any]:
    mail = service.wiring.members.mail
    assert isinstance(mail, RecordingMail)
    return mail.sent


@cache
def _hashed() -> str:
    return hash_password(PASSWORD)
