"""Chains over HTTP: who draws them, who reads what of them."""

from typing import Any

import pytest

from service.domain.organisation import Role
from tests.chain_makers import NAME, bring_in, done, draw, offer, patch, play_chain, propose
from tests.databases import Database
from tests.members import Service, serve

TARGET = {"percent": "18", "year": 2030, "kind": "intensity"}


def test_a_lead_draws_edits_and_closes_a_chain(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    path = f"/v1/chains/{draw(lead, offer(lead), target=TARGET)}"
    answer = lead.get(path)
    assert done(answer)["drawing"]["target"] == TARGET
    edited = done(patch(lead, path, {"product_family": "vans", "target": None}, 1))
    assert (edited["product_family"], edited["drawing"]["target"]) == ("vans", None)
    assert patch(lead, path, {}, 1).status_code == 412
    assert done(lead.post(f"{path}/closure"))["closed"]
    assert lead.post(f"{path}/closure").status_code == 409
    assert patch(lead, path, {}, 3).status_code == 409
    assert lead.post(f"{path}/invitations", json={}).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"target": TARGET | {"percent": 0}},
        {"target": TARGET | {"percent": 101}},
        {"target": TARGET | {"year": 2025}},
        {"target": TARGET | {"kind": "relative"}},
        {"base_year": 1066},
        {"key_chain": "drones"},
        {"name": {"zh": "名"}},
        {"product_family": "trucks\u0000"},
        {"seen_by_all": True},
    ],
)
def test_what_cannot_be_a_chain_is_refused(service: Service, change: dict[str, Any]) -> None:
    lead = service.join("Lead", Role.LEAD)
    body = {"name": NAME, "product_family": "trucks", "base_year": 2025} | change
    assert lead.post("/v1/chains", json=body).status_code == 422


def test_a_tag_is_one_that_the_service_is_set_up_with(database: Database) -> None:
    with serve(database, key_chains=("汽车", "无人机")) as service:
        lead = service.join("Lead", Role.LEAD)
        chain = draw(lead, key_chain="汽车")
        told = done(lead.get(f"/v1/chains/{chain}"))
        assert told["drawing"]["key_chain"] == "汽车"
        refused = patch(lead, f"/v1/chains/{chain}", {"key_chain": "光伏"}, 1)
        assert refused.json()["type"] == "/problems/unknown-key-chain"


def test_only_lead_firms_draw_and_only_with_their_own_products(service: Service) -> None:
    lead, maker = service.join("Lead", Role.LEAD), service.join("Maker", Role.SUPPLIER)
    body = {"name": NAME, "product_family": "trucks", "base_year": 2025}
    assert maker.post("/v1/chains", json=body).status_code == 403
    foreign = f"/v1/chains/{draw(lead)}/products/{offer(maker)}"
    assert lead.call("PUT", foreign).status_code == 404
    other = service.join("Other", Role.LEAD)
    own = f"/v1/chains/{draw(lead)}/products/{offer(other)}"
    assert other.call("PUT", own).status_code == 404


def test_a_chain_tells_members_its_name_family_and_lead_alone(service: Service) -> None:
    play = play_chain(service)
    path = f"/v1/chains/{play.chain_id}"
    answer = play.maker.get(path)
    assert done(answer) == {
        "id": play.chain_id,
        "name": NAME,
        "product_family": "trucks",
        "lead_id": str(play.lead.id),
        "closed": False,
        "drawing": None,
    }
    assert "ETag" not in answer.headers
    assert done(play.maker.get("/v1/products", params={"chain_id": play.chain_id}))["items"] == []
    assert play.maker.get(f"{path}/funnel").status_code == 403
    other = service.join("Other", Role.LEAD, Role.SUPPLIER)
    assert other.get(path).status_code == other.get(f"{path}/members").status_code == 404
    bring_in(play.lead, play.chain_id, other)
    assert other.get(f"{path}/funnel").status_code == 404
    assert other.post(f"{path}/closure").status_code == 404
    assert patch(other, path, {"base_year": 2020}, 1).status_code == 404


def test_a_product_leaves_a_chain_once_nothing_is_linked_to_it(service: Service) -> None:
    play = play_chain(service)
    chain = f"/v1/chains/{play.chain_id}"
    assert play.lead.call("DELETE", f"{chain}/products/{play.truck}").status_code == 409
    done(play.lead.post(f"/v1/links/{play.axle_link}/end", json={}))
    assert play.lead.call("DELETE", f"{chain}/products/{play.truck}").status_code == 204
    assert play.lead.call("DELETE", f"{chain}/products/{play.truck}").status_code == 404
    refused = propose(play.lead, play.chain_id, play.truck, play.maker)
    assert refused.json()["type"] == "/problems/invalid-link"


def test_a_member_lists_itself_and_whom_it_invited(service: Service) -> None:
    play = play_chain(service)
    known = {
        seat.member.name.en: {
            m["organisation_id"]
            for m in done(seat.get(f"/v1/chains/{play.chain_id}/members"))["items"]
        }
        for seat in (play.lead, play.maker, play.mill)
    }
    maker, mill = str(play.maker.id), str(play.mill.id)
    assert known == {"Lead": {maker}, "Maker": {maker, mill}, "Mill": {mill}}
