"""Accepted data becomes kept footprints: of the product and of all that rests on it, once."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from lca_models.facts.library import load_library
from service.domain.kept_footprint import KeptFootprint
from service.store import footprints, networks
from service.store.tables.footprints import FootprintRow
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.find_outdated import find_outdated_behind
from service.use_cases.keep_footprints import keep_footprints
from tests.members import Seat, Service
from tests.network_makers import YEAR, Market, make_process
from tests.work import list_due, make_runner

CEMENT = load_library().get_footprint_factor("gb51366-portland-cement-market-average").kg_co2e


@pytest.fixture
def market(service: Service) -> Market:
    return Market(service)


def current(market: Market, *product_ids: UUID) -> Mapping[UUID, KeptFootprint]:
    with market.session() as session:
        return footprints.read_current(session, product_ids, YEAR)


def three_tiers(market: Market) -> tuple[list[Seat], list[UUID]]:
    """An axle of 1 kg own CO2 and 2 kg steel; steel of 3 kg and 4 kg ore; ore of 0.123456 kg."""
    firms = [market.join(name) for name in ("axles", "steel", "ore")]
    axle, steel, ore = (
        market.offer(firm, code) for firm, code in zip(firms, ("a", "s", "o"), strict=True)
    )
    market.accept(firms[2], ore, make_process(0.123456))
    market.accept(firms[1], steel, make_process(3, {ore: 4}))
    market.accept(firms[0], axle, make_process(1, {steel: 2}))
    market.work()
    return firms, [axle, steel, ore]


def test_accepted_data_becomes_footprints_of_all_tiers(market: Market) -> None:
    _, (axle, steel, ore) = three_tiers(market)
    kept = current(market, axle, steel, ore)
    assert kept[ore].kg_co2e == pytest.approx(0.123456)
    assert kept[steel].kg_co2e == pytest.approx(3 + 4 * 0.123456)
    assert kept[axle].kg_co2e == pytest.approx(1 + 2 * (3 + 4 * 0.123456))


def test_who_draws_on_others_sees_a_footprint_made_from_their_rounded_ones(
    market: Market,
) -> None:
    _, (axle, steel, ore) = three_tiers(market)
    kept = current(market, axle, steel, ore)
    assert kept[ore].seen is None
    assert kept[steel].for_owner["kg_co2e"] == pytest.approx(3 + 4 * 0.12)
    assert kept[axle].for_owner["kg_co2e"] == pytest.approx(1 + 2 * 3.5)  # of 3.493824
    assert str(ore) not in str(kept[axle].seen)


def test_new_data_far_up_makes_new_versions_down_the_chain(market: Market) -> None:
    firms, (axle, steel, ore) = three_tiers(market)
    before = current(market, axle, steel, ore)
    market.service.clock.pass_by(timedelta(days=1))
    market.accept(firms[2], ore, make_process(0.2))
    market.work()
    after = current(market, axle, steel, ore)
    assert [after[key].number for key in (axle, steel, ore)] == [2, 2, 2]
    assert after[axle].replaces_id == before[axle].id
    assert after[axle].kg_co2e == pytest.approx(1 + 2 * (3 + 4 * 0.2))


def test_the_same_data_is_not_kept_twice(market: Market) -> None:
    _, products = three_tiers(market)
    before = current(market, *products)
    market.ask(products[2])
    market.work()
    assert current(market, *products) == before
    with market.session() as session:
        assert len(session.exec(select(FootprintRow.id)).all()) == len(products)


def test_a_supplier_that_has_not_answered_is_a_gap(market: Market) -> None:
    buyer, silent = market.join("buyer"), market.join("silent")
    made, bought = market.offer(buyer, "made"), market.offer(silent, "bought")
    market.accept(buyer, made, make_process(1, {bought: 2}))
    market.work()
    kept = current(market, made)[made]
    assert kept.kg_co2e == 1
    assert [gap["product"] for gap in kept.result["gaps"]] == [str(bought)]


def test_a_co_product_has_a_footprint_and_brings_its_run_along(market: Market) -> None:
    mill, user = market.join("mill"), market.join("user")
    flour, bran, cake = (
        market.offer(mill, "flour"),
        market.offer(mill, "bran"),
        market.offer(user, "cake"),
    )
    beside = [{"product": str(bran), "quantity": "1 kg"}]
    market.accept(mill, flour, make_process(4, co_products=beside, allocation="mass"))
    market.accept(user, cake, make_process(0, {bran: 3}))
    market.work()
    kept = current(market, flour, bran, cake)
    assert kept[flour].kg_co2e == pytest.approx(2)
    assert kept[bran].kg_co2e == pytest.approx(2)
    assert kept[cake].kg_co2e == pytest.approx(6)
    with market.session() as session:
        affected = networks.list_affected(session, flour, YEAR)
    assert affected == {flour, cake}


def test_the_state_as_known_on_a_day_is_read_again(market: Market) -> None:
    firms, (axle, _, ore) = three_tiers(market)
    then = market.now
    market.service.clock.pass_by(timedelta(days=1))
    market.accept(firms[2], ore, make_process(0.2))
    with market.session() as session:
        before = networks.read(session, [axle], YEAR, known_at=then)
        after = networks.read(session, [axle], YEAR)
    assert before.answers[str(ore)].number == 1
    assert after.answers[str(ore)].number == 2


def test_what_was_accepted_while_numbers_were_solved_is_not_lost(market: Market) -> None:
    firms, (axle, _, ore) = three_tiers(market)
    library = market.service.wiring.library
    market.accept(firms[2], ore, make_process(1))
    with market.session() as session:
        planned = find_outdated_behind(session, ore, YEAR, library)
    market.accept(firms[2], ore, make_process(2))
    found = calculate_footprints(planned.network.chain, library)
    with market.session() as session:
        assert keep_footprints(session, planned, found, None, now=market.now) is None
    market.work()
    assert current(market, axle)[axle].kg_co2e == pytest.approx(1 + 2 * (3 + 4 * 2))


def test_two_workers_keep_one_version_each_after_the_other(market: Market) -> None:
    firms, products = three_tiers(market)
    market.accept(firms[2], products[2], make_process(1))
    market.ask(products[1])
    wiring = market.service.wiring
    due = list_due(wiring)
    with ThreadPoolExecutor(len(due)) as workers:
        list(workers.map(lambda job_id: make_runner(wiring).run(job_id), due))
    market.service.clock.pass_by(timedelta(hours=1))
    market.work()
    with market.session() as session:
        rows = session.exec(select(FootprintRow.product_id, FootprintRow.number)).all()
    assert sorted(rows) == sorted((key, number) for key in products for number in (1, 2))
    kept = current(market, *products)
    assert kept[products[0]].kg_co2e == pytest.approx(1 + 2 * (3 + 4))


def test_what_rests_on_a_changed_product_is_calculated_anew(market: Market) -> None:
    # An axle of 1 kg takes 2 kg of steel, for which nobody answered: a published value stands in.
    maker, mill = market.join("axles"), market.join("steel")
    axle = market.offer(maker, "a")
    steel = market.offer(mill, "s", screening="热轧卷板")
    market.accept(maker, axle, make_process(1, {steel: 2}))
    market.work()
    before = current(market, axle)[axle].kg_co2e
    assert before is not None
    path, tag = f"/v1/products/{steel}", {"If-Match": "*"}
    named = {"name": {"zh": "钢", "en": "Steel"}}
    assert mill.call("PATCH", path, json=named, headers=tag).status_code == 200
    assert list_due(market.service.wiring) == []
    cement = {"screening": "cement"}
    assert mill.call("PATCH", path, json=cement, headers=tag).status_code == 200
    assert mill.get("/v1/jobs").json()["items"] == []  # when others draw on it is not its business
    market.work()
    after = current(market, axle)[axle].kg_co2e
    assert after == pytest.approx(1 + 2 * CEMENT)
    assert after != pytest.approx(before)


def test_a_firm_whose_sites_change_is_calculated_anew(market: Market) -> None:
    mill = market.join("steel")
    steel = market.offer(mill, "s")
    market.accept(mill, steel, make_process(1))
    market.work()
    before = current(market, steel)[steel].id
    site = {"name": "Works", "province": "CN-SN"}
    assert mill.post("/v1/sites", json=site).status_code == 201
    market.work()
    assert current(market, steel)[steel].id != before
