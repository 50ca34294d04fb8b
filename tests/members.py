"""Makes members and lets them call the application, each with a token of its own."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from pydantic import SecretStr

from service.app import build_app
from service.domain.access import SERVICE, Scope
from service.domain.client import Client
from service.domain.member import Member
from service.domain.organisation import (
    Identifier,
    IdentifierScheme,
    Role,
    uscc_check_character,
)
from service.settings import Settings
from service.store import clients, members
from service.store.ids import new_id
from service.store.session import open_transaction
from service.use_cases.issue_token import write_claims
from service.wiring import Wiring, build
from tests import make
from tests.databases import Database
from tests.mail import RecordingMail

SECRET = "a secret of thirty-two characters or more"  # noqa: S105 - of tests
UNHURRIED = {"requests_per_minute": 10**6, "anonymous_requests_per_minute": 10**6}
IDLE = {"worker_in_process": False}  # a test says when jobs are done: `tests.work.do_jobs`
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_numbers: Iterator[int] = itertools.count(1)


@dataclass
class Clock:
    """Tells the time that a test says."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass(frozen=True)
class Service:
    """The application of one test, with its database and its clock."""

    wiring: Wiring
    clock: Clock
    client: TestClient

    def join(self, name: str, *roles: Role) -> "Seat":
        """A new member with all scopes, ready to call."""
        member = make_member(name, *roles)
        client = Client(new_id(), member.id, name, frozenset(Scope), created_at=NOW)
        with open_transaction(self.wiring.members.engine, SERVICE) as session:
            members.add(session, member)
            clients.add(session, client)
        return Seat(self, member, client)

    def dump(self, *tables: str) -> str:
        """All that the database holds in these tables, as text to search for what must not be."""
        with open_transaction(self.wiring.members.engine, SERVICE, reading=True) as session:
            found = [
                session.connection().exec_driver_sql(f"select * from {table}").all()  # noqa: S608 - names of the test
                for table in tables
            ]
        return str(found)


@dataclass(frozen=True)
class Seat:
    """A member that calls the application."""

    service: Service
    member: Member
    client: Client

    @property
    def id(self) -> UUID:
        return self.member.id

    def token(self, *scopes: Scope) -> str:
        wired, granted = self.service.wiring.members, frozenset(scopes or Scope)
        return wired.keyring.sign(
            write_claims(self.client, granted, issuer=wired.public_url, now=wired.clock())
        )

    def call(self, method: str, path: str, **request: Any) -> Any:
        """Send a request as this member, with every scope."""
        headers = {"Authorization": f"Bearer {self.token()}"} | request.pop("headers", {})
        return self.service.client.request(method, path, headers=headers, **request)

    @property
    def get(self) -> Callable[..., Any]:
        return lambda path, **request: self.call("GET", path, **request)

    @property
    def post(self) -> Callable[..., Any]:
        return lambda path, **request: self.call("POST", path, **request)


def make_uscc() -> str:
    """A unified social credit code that nobody else has."""
    number = f"91610131{next(_numbers):09d}"
    return number + uscc_check_character(number)


def make_member(name: str, *roles: Role) -> Member:
    return Member(
        id=new_id(),
        name=make.text(name),
        identifier=Identifier(IdentifierScheme.USCC, make_uscc()),
        roles=frozenset(roles),
        industry=None,
        created_at=NOW,
    )


@contextmanager
def serve(database: Database, **settings: Any) -> Iterator[Service]:
    """The application on a database, with a clock that stands still."""
    places = {"database_url": database.url, "secret": SecretStr(SECRET)} | UNHURRIED | IDLE
    wiring = build(Settings.model_construct().model_copy(update=places | settings))
    clock = Clock()
    wiring.__dict__["members"] = with_clock(wiring, clock)
    with TestClient(build_app(wiring), raise_server_exceptions=False) as client:
        yield Service(wiring, clock, client)
    wiring.members.engine.dispose()


def with_clock(wiring: Wiring, clock: Clock) -> Any:
    """The wiring of members with another clock, and mail that goes nowhere."""
    return replace(wiring.members, clock=clock, mail=RecordingMail())
