"""Releases, consents and the ledger: who sees how much of a supplier, and that it is told."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.organisation import Role
from tests.members import Seat, Service
from tests.network_makers import Market, make_process


@pytest.fixture
def market(service: Service) -> Market:
    return Market(service)


def bought(market: Market, kg_co2: float = 12.3456) -> tuple[Seat, Seat, UUID]:
    """A buyer, its supplier, and the product between them."""
    buyer, mill = market.join("buyer", Role.LEAD), market.join("mill")
    axle, steel = market.offer(buyer, "axle"), market.offer(mill, "steel")
    market.link(buyer, axle, mill, steel)
    market.accept(mill, steel, make_process(kg_co2))
    market.work()
    return buyer, mill, steel


def released(seat: Seat) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = seat.get("/v1/releases").json()["items"]
    return found


def test_a_buyer_reads_two_digits_after_the_batch_and_nothing_before(market: Market) -> None:
    buyer, _, steel = bought(market)
    assert released(buyer) == []
    market.release()
    (release,) = released(buyer)
    assert release["product"] == str(steel)
    assert release["footprint"]["kg_co2e"] == "12"
    assert release["footprint"]["by_gas"] == {"CO2": "12"}
    assert release["footprint"]["quality"]["primary_data_share"] == "1.0"
    assert "12.3" not in str(release)


def test_a_batch_that_is_done_twice_releases_once(market: Market) -> None:
    buyer, *_ = bought(market)
    market.release()
    market.release()
    assert len(released(buyer)) == 1


def test_a_change_below_the_granted_digits_is_not_told(market: Market) -> None:
    buyer, mill, steel = bought(market)
    market.release()
    market.accept(mill, steel, make_process(12.4))
    market.work()
    market.release()
    assert len(released(buyer)) == 1


def test_only_the_newest_version_is_released(market: Market) -> None:
    buyer, mill, steel = bought(market)
    market.accept(mill, steel, make_process(20))
    market.accept(mill, steel, make_process(30))
    market.work()
    market.release()
    assert [release["footprint"]["kg_co2e"] for release in released(buyer)] == ["30"]


def test_a_consent_shows_that_buyer_more_digits_from_the_next_release_on(market: Market) -> None:
    buyer, mill, steel = bought(market)
    market.release()
    consent = {"buyer": str(buyer.id), "product": str(steel), "significant_digits": 4}
    assert mill.post("/v1/consents", json=consent).status_code == HTTPStatus.CREATED
    assert len(released(buyer)) == 1
    market.work()
    market.service.clock.pass_by(timedelta(days=1))
    market.release()
    assert [release["footprint"]["kg_co2e"] for release in released(buyer)] == ["12", "12.35"]


def test_a_withdrawn_consent_ends_with_the_next_release(market: Market) -> None:
    buyer, mill, _ = bought(market)
    consent = {"buyer": str(buyer.id), "significant_digits": 3}
    made = mill.post("/v1/consents", json=consent).json()
    path = f"/v1/consents/{made['id']}"
    assert mill.call("DELETE", path).status_code == HTTPStatus.NO_CONTENT
    assert mill.call("DELETE", path).status_code == HTTPStatus.CONFLICT
    assert buyer.get(path).json()["withdrawn_at"] is not None
    market.work()
    market.release()
    assert [release["footprint"]["significant_digits"] for release in released(buyer)] == [2]


def test_a_consent_shows_in_what_the_buyer_sees_of_its_own_footprint(market: Market) -> None:
    buyer, mill, steel = bought(market)
    part = market.offer(buyer, "part")
    market.accept(buyer, part, make_process(0, {steel: 1}))
    market.work()
    mill.post("/v1/consents", json={"buyer": str(buyer.id), "significant_digits": 17})
    market.work()
    shown = buyer.get(f"/v1/products/{part}/footprints").json()["items"]
    assert [each["kg_co2e"] for each in shown] == pytest.approx([12, 12.3456])


def test_nobody_else_reads_a_release_or_gives_a_consent(market: Market) -> None:
    buyer, mill, steel = bought(market)
    market.release()
    (release,) = released(buyer)
    rival = market.join("rival", Role.LEAD, Role.SUPPLIER)
    assert released(rival) == []
    assert rival.get(f"/v1/releases/{release['id']}").status_code == HTTPStatus.NOT_FOUND
    mine = {"buyer": str(buyer.id), "product": str(steel), "significant_digits": 17}
    assert rival.post("/v1/consents", json=mine).status_code == HTTPStatus.NOT_FOUND
    assert buyer.post("/v1/consents", json=mine).status_code == HTTPStatus.NOT_FOUND
    given = mill.post("/v1/consents", json=mine).json()["id"]
    for other in (buyer, rival):
        refused = other.call("DELETE", f"/v1/consents/{given}")
        assert refused.status_code == HTTPStatus.NOT_FOUND
    assert rival.get(f"/v1/consents/{given}").status_code == HTTPStatus.NOT_FOUND


def test_every_reading_by_a_buyer_stands_in_the_suppliers_ledger(market: Market) -> None:
    buyer, mill, steel = bought(market)
    market.release()
    (release,) = released(buyer)
    buyer.get(f"/v1/releases/{release['id']}")
    released(mill)
    ledger = mill.get("/v1/disclosures").json()["items"]
    seen = [(each["viewer"], each["subject_id"], each["significant_digits"]) for each in ledger]
    assert seen == [(str(buyer.id), release["id"], 2)] * 2
    assert {each["product"] for each in ledger} == {str(steel)}
    assert buyer.get("/v1/disclosures").json()["items"] == []


def test_what_a_buyer_sees_through_its_own_footprint_stands_there_too(market: Market) -> None:
    buyer, mill, steel = bought(market)
    part = market.offer(buyer, "part")
    market.accept(buyer, part, make_process(1, {steel: 1}))
    market.work()
    (shown,) = buyer.get(f"/v1/products/{part}/footprints").json()["items"]
    buyer.get(f"/v1/footprints/{shown['id']}")
    buyer.get(f"/v1/footprints/{shown['id']}/lockfile")
    ledger = mill.get("/v1/disclosures").json()["items"]
    assert [each["subject"] for each in ledger] == ["footprint", "lockfile"]


def test_a_lockfile_tells_of_a_supply_whose_it_is_and_not_how_often_it_changed(
    market: Market,
) -> None:
    buyer, mill, steel = bought(market)
    part = market.offer(buyer, "part")
    market.accept(buyer, part, make_process(1, {steel: 1}))
    market.work()
    (shown,) = buyer.get(f"/v1/products/{part}/footprints").json()["items"]
    lockfile = buyer.get(f"/v1/footprints/{shown['id']}/lockfile").json()
    (supply,) = (p for p in lockfile["submissions"] if p["organisation"] == str(mill.id))
    assert supply["product"] == str(steel)
    assert {supply[name] for name in ("submission", "number", "salt", "text")} == {None}


def test_an_appointed_verifier_reads_what_the_owner_reads_and_states_what_it_found(
    market: Market,
) -> None:
    buyer, mill, steel = bought(market)
    verifier = market.join("verifier", Role.VERIFIER)
    (shown,) = mill.get(f"/v1/products/{steel}/footprints").json()["items"]
    path = f"/v1/footprints/{shown['id']}"
    assert verifier.get(path).status_code == HTTPStatus.NOT_FOUND
    appointed = mill.post("/v1/appointments", json={"verifier": str(verifier.id)})
    assert appointed.status_code == HTTPStatus.CREATED
    assert verifier.get(path).json()["kg_co2e"] == pytest.approx(12.3456)
    lockfile = verifier.get(f"{path}/lockfile").json()
    (submission,) = lockfile["submissions"]
    assert submission["text"] is not None
    found = {"outcome": "limited", "statement": "No doubt arose.", "signed_by": "Li Wei"}
    statements = f"/v1/submissions/{submission['submission']}/verifications"
    assert verifier.post(statements, json=found).status_code == HTTPStatus.CREATED
    market.release()
    assert released(buyer)[-1]["footprint"]["verification"]["outcome"] == "limited"
    assert [each["viewer"] for each in mill.get("/v1/disclosures").json()["items"]][:2] == [
        str(verifier.id)
    ] * 2
    ended = mill.call("DELETE", appointed.headers["Location"])
    assert ended.status_code == HTTPStatus.NO_CONTENT
    assert verifier.get(path).status_code == HTTPStatus.NOT_FOUND
    assert mill.get(statements).json()["items"][0]["signed_by"] == "Li Wei"


def test_only_a_verifier_can_be_appointed_and_only_the_appointed_can_state(
    market: Market,
) -> None:
    buyer, mill, steel = bought(market)
    stranger = market.join("verifier", Role.VERIFIER)
    for firm in (buyer.id, mill.id, uuid4()):
        refused = mill.post("/v1/appointments", json={"verifier": str(firm)})
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    (shown,) = mill.get(f"/v1/products/{steel}/footprints").json()["items"]
    lockfile = mill.get(f"/v1/footprints/{shown['id']}/lockfile").json()
    path = f"/v1/submissions/{lockfile['submissions'][0]['submission']}/verifications"
    found = {"outcome": "reasonable", "statement": "Fine.", "signed_by": "Me"}
    assert stranger.post(path, json=found).status_code == HTTPStatus.NOT_FOUND
    assert mill.post(path, json=found).status_code == HTTPStatus.FORBIDDEN
    assert stranger.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_supplier_lets_nobody_see_more_digits_than_it_sees_of_its_own_suppliers(
    market: Market,
) -> None:
    maker, mill, steel = bought(market)
    part = market.offer(maker, "part")
    friend = market.join("friend", Role.LEAD)
    truck = market.offer(friend, "truck")
    market.link(friend, truck, maker, part)
    market.accept(maker, part, make_process(1, {steel: 1}))
    market.accept(friend, truck, make_process(0, {part: 1}))
    maker.post("/v1/consents", json={"buyer": str(friend.id), "significant_digits": 17})
    market.work()
    market.release()
    # Part is 13.3456 kg. Friend and maker together would know steel to the last digit.
    assert released(friend)[-1]["footprint"]["kg_co2e"] == "13"
    shown = friend.get(f"/v1/products/{truck}/footprints").json()["items"][-1]
    assert shown["kg_co2e"] == pytest.approx(13)
    mill.post("/v1/consents", json={"buyer": str(maker.id), "significant_digits": 4})
    market.work()
    market.service.clock.pass_by(timedelta(days=1))
    market.release()
    assert released(friend)[-1]["footprint"]["kg_co2e"] == "13.35"
