"""What a lead firm learns of the firms behind its suppliers: nothing, until all of them let it."""

from typing import Any

import pytest

from service.domain.organisation import Role
from tests.chain_makers import (
    Play,
    accept,
    ask,
    bring_in,
    done,
    invite,
    offer,
    patch,
    play_chain,
    propose,
)
from tests.members import Seat, Service


def everything(seat: Seat, play: Play) -> dict[str, Any]:
    """All that a firm can list of a chain."""
    chain = f"/v1/chains/{play.chain_id}"
    lists = ("/v1/products", "/v1/links", "/v1/invitations", "/v1/data-requests")
    paths = (*lists, "/v1/organisations", "/v1/audit", "/v1/jobs", f"{chain}/members", chain)
    return {path: done(seat.get(path)) for path in (*paths, f"{chain}/funnel")}


def show(seat: Seat, play: Play, *, seen_by_lead: bool) -> Any:
    path = f"/v1/chains/{play.chain_id}/sight"
    return seat.call("PUT", path, json={"seen_by_lead": seen_by_lead})


def sees(lead: Seat, play: Play) -> tuple[int, int, int, int]:
    """How the lead is answered for the mill, its product, its link, and how many it counts."""
    paths = (
        f"/v1/organisations/{play.mill.id}",
        f"/v1/products/{play.steel}",
        f"/v1/links/{play.steel_link}",
    )
    one, two, three = (lead.get(path).status_code for path in paths)
    funnel = done(lead.get(f"/v1/chains/{play.chain_id}/funnel"))
    return one, two, three, funnel["total"]["joined"]


def test_nothing_that_happens_behind_a_supplier_changes_what_the_lead_reads(
    service: Service,
) -> None:
    play = play_chain(service)
    before = everything(play.lead, play)
    assert str(play.mill.id) not in str(before)
    ore = service.join("Ore", Role.SUPPLIER)
    bring_in(play.mill, play.chain_id, ore)
    invite(play.maker, play.chain_id)
    invite(play.mill, play.chain_id, email="iron@ore.example")
    link = done(propose(play.mill, play.chain_id, play.steel, ore), 201)["id"]
    done(accept(ore, link, offer(ore)))
    done(ask(play.maker, play.steel_link), 201)
    request = done(ask(play.mill, link), 201)["id"]
    done(ore.post(f"/v1/data-requests/{request}/refusal", json={"reason": "no"}))
    patch(play.mill, f"/v1/products/{play.steel}", {"mass_kg": 1}, 1)
    assert everything(play.lead, play) == before
    assert sees(play.lead, play) == (404, 404, 404, 1)
    ids = [r["id"] for r in done(ore.get("/v1/data-requests"))["items"]]
    assert play.lead.get(f"/v1/data-requests/{ids[0]}").status_code == 404
    assert play.maker.get(f"/v1/data-requests/{ids[0]}").status_code == 404
    assert play.maker.get(f"/v1/links/{link}").status_code == 404  # two tiers up


def test_the_lead_sees_a_firm_behind_when_it_lets_it_and_its_link_when_both_do(
    service: Service,
) -> None:
    play = play_chain(service, shown_to_lead=False)
    assert sees(play.lead, play) == (404, 404, 404, 1)
    assert done(show(play.mill, play, seen_by_lead=True))["seen_by_lead"] is True
    assert sees(play.lead, play) == (200, 404, 404, 2)  # in the chain, but whose supplier?
    path = f"/v1/links/{play.steel_link}"
    assert patch(play.mill, path, {"shown_to_lead": True}, 2).status_code == 404
    assert patch(play.maker, path, {"shown_to_lead": True}, 1).status_code == 412
    done(patch(play.maker, path, {"shown_to_lead": True}, 2))
    assert sees(play.lead, play) == (200, 200, 200, 2)
    tiers = done(play.lead.get(f"/v1/chains/{play.chain_id}/funnel"))["tiers"]
    assert [(t["tier"], t["joined"]) for t in tiers] == [(1, 1), (2, 1)]
    done(show(play.mill, play, seen_by_lead=False))
    assert sees(play.lead, play) == (404, 404, 404, 1)


def test_a_firm_may_let_the_lead_see_it_as_it_joins(service: Service) -> None:
    play = play_chain(service)
    ore = service.join("Ore", Role.SUPPLIER)
    bring_in(play.mill, play.chain_id, ore, seen_by_lead=True)
    path = f"/v1/chains/{play.chain_id}/members"
    known = [m["organisation_id"] for m in done(play.lead.get(path))["items"]]
    assert known == [str(play.maker.id), str(ore.id)]
    link = done(propose(play.mill, play.chain_id, play.steel, ore, shown_to_lead=True), 201)["id"]
    done(accept(ore, link, offer(ore)))
    assert play.lead.get(f"/v1/links/{link}").status_code == 404  # the mill hides itself
    done(show(play.mill, play, seen_by_lead=True))
    assert play.lead.get(f"/v1/links/{link}").status_code == 200


def test_whom_the_lead_invited_itself_cannot_hide(service: Service) -> None:
    play = play_chain(service)
    assert show(play.maker, play, seen_by_lead=False).status_code == 409
    bring_in(play.lead, play.chain_id, play.mill)  # the lead does not know that it is in
    assert sees(play.lead, play) == (200, 200, 200, 2)
    assert show(play.mill, play, seen_by_lead=False).status_code == 409
    assert show(play.lead, play, seen_by_lead=True).status_code == 404
    stranger = service.join("Stranger", Role.SUPPLIER)
    assert show(stranger, play, seen_by_lead=True).status_code == 404


def test_two_buyers_of_one_firm_do_not_learn_of_each_other(service: Service) -> None:
    play = play_chain(service)
    other = service.join("Other", Role.SUPPLIER)
    bring_in(play.lead, play.chain_id, other)
    gear = offer(other)
    link = done(propose(play.lead, play.chain_id, play.truck, other, material="gear"), 201)["id"]
    done(accept(other, link, gear))
    assert propose(other, play.chain_id, gear, play.mill).status_code == 404
    invitation = bring_in(other, play.chain_id, play.mill)
    assert done(other.get(f"/v1/invitations/{invitation}"))["state"] == "accepted"
    steel = done(propose(other, play.chain_id, gear, play.mill), 201)["id"]
    done(accept(play.mill, steel, play.steel))
    told = str([done(other.get(p)) for p in ("/v1/links", "/v1/organisations", "/v1/products")])
    assert str(play.maker.id) not in told
    assert play.axle not in told
    assert sees(play.lead, play) == (404, 404, 404, 2)


@pytest.mark.parametrize("verb", ["acceptance", "refusal"])
def test_an_invitee_of_one_chain_answers_nothing_of_another(service: Service, verb: str) -> None:
    play = play_chain(service)
    other = service.join("Other", Role.SUPPLIER)
    bring_in(play.lead, play.chain_id, other)
    second = play_chain(service)
    asked = propose(second.lead, second.chain_id, second.truck, second.maker, material="gear")
    pending = done(asked, 201)["id"]
    body = {"acceptance": {"product_id": offer(other)}, "refusal": {"reason": "x"}}[verb]
    assert other.post(f"/v1/links/{pending}/{verb}", json=body).status_code == 404
    assert other.get(f"/v1/chains/{second.chain_id}").status_code == 404
