"""Products over HTTP."""

from uuid import uuid4

import pytest

from service.domain.organisation import Role
from tests.chain_makers import NAME, done, draw, offer, patch, play_chain
from tests.members import Service


def test_a_firm_lists_a_product_and_reads_it_back(service: Service) -> None:
    maker = service.join("Maker", Role.SUPPLIER)
    site = done(maker.post("/v1/sites", json={"name": "Works", "province": "CN-SN"}), 201)["id"]
    body = {
        "code": " AX-100 ",
        "name": {"zh": "车桥", "en": "Axle"},
        "declared_amount": "1.0",
        "declared_unit": "件",
        "mass_kg": 48.5,
        "site_id": site,
    }
    answer = maker.post("/v1/products", json=body)
    made = done(answer, 201)
    assert answer.headers["ETag"] == '"1"'
    read = done(maker.get(answer.headers["Location"]))
    assert read == made
    assert (read["code"], read["declared_unit"]) == ("AX-100", "piece")
    assert (read["declared_amount"], read["mass_kg"]) == ("1.0", "48.5")
    assert done(maker.get("/v1/products"))["items"] == [made]


def test_a_code_stands_once_a_firm(service: Service) -> None:
    one, other = service.join("One", Role.SUPPLIER), service.join("Other", Role.SUPPLIER)
    offer(one, "A")
    offer(other, "A")
    again = one.post("/v1/products", json={"code": "A", "name": NAME, "declared_unit": "kg"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/taken")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"declared_unit": "tce"}, 422),
        ({"declared_amount": 0}, 422),
        ({"declared_amount": "1e400"}, 422),
        ({"declared_unit": "kg", "mass_kg": 2}, 422),
        ({"screening": "unobtainium"}, 422),
        ({"code": "a\u0000b"}, 422),
        ({"code": " "}, 422),
        ({"site_id": str(uuid4())}, 404),
    ],
)
def test_what_cannot_be_a_product_is_refused(
    service: Service, change: dict[str, object], status: int
) -> None:
    maker = service.join("Maker", Role.SUPPLIER)
    body = {"code": "A", "name": NAME, "declared_unit": "piece"} | change
    assert maker.post("/v1/products", json=body).status_code == status
    assert done(maker.get("/v1/products"))["items"] == []


def test_an_edit_names_its_version_and_keeps_what_it_leaves_out(service: Service) -> None:
    maker = service.join("Maker", Role.SUPPLIER)
    path = f"/v1/products/{offer(maker, mass_kg=2)}"
    edited = done(patch(maker, path, {"name": {"zh": "轴", "en": "Shaft"}}, 1))
    assert (edited["name"]["en"], edited["mass_kg"], edited["version"]) == ("Shaft", "2", 2)
    assert done(patch(maker, path, {"mass_kg": None}, 2))["mass_kg"] is None
    assert patch(maker, path, {"mass_kg": 1}, 2).status_code == 412
    assert maker.call("PATCH", path, json={}).status_code == 428
    assert patch(maker, path, {"code": "B"}, 3).status_code == 422


def test_others_do_not_see_a_product_until_a_link_shows_it(service: Service) -> None:
    play = play_chain(service)
    rival = service.join("Rival", Role.SUPPLIER)
    seen = {
        seat.member.name.en: {p["id"] for p in done(seat.get("/v1/products"))["items"]}
        for seat in (play.lead, play.maker, play.mill, rival)
    }
    assert seen == {
        "Lead": {play.truck, play.axle},
        "Maker": {play.truck, play.axle, play.steel},
        "Mill": {play.axle, play.steel},
        "Rival": set(),
    }
    assert rival.get(f"/v1/products/{play.steel}").status_code == 404
    assert patch(play.lead, f"/v1/products/{play.axle}", {}, 1).status_code == 404


def test_a_buyer_does_not_read_where_a_product_is_made_or_what_stands_in_for_it(
    service: Service,
) -> None:
    play = play_chain(service)
    site = done(play.maker.post("/v1/sites", json={"name": "W", "province": "CN-SN"}), 201)["id"]
    path = f"/v1/products/{play.axle}"
    changes = {"site_id": site, "mass_kg": 50, "screening": "crude_steel"}
    screening = next(iter(service.wiring.library.materials))
    own = done(patch(play.maker, path, changes | {"screening": screening}, 1))
    assert (own["site_id"], own["screening"]) == (site, screening)
    told = done(play.lead.get(path))
    assert (told["site_id"], told["screening"], told["mass_kg"]) == (None, None, "50")


def test_a_product_in_use_is_not_withdrawn(service: Service) -> None:
    play = play_chain(service)
    for seat, product in ((play.lead, play.truck), (play.maker, play.axle)):
        assert seat.post(f"/v1/products/{product}/withdrawal").status_code == 409
    done(play.maker.post(f"/v1/links/{play.steel_link}/end", json={}))
    assert done(play.mill.post(f"/v1/products/{play.steel}/withdrawal"))["withdrawn_at"]
    assert play.mill.post(f"/v1/products/{play.steel}/withdrawal").status_code == 409
    assert play.lead.post(f"/v1/products/{play.axle}/withdrawal").status_code == 404


def test_what_was_withdrawn_enters_no_chain(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    product = offer(lead)
    done(lead.post(f"/v1/products/{product}/withdrawal"))
    chain = draw(lead)
    assert lead.call("PUT", f"/v1/chains/{chain}/products/{product}").status_code == 409
