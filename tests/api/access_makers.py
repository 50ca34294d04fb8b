"""Makers of all that a path can name, each as a belonging of one firm.

A new noun adds its maker under the word before its id: `/v1/sites/{site_id}` under `sites`.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from lca_models.errors import Language
from service.domain.access import SERVICE, Right
from service.domain.client import Client
from service.domain.job import JobKind
from service.domain.one_time_link import LinkPurpose
from service.domain.person import Person
from service.store import clients, jobs, one_time_links, people
from service.store.ids import new_id
from service.store.session import open_transaction
from tests.chain_makers import draw, invite, offer, play_own
from tests.members import NOW, Seat
from tests.network_makers import Market, make_process
from tests.review_makers import make_review
from tests.submission_makers import drafted, registered, steel_of


def add_person(seat: Seat, *rights: Right) -> Person:
    """A person of a firm, who may do all where nothing else is said."""
    person = Person(
        id=new_id(),
        organisation_id=seat.id,
        email=f"{new_id()}@firm.example",
        name="Wang Fang",
        language=Language.EN,
        rights=frozenset(rights or Right),
        created_at=NOW,
    )
    with open_transaction(seat.service.wiring.members.engine, SERVICE) as session:
        people.add(session, person, password_hash="x")  # noqa: S106 - nobody signs in with it
    return person


def _made(seat: Seat, path: str, **sent: Any) -> str:
    answer = seat.post(path, **sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _client(seat: Seat) -> UUID:
    client = Client(new_id(), seat.id, "ERP", frozenset(), created_at=NOW)
    with open_transaction(seat.service.wiring.members.engine, SERVICE) as session:
        clients.add(session, client)
    return client.id


def _joining_link(seat: Seat) -> UUID:
    with open_transaction(seat.service.wiring.members.engine, SERVICE) as session:
        made = one_time_links.add(
            session,
            LinkPurpose.JOIN,
            organisation_id=seat.id,
            email=f"{new_id()}@firm.example",
            now=seat.service.clock(),
        )
    return made[1].id


def _ended_job(seat: Seat) -> UUID:
    now = seat.service.clock()
    with open_transaction(seat.service.wiring.members.engine, SERVICE) as session:
        job_id = jobs.add(session, JobKind.REMIND, {}, organisation_id=seat.id, now=now)
        jobs.cancel(session, job_id, now)  # or who follows it would wait
    return job_id


def _draft(seat: Seat) -> str:
    return drafted(seat, steel_of(seat, str(new_id())))


def _evidence(seat: Seat) -> str:
    file = ("meter.csv", b"month,kWh\n1,2\n", "text/csv")
    return _made(seat, f"/v1/submissions/{_draft(seat)}/evidence", files={"file": file})


def _footprint(seat: Seat) -> str:
    market = Market(seat.service)
    product_id = market.offer(seat, str(new_id()))
    market.accept(seat, product_id, make_process(1))
    market.work()
    return str(seat.get(f"/v1/products/{product_id}/footprints").json()["items"][0]["id"])


def _release(seat: Seat) -> str:
    market = Market(seat.service)
    axle, steel = (market.offer(seat, str(new_id())) for _ in range(2))
    market.link(seat, axle, seat, steel)
    market.accept(seat, steel, make_process(1))
    market.work()
    market.release()
    return str(seat.get("/v1/releases").json()["items"][0]["id"])


def _consent(seat: Seat) -> str:
    market, buyer = Market(seat.service), seat.service.join("Buyer")
    axle, steel = market.offer(buyer, str(new_id())), market.offer(seat, str(new_id()))
    market.link(buyer, axle, seat, steel)
    body = {"buyer": str(buyer.id), "significant_digits": 3}
    return _made(seat, "/v1/consents", json=body)


def _appointment(seat: Seat) -> str:
    verifier = seat.service.join("Verifier", *seat.member.roles)
    return _made(seat, "/v1/appointments", json={"verifier": str(verifier.id)})


MAKERS: Mapping[str, Callable[[Seat], object]] = {
    "organisations": lambda seat: seat.id,
    "sites": lambda seat: _made(seat, "/v1/sites", json={"name": "Works", "province": "CN-SN"}),
    "people": lambda seat: add_person(seat).id,
    "clients": _client,
    "joining-links": _joining_link,
    "jobs": _ended_job,
    "products": lambda seat: offer(seat, str(new_id())),
    "chains": draw,
    "invitations": lambda seat: invite(seat, draw(seat))["invitation"]["id"],
    "links": lambda seat: play_own(seat).link_id,
    "data-requests": lambda seat: play_own(seat).data_request_id,
    "submissions": _draft,
    "reviews": make_review,
    "evidence": _evidence,
    "certificates": lambda seat: registered(seat, str(new_id())),
    "footprints": _footprint,
    "releases": _release,
    "consents": _consent,
    "appointments": _appointment,
}
