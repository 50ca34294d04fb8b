"""Footprints over HTTP: calculated, read by their owners, and hidden from everybody else."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from service.domain.organisation import Role
from tests.members import Seat, Service
from tests.network_makers import YEAR_ASKED, Market, make_process


@pytest.fixture
def market(service: Service) -> Market:
    return Market(service)


def two_tiers(market: Market) -> tuple[tuple[Seat, UUID], tuple[Seat, UUID]]:
    """Axles of 1 kg own CO2 and 2 kg of steel at 3.456 kg."""
    lead, mill = market.join("lead", Role.LEAD), market.join("mill")
    axle, steel = market.offer(lead, "axle"), market.offer(mill, "steel")
    market.link(lead, axle, mill, steel)
    market.accept(mill, steel, make_process(3.456))
    market.accept(lead, axle, make_process(1, {steel: 2}))
    market.work()
    return (lead, axle), (mill, steel)


def read_last(seat: Seat, product_id: UUID) -> dict[str, object]:
    found: dict[str, object] = seat.get(f"/v1/products/{product_id}/footprints").json()["items"][-1]
    return found


def test_a_request_answers_with_the_job_and_then_there_is_a_footprint(market: Market) -> None:
    mill = market.join("mill")
    steel = market.offer(mill, "steel")
    market.accept(mill, steel, make_process(3.456))
    asked = mill.post(f"/v1/products/{steel}/footprint-requests", json=YEAR_ASKED)
    assert asked.status_code == HTTPStatus.ACCEPTED
    market.work()
    job = mill.get(asked.headers["Location"]).json()
    assert job["state"] == "done"
    shown = mill.get(f"/v1/footprints/{read_last(mill, steel)['id']}").json()
    assert shown["kg_co2e"] == pytest.approx(3.456)
    assert shown["from_rounded"] is False


def test_an_owner_sees_its_suppliers_as_they_let_it(market: Market) -> None:
    (lead, axle), (mill, steel) = two_tiers(market)
    shown = lead.get(f"/v1/footprints/{read_last(lead, axle)['id']}").json()
    assert shown["from_rounded"] is True
    assert shown["kg_co2e"] == pytest.approx(1 + 2 * 3.5)
    assert "3.456" not in str(shown)
    by_supplier = {
        part["organisation"]["id"]: part["kg_co2e"] for part in shown["footprint"]["by_supplier"]
    }
    assert by_supplier == pytest.approx({str(lead.id): 1, str(mill.id): 7})
    assert str(steel) in str(shown["footprint"]["by_line"])


def test_nobody_else_sees_a_footprint_or_its_lockfile(market: Market) -> None:
    (lead, axle), (mill, steel) = two_tiers(market)
    rival = market.join("rival", Role.LEAD, Role.SUPPLIER)
    for owner, product, others in ((mill, steel, (lead, rival)), (lead, axle, (mill, rival))):
        footprint = f"/v1/footprints/{read_last(owner, product)['id']}"
        for other in others:
            for path in (footprint, f"{footprint}/lockfile"):
                assert other.get(path).status_code == HTTPStatus.NOT_FOUND
            listed = other.get(f"/v1/products/{product}/footprints").json()
            assert listed.get("items", []) == []
            asked = other.post(f"/v1/products/{product}/footprint-requests", json=YEAR_ASKED)
            assert asked.status_code == HTTPStatus.NOT_FOUND


def test_versions_are_read_as_known_on_a_day(market: Market) -> None:
    (_, _), (mill, steel) = two_tiers(market)
    day = market.now.date()
    market.service.clock.pass_by(timedelta(days=2))
    market.accept(mill, steel, make_process(5))
    market.work()
    path = f"/v1/products/{steel}/footprints"
    numbers = [item["number"] for item in mill.get(path).json()["items"]]
    then = mill.get(path, params={"as_known_on": str(day), **YEAR_ASKED}).json()["items"]
    assert numbers == [1, 2]
    assert [item["number"] for item in then] == [1]


def test_a_lead_firm_sees_its_chain_by_firms_without_a_line(market: Market) -> None:
    (lead, axle), (mill, _) = two_tiers(market)
    chain = market.draw(lead, axle)
    shown = lead.get(f"/v1/chains/{chain}/footprint", params=YEAR_ASKED).json()
    (product,) = shown["products"]
    assert product["kg_co2e"] == pytest.approx(8)
    by_firm = {part["organisation"]: part["kg_co2e"] for part in product["by_firm"]}
    assert by_firm == pytest.approx({str(lead.id): 1, str(mill.id): 7})
    assert "line" not in str(shown)


def test_firms_that_a_lead_does_not_see_are_one(market: Market) -> None:
    (lead, axle), (mill, steel) = two_tiers(market)
    mine = market.join("mine")
    ore = market.offer(mine, "ore")
    market.accept(mine, ore, make_process(1))
    market.accept(mill, steel, make_process(3, {ore: 1}))
    market.work()
    chain = market.draw(lead, axle)
    shown = lead.get(f"/v1/chains/{chain}/footprint", params=YEAR_ASKED)
    (product,) = shown.json()["products"]
    by_firm = {part["organisation"]: part["kg_co2e"] for part in product["by_firm"]}
    # Steel is 4 kg: three quarters its own (0.75), one quarter of a firm that the lead cannot see.
    assert by_firm == pytest.approx({str(lead.id): 1, str(mill.id): 6, None: 2})
    assert str(mine.id) not in shown.text


def test_only_the_lead_firm_of_a_chain_reads_its_footprint(market: Market) -> None:
    (lead, axle), _ = two_tiers(market)
    rival = market.join("rival", Role.LEAD)
    chain = market.draw(lead, axle)
    assert (
        rival.get(f"/v1/chains/{chain}/footprint", params=YEAR_ASKED).status_code
        == HTTPStatus.NOT_FOUND
    )
    asked = rival.post(f"/v1/chains/{chain}/footprint-requests", json=YEAR_ASKED)
    assert asked.status_code == HTTPStatus.NOT_FOUND


def test_a_chain_is_calculated_as_a_whole(market: Market) -> None:
    lead, mill = market.join("lead", Role.LEAD), market.join("mill")
    axle, steel = market.offer(lead, "axle"), market.offer(mill, "steel")
    chain = market.draw(lead, axle)
    with market.session() as session:
        market.keep(session, mill, steel, make_process(3))
        market.keep(session, lead, axle, make_process(1, {steel: 2}))
    asked = lead.post(f"/v1/chains/{chain}/footprint-requests", json=YEAR_ASKED)
    market.work()
    assert lead.get(asked.headers["Location"]).json()["state"] == "done"
    assert read_last(lead, axle)["kg_co2e"] == pytest.approx(7)
    assert read_last(mill, steel)["kg_co2e"] == pytest.approx(3)


def test_a_supply_that_a_lead_was_not_shown_stays_hidden_behind_one_that_it_knows(
    market: Market,
) -> None:
    (lead, axle), (mill, steel) = two_tiers(market)
    forge = market.join("forge")
    forging, bolt = market.offer(forge, "forging"), market.offer(forge, "bolt")
    with market.session() as session:
        market.keep(session, forge, forging, make_process(1))
        market.keep(session, forge, bolt, make_process(1))
        market.keep(session, mill, steel, make_process(3, {bolt: 1}))
        market.keep(session, lead, axle, make_process(1, {steel: 2, forging: 1}))
    chain = market.link(lead, axle, forge, forging)
    for product in (bolt, forging, steel, axle):
        market.ask(product)
    market.work()
    chain = lead.get("/v1/links", params={"supplier": str(forge.id)}).json()["items"][0]["chain_id"]
    shown = lead.get(f"/v1/chains/{chain}/footprint", params=YEAR_ASKED)
    (product,) = shown.json()["products"]
    by_firm = {part["organisation"]: part["kg_co2e"] for part in product["by_firm"]}
    # Forgings bring 1. Steel is 4, of which 1 is the forge's bolt, which the lead was not shown.
    assert by_firm == pytest.approx({str(lead.id): 1, str(forge.id): 1, str(mill.id): 6, None: 2})
