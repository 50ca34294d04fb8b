"""Every route as a caller meets it: who calls, and what its path names."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from service.api.access import RULES
from service.domain.access import SERVICE, Right, Scope
from service.domain.organisation import Role
from service.store import sign_ins
from service.store.ids import new_id
from service.store.session import open_transaction
from service.use_cases.issue_token import write_claims
from service.use_cases.suspend_organisation import suspend_organisation
from tests.api.access_makers import MAKERS, add_person
from tests.api.examples import make_body, make_query
from tests.members import Seat, Service

_ID = re.compile(r"/([^/{}]+)/\{(\w+)\}")
FIRMS = (Role.LEAD, Role.SUPPLIER, Role.RECYCLER, Role.VERIFIER)


class Stage:
    """An application with two firms that have nothing to do with each other, and one a role."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.owner, self.rival = (service.join(name, *FIRMS) for name in ("Owner", "Rival"))
        self.only = {role: service.join(f"Only {role}", role) for role in Role}
        useless = (expired_token(self.owner), suspended_token(service))
        self.useless = (None, "x", "x.y.z", *useless)
        self.description = service.client.get("/openapi.json").json()

    def ask(self, route: str, token: str | None, **named: object) -> Any:
        """Call a route with the body of its example, by a token."""
        method, path = route.split(" ")
        operation = self.description["paths"][path][method.lower()]
        headers = {"If-Match": "*"} | ({"Authorization": f"Bearer {token}"} if token else {})
        filled = re.sub(r"\{(\w+)\}", lambda name: str(named.get(name[1], new_id())), path)
        return self.service.client.request(
            method,
            filled,
            headers=headers,
            params=make_query(self.description, operation),
            **make_body(self.description, operation),
        )


def sign_in(seat: Seat, *rights: Right) -> str:
    """The token of a person of a firm, who may do all where nothing else is said."""
    person = add_person(seat, *rights)
    with open_transaction(seat.service.wiring.members.engine, SERVICE) as session:
        return sign_ins.add(session, person, now=seat.service.clock())[0]


def expired_token(seat: Seat) -> str:
    """A token that held until a moment ago."""
    wired = seat.service.wiring.members
    claims = write_claims(
        seat.client,
        frozenset(Scope),
        issuer=wired.public_url,
        now=seat.service.clock() - timedelta(days=1),
    )
    return wired.keyring.sign(claims)


def suspended_token(service: Service) -> str:
    """A token that would hold, of a firm that is suspended."""
    seat = service.join("Suspended", *FIRMS)
    token = sign_in(seat)
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        suspend_organisation(session, seat.id, suspended=True, now=service.clock())
    return token


def list_ids(route: str) -> list[tuple[str, str]]:
    """What the path of a route names: the word before each id, and the id's name."""
    return _ID.findall(route)


def routes_with_ids() -> Iterator[str]:
    """Routes whose path names something that belongs to somebody."""
    for route, rule in RULES.items():
        if list_ids(route) and not rule.public:
            yield route


def make_for(seat: Seat, route: str) -> dict[str, object]:
    """Everything that the path of a route names, as belongings of one firm."""
    return {name: MAKERS[word](seat) for word, name in list_ids(route)}


def problem_of(answer: Any) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
    """All of an answer but the id of its request and its address."""
    headers = {n: v for n, v in answer.headers.items() if n not in {"x-request-id", "date"}}
    body = {n: v for n, v in answer.json().items() if n != "instance"}
    headers.pop("content-length", None)  # the address is a part of the problem
    return answer.status_code, body, headers
