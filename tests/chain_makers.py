"""Draws chains over HTTP: products, invitations, links and data requests that stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from service.domain.access import SERVICE
from service.domain.organisation import Role
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.operations import LetterRow
from tests.members import Seat, Service

NAME = {"zh": "名称", "en": "Name"}
PERIOD = {"start": "2025-01-01", "end": "2025-12-31"}


def done(answer: Any, status: int = 200) -> Any:
    """The body of an answer that went well."""
    assert answer.status_code == status, answer.text
    return answer.json()


def patch(seat: Seat, path: str, changes: Mapping[str, Any], version: int) -> Any:
    return seat.call("PATCH", path, json=changes, headers={"If-Match": f'"{version}"'})


def offer(seat: Seat, code: str = "P-1", **more: Any) -> str:
    """A product by the piece; its id."""
    body = {"code": code, "name": NAME, "declared_unit": "piece"} | more
    return str(done(seat.post("/v1/products", json=body), 201)["id"])


def draw(lead: Seat, *product_ids: str, **more: Any) -> str:
    """A chain about products of its lead; its id."""
    body = {"name": NAME, "product_family": "trucks", "base_year": 2025} | more
    chain_id = str(done(lead.post("/v1/chains", json=body), 201)["id"])
    for product_id in product_ids:
        assert lead.call("PUT", f"/v1/chains/{chain_id}/products/{product_id}").status_code == 204
    return chain_id


def invite(inviter: Seat, chain_id: str, **whom: Any) -> Any:
    return done(inviter.post(f"/v1/chains/{chain_id}/invitations", json=whom), 201)


def bring_in(inviter: Seat, chain_id: str, invitee: Seat, *, seen_by_lead: bool = False) -> str:
    """Invite by code and accept; the id of the invitation."""
    asked = {"code": invite(inviter, chain_id)["code"], "seen_by_lead": seen_by_lead}
    return str(done(invitee.post("/v1/invitations/acceptance", json=asked))["id"])


def propose(buyer: Seat, chain_id: str, product_id: str, supplier: Seat, **more: Any) -> Any:
    body = {"product_id": product_id, "supplier_id": str(supplier.id), "material": "steel"} | more
    return buyer.post(f"/v1/chains/{chain_id}/links", json=body)


def accept(supplier: Seat, link_id: str, product_id: str) -> Any:
    return supplier.post(f"/v1/links/{link_id}/acceptance", json={"product_id": product_id})


def ask(buyer: Seat, link_id: str, due_on: str = "2026-04-01", **more: Any) -> Any:
    body = {"period": PERIOD, "due_on": due_on} | more
    return buyer.post(f"/v1/links/{link_id}/data-requests", json=body)


@dataclass(frozen=True)
class Play:
    """A lead firm buys axles of a maker, who buys steel of a mill that the lead does not see."""

    lead: Seat
    maker: Seat
    mill: Seat
    chain_id: str
    truck: str
    axle: str
    steel: str
    axle_link: str
    steel_link: str


def play_chain(service: Service, *, shown_to_lead: bool = True) -> Play:
    """Three tiers with agreed links; the maker lets the lead see the mill, which does not."""
    lead = service.join("Lead", Role.LEAD)
    maker, mill = service.join("Maker", Role.SUPPLIER), service.join("Mill", Role.SUPPLIER)
    truck, axle, steel = offer(lead), offer(maker), offer(mill, declared_unit="kg")
    chain_id = draw(lead, truck)
    bring_in(lead, chain_id, maker)
    axle_link = str(done(propose(lead, chain_id, truck, maker), 201)["id"])
    done(accept(maker, axle_link, axle))
    bring_in(maker, chain_id, mill)
    proposed = propose(maker, chain_id, axle, mill, shown_to_lead=shown_to_lead)
    steel_link = str(done(proposed, 201)["id"])
    done(accept(mill, steel_link, steel))
    return Play(lead, maker, mill, chain_id, truck, axle, steel, axle_link, steel_link)


@dataclass(frozen=True)
class OwnPlay:
    """A firm that buys of itself, and asks itself."""

    link_id: str
    data_request_id: str


def play_own(seat: Seat) -> OwnPlay:
    """All that a chain holds, with one firm on every side."""
    product, other = offer(seat, str(new_id())), offer(seat, str(new_id()))
    link_id = str(done(propose(seat, draw(seat, product), product, seat), 201)["id"])
    done(accept(seat, link_id, other))
    return OwnPlay(link_id, str(done(ask(seat, link_id), 201)["id"]))


def read_letters(service: Service) -> list[LetterRow]:
    """Every letter that was written, the first first."""
    with open_transaction(service.wiring.members.engine, SERVICE, reading=True) as session:
        return list(session.exec(select(LetterRow).order_by(col(LetterRow.id))))
