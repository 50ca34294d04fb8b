"""Links over HTTP: proposed by buyers, agreed by suppliers, ended by either."""

from concurrent.futures import ThreadPoolExecutor

from service.domain.organisation import Role
from tests.api.access_makers import add_person
from tests.chain_makers import (
    accept,
    ask,
    bring_in,
    done,
    draw,
    invite,
    offer,
    play_chain,
    propose,
    read_letters,
)
from tests.members import Seat, Service


def pair(service: Service) -> tuple[Seat, Seat, str, str]:
    """A lead with a chain about one product, and a supplier in it."""
    lead, maker = service.join("Lead", Role.LEAD), service.join("Maker", Role.SUPPLIER)
    truck = offer(lead)
    chain = draw(lead, truck)
    bring_in(lead, chain, maker)
    return lead, maker, chain, truck


def test_a_supplier_agrees_with_its_product_and_is_asked_by_letter(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    person = add_person(maker)
    link = done(propose(lead, chain, truck, maker, material="车桥"), 201)
    assert (link["state"], link["supplier_product_id"]) == ("proposed", None)
    letter = read_letters(service)[-1]
    assert (letter.to, "“车桥”" in letter.body) == (person.email, True)
    axle = offer(maker)
    agreed = done(accept(maker, link["id"], axle))
    assert (agreed["state"], agreed["supplier_product_id"]) == ("accepted", axle)
    assert agreed["shown_to_lead"] is None
    assert done(lead.get(f"/v1/links/{link['id']}"))["shown_to_lead"] is False
    assert accept(maker, link["id"], axle).status_code == 409


def test_strangers_and_the_other_side_cannot_answer(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    rival = service.join("Rival", Role.SUPPLIER)
    bring_in(lead, chain, rival)
    link = done(propose(lead, chain, truck, maker), 201)["id"]
    assert accept(rival, link, offer(rival)).status_code == 404
    assert accept(lead, link, offer(lead, "P-2")).status_code == 404
    assert accept(maker, link, offer(service.join("M", Role.SUPPLIER))).status_code == 404
    assert rival.get(f"/v1/links/{link}").status_code == 404
    for verb in ("refusal", "end"):
        refused = rival.post(f"/v1/links/{link}/{verb}", json={"reason": "x"})
        assert refused.status_code == 404
    assert done(rival.get("/v1/links", params={"chain_id": chain}))["items"] == []


def test_a_link_goes_to_firms_that_the_buyer_knows_in_the_chain(service: Service) -> None:
    play = play_chain(service)
    other = service.join("Other", Role.SUPPLIER)
    elsewhere = draw(play.lead)
    bring_in(play.lead, elsewhere, other)  # the lead knows it from another chain
    unknown = propose(play.lead, play.chain_id, play.truck, other)
    hidden = propose(play.lead, play.chain_id, play.truck, play.mill)
    assert unknown.status_code == hidden.status_code == 404
    assert unknown.json()["errors"] == hidden.json()["errors"]
    foreign = propose(play.lead, play.chain_id, play.axle, play.maker)
    assert foreign.status_code == 404
    spare = offer(play.maker, "P-2")
    outside = propose(play.maker, play.chain_id, spare, play.mill)
    assert outside.json()["type"] == "/problems/invalid-link"
    assert propose(other, play.chain_id, offer(other), play.maker).status_code == 404


def test_an_invited_firm_is_linked_before_it_joins_and_agrees_after(service: Service) -> None:
    lead, maker, first, truck = pair(service)
    chain = draw(lead, truck)
    axle = offer(maker)
    assert propose(lead, chain, truck, maker).status_code == 404
    asked = invite(lead, chain, organisation_id=str(maker.id))["invitation"]["id"]
    link = done(propose(lead, chain, truck, maker), 201)["id"]
    assert "has not joined" in accept(maker, link, axle).text
    done(maker.post("/v1/invitations/acceptance", json={"invitation_id": asked}))
    assert done(accept(maker, link, axle))["chain_id"] == chain != first


def test_the_same_is_linked_once(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    axle = offer(maker)
    first = done(propose(lead, chain, truck, maker, material="a"), 201)["id"]
    assert propose(lead, chain, truck, maker, material="a").status_code == 409
    second = done(propose(lead, chain, truck, maker, material="b"), 201)["id"]
    done(accept(maker, first, axle))
    assert accept(maker, second, axle).json()["type"] == "/problems/taken"
    done(lead.post(f"/v1/links/{first}/end", json={"reason": "new model"}))
    done(accept(maker, second, axle))


def test_a_product_does_not_supply_itself_but_firms_may_form_a_loop(service: Service) -> None:
    play = play_chain(service)
    own = done(propose(play.maker, play.chain_id, play.axle, play.maker), 201)["id"]
    assert accept(play.maker, own, play.axle).json()["type"] == "/problems/invalid-link"
    done(accept(play.maker, own, offer(play.maker, "P-2")))
    scrap = done(propose(play.maker, play.chain_id, play.axle, play.lead, material="scrap"), 201)
    assert done(accept(play.lead, scrap["id"], play.truck))["state"] == "accepted"


def test_a_supplier_declines_once_and_says_why(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    link = done(propose(lead, chain, truck, maker), 201)["id"]
    refusal = {"reason": "We sell to your dealer, not to you."}
    assert done(maker.post(f"/v1/links/{link}/refusal", json=refusal))["state"] == "declined"
    assert maker.post(f"/v1/links/{link}/refusal", json=refusal).status_code == 409
    assert accept(maker, link, offer(maker)).status_code == 409
    assert lead.post(f"/v1/links/{link}/end", json={}).status_code == 409
    assert done(lead.get(f"/v1/links/{link}"))["reason"] == refusal["reason"]
    assert maker.post(f"/v1/links/{link}/refusal", json={"reason": " "}).status_code == 422


def test_an_ended_link_takes_its_open_requests_with_it(service: Service) -> None:
    play = play_chain(service)
    request = done(ask(play.lead, play.axle_link), 201)["id"]
    done(play.maker.post(f"/v1/links/{play.axle_link}/end", json={"reason": "sold"}))
    told = done(play.lead.get(f"/v1/data-requests/{request}"))
    assert (told["state"], told["reason"]) == ("withdrawn", "sold")
    assert ask(play.lead, play.axle_link).status_code == 409


def test_of_two_answers_at_once_one_counts(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    link = done(propose(lead, chain, truck, maker), 201)["id"]
    codes = [offer(maker, f"P-{n}") for n in range(4)]
    with ThreadPoolExecutor(len(codes)) as pool:
        answers = [a.status_code for a in pool.map(lambda p: accept(maker, link, p), codes)]
    assert sorted(answers) == [200, 409, 409, 409]


def test_two_links_of_the_same_products_agreed_at_once_make_one(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    axle = offer(maker)
    proposed = [
        done(propose(lead, chain, truck, maker, material=word), 201)["id"] for word in "abcd"
    ]
    with ThreadPoolExecutor(len(proposed)) as pool:
        answers = [a.status_code for a in pool.map(lambda i: accept(maker, i, axle), proposed)]
    assert sorted(answers) == [200, 409, 409, 409]


def test_nothing_is_linked_in_a_closed_chain(service: Service) -> None:
    lead, maker, chain, truck = pair(service)
    link = done(propose(lead, chain, truck, maker), 201)["id"]
    done(lead.post(f"/v1/chains/{chain}/closure"))
    assert accept(maker, link, offer(maker)).status_code == 409
    assert propose(lead, chain, truck, maker, material="b").status_code == 409
