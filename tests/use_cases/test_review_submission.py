"""A submission is tried in its network; what would break is told to its supplier, and no more."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from lca_models.facts.library import load_library
from lca_models.facts.plausibility import load_plausibility
from service.domain.registered_certificate import CertificateIssuer, RegisteredCertificate
from service.domain.submission import Period
from service.domain.trial import Trial, Verdict
from service.store import certificates, reviews
from service.store.ids import new_id
from service.use_cases.review_submission import judge, keep_verdict, read_trial
from tests.members import Service
from tests.network_makers import YEAR, Market, make_process
from tests.review_makers import PERIOD, Deal, make_deal
from tests.work import do_jobs


@pytest.fixture
def deal(service: Service) -> Deal:
    return make_deal(Market(service))


UNKNOWN = {"name": "x", "material": "unobtainium", "quantity": "1 kg"}


def try_out(deal: Deal, path: str) -> Verdict:
    """The verdict on what was drafted, as its job reaches it; nothing is kept."""
    with deal.market.session() as session:
        trial = read_trial(session, UUID(path.rpartition("/")[2]))
    assert trial is not None
    return judge(trial, load_library(), load_plausibility())


def keep(session: Session, trial: Trial, verdict: Verdict, deal: Deal) -> UUID | None:
    url = "https://green.example"
    return keep_verdict(session, trial, verdict, public_url=url, now=deal.market.now)


def blocking(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings if finding.severity == "blocking"]


def test_a_trial_counts_with_all_that_stands_upstream(deal: Deal) -> None:
    mine = deal.market.join("Mine")
    ore = deal.market.offer(mine, "ore")
    deal.market.link(deal.supplier, deal.steel, mine, ore)
    deal.market.accept(mine, ore, make_process(0.25))
    verdict = try_out(deal, deal.draft(make_process(1, {ore: 2})))
    assert verdict.impact is not None
    assert verdict.impact.kg_co2e == pytest.approx(1 + 2 * 0.25)


def test_a_loop_that_uses_up_what_it_makes_is_refused_without_names(deal: Deal) -> None:
    # An axle takes 2 kg of steel; a kilogram of steel that takes half an axle uses all of it.
    deal.market.link(deal.supplier, deal.steel, deal.buyer, deal.axle)
    deal.market.accept(deal.buyer, deal.axle, make_process(1, {deal.steel: 2}))
    verdict = try_out(deal, deal.draft(make_process(1, {deal.axle: 0.5})))
    assert blocking(verdict) == ["unproductive-loop"]
    assert verdict.impact is None
    assert "Axle works" not in str(verdict.findings)
    assert str(deal.axle) not in str(verdict.findings)


def test_a_loop_that_leaves_something_over_is_calculated(deal: Deal) -> None:
    # steel = 1 + 0.25 axle, axle = 1 + 2 steel: steel = 1.25 + 0.5 steel = 2.5
    deal.market.link(deal.supplier, deal.steel, deal.buyer, deal.axle)
    deal.market.accept(deal.buyer, deal.axle, make_process(1, {deal.steel: 2}))
    verdict = try_out(deal, deal.draft(make_process(1, {deal.axle: 0.25})))
    assert blocking(verdict) == []
    assert verdict.impact is not None
    assert verdict.impact.kg_co2e == pytest.approx(2.5)


def test_what_takes_a_footprint_from_others_is_refused(deal: Deal) -> None:
    # The offcuts were shared by mass; by substitution they have no footprint, and axles use them.
    offcuts = deal.market.offer(deal.supplier, "offcuts")
    deal.market.link(deal.buyer, deal.axle, deal.supplier, offcuts)
    shared: dict[str, Any] = {"co_products": [{"product": str(offcuts), "quantity": "1 kg"}]}
    deal.market.accept(deal.supplier, deal.steel, make_process(1, **shared, allocation="mass"))
    deal.market.accept(deal.buyer, deal.axle, make_process(1, {offcuts: 1}))
    displaced = {"displaces": {"material": "steel", "quantity_per_unit": "0.1 kg"}}
    credited: dict[str, Any] = {"co_products": [shared["co_products"][0] | displaced]}
    path = deal.draft(make_process(9, **credited, allocation="substitution"))
    verdict = try_out(deal, path)
    assert blocking(verdict) == ["breaks-others"]
    assert "Axle" not in str(verdict.findings)


def test_what_silences_a_product_that_had_a_value_is_refused(deal: Deal) -> None:
    deal.market.accept(deal.supplier, deal.steel, make_process(1))
    deal.market.accept(deal.buyer, deal.axle, make_process(0, {deal.steel: 1}))
    nothing = {"output": {"quantity": "1 kg"}, "inputs": [UNKNOWN]}
    assert blocking(try_out(deal, deal.draft(nothing))) == ["breaks-others"]


def test_a_line_of_its_own_that_cannot_be_calculated_is_told_in_full(deal: Deal) -> None:
    fuels = [{"id": "boiler", "fuel": "moonlight", "quantity": "1 kg"}]
    verdict = try_out(deal, deal.draft(make_process(1, fuels=fuels)))
    (finding,) = verdict.findings
    assert (finding.code, finding.line) == ("unknown-activity", "boiler")
    assert "moonlight" in finding.reason.en


def register(deal: Deal, energy_kwh: int) -> UUID:
    """A certificate of the supplier."""
    held = RegisteredCertificate(
        id=new_id(),
        organisation_id=deal.supplier.id,
        issuer=CertificateIssuer.GEC,
        number="G-1",
        technology="wind",
        province=None,
        energy_kwh=Decimal(energy_kwh),
        generated=YEAR,
        registered_at=deal.market.now,
    )
    with deal.market.session() as session:
        certificates.add(session, held)
    return held.id


def claiming(certificate_id: UUID, energy: str) -> dict[str, Any]:
    power = {"quantity": energy, "source": "certified", "certificate": str(certificate_id)}
    return make_process(1, electricity=[power])


def test_a_claim_beyond_a_certificate_is_refused(deal: Deal) -> None:
    # 10 kWh are held, another product claims 5 of them.
    held = register(deal, 10)
    path = deal.draft(claiming(held, "6 kWh"), produced="1 kg")
    assert blocking(try_out(deal, path)) == []
    other = deal.market.accept(
        deal.supplier, deal.market.offer(deal.supplier, "bar"), make_process(1)
    )
    with deal.market.session() as session:
        certificates.spend(session, other, deal.supplier.id, {held: Decimal(5)}, deal.market.now)
    assert blocking(try_out(deal, path)) == ["certificate-overspent"]


def test_a_claim_counts_for_all_runs_of_the_period(deal: Deal) -> None:
    # A run makes 1 kg: two of them claim 12 of 10 kWh.
    path = deal.draft(claiming(register(deal, 10), "6 kWh"), produced="2 kg")
    assert blocking(try_out(deal, path)) == ["certificate-overspent"]


def test_a_claim_of_runs_that_nobody_counted_is_refused(deal: Deal) -> None:
    verdict = try_out(deal, deal.draft(claiming(register(deal, 10), "6 kWh")))
    assert blocking(verdict) == ["missing-quantity"]
    assert verdict.findings[0].line is not None


def test_a_certified_line_is_calculated_in_networks(deal: Deal) -> None:
    # An axle of 1 kg takes 2 kg of steel, of 1 kg and 6 kWh of certified wind power each.
    claim = claiming(register(deal, 10), "6 kWh")
    draft = deal.draft(claim, produced="1 kg")
    steel = try_out(deal, draft).impact
    deal.supplier.call("DELETE", draft, headers={"If-Match": "*"})
    deal.market.accept(deal.supplier, deal.steel, claim)
    asked = {"period": PERIOD, "process": make_process(1, {deal.steel: 2})}
    path = f"/v1/products/{deal.axle}/submissions"
    made = deal.buyer.post(path, json=asked).json()
    axle = try_out(deal, f"/v1/submissions/{made['id']}").impact
    assert steel is not None
    assert axle is not None
    assert steel.kg_co2e == pytest.approx(1.39, abs=0.005)
    assert axle.kg_co2e == pytest.approx(1 + 2 * 1.4)  # its maker sees two digits of the steel


def test_the_claim_of_the_replaced_version_is_given_back(deal: Deal) -> None:
    held = register(deal, 10)
    replaced = deal.market.accept(deal.supplier, deal.steel, make_process(1))
    with deal.market.session() as session:
        certificates.spend(session, replaced, deal.supplier.id, {held: Decimal(6)}, deal.market.now)
    assert blocking(try_out(deal, deal.draft(claiming(held, "6 kWh"), produced="1 kg"))) == []


def test_former_data_and_footprints_are_compared(deal: Deal) -> None:
    deal.market.accept(deal.supplier, deal.steel, make_process(1))
    verdict = try_out(deal, deal.draft(make_process(12)))
    assert [finding.code for finding in verdict.findings] == ["far-from-history"]


def test_a_draft_that_was_edited_meanwhile_keeps_its_findings(deal: Deal) -> None:
    path = deal.draft(make_process(1))
    with deal.market.session() as session:
        trial = read_trial(session, UUID(path.rpartition("/")[2]))
    assert trial is not None
    verdict = judge(trial, load_library(), load_plausibility())
    asked = {"process": make_process(2)}
    deal.supplier.call("PUT", path, json=asked, headers={"If-Match": "*"})
    with deal.market.session() as session:
        assert keep(session, trial, verdict, deal) is None
    assert deal.supplier.get(path).json()["findings"] is None


def test_a_review_of_what_was_returned_and_came_again_keeps_nothing(deal: Deal) -> None:
    deal.ask()
    path = deal.draft(make_process(1))
    submission_id = UUID(path.rpartition("/")[2])
    assert deal.supplier.post(f"{path}/submit").status_code == 202
    with deal.market.session() as session:
        stale = read_trial(session, submission_id)
    assert stale is not None
    verdict = judge(stale, load_library(), load_plausibility())
    deal.work()
    (review,) = deal.reviews(deal.buyer)
    deal.buyer.post(f"/v1/reviews/{review['id']}/return", json={"reason": "kg or t?"})
    tag = {"If-Match": "*"}
    edited = deal.supplier.call("PUT", path, json={"process": make_process(2)}, headers=tag)
    assert edited.status_code == 200
    assert deal.supplier.post(f"{path}/submit").status_code == 202
    with deal.market.session() as session:
        assert keep(session, stale, verdict, deal) is None
    assert deal.supplier.get(path).json()["findings"] is None
    assert [each["state"] for each in deal.reviews(deal.buyer)] == ["returned"]


def test_what_is_accepted_is_not_tried_again(deal: Deal) -> None:
    accepted = deal.market.accept(deal.supplier, deal.steel, make_process(1))
    with deal.market.session() as session:
        assert read_trial(session, accepted) is None


def test_a_review_that_is_held_again_stays_one(deal: Deal) -> None:
    deal.ask()
    path = deal.submit(make_process(1))
    submission_id = UUID(path.rpartition("/")[2])
    with deal.market.session() as session:
        first = reviews.find_of_submission(session, submission_id)
        trial = read_trial(session, submission_id)
    assert trial is not None
    assert first is not None
    with deal.market.session() as session:
        verdict = judge(trial, load_library(), load_plausibility())
        assert keep(session, trial, verdict, deal) == first.id
    assert len(deal.reviews(deal.buyer)) == 1


def test_earlier_periods_count_as_history_and_later_ones_do_not(deal: Deal) -> None:
    deal.market.accept(deal.supplier, deal.steel, make_process(1))
    with deal.market.session() as session:
        until = Period(date(2024, 1, 1), date(2024, 12, 31)).end
        assert reviews.list_former(session, deal.steel, until=until) == ()
        assert len(reviews.list_former(session, deal.steel, until=YEAR.end)) == 1


def test_a_supplier_cannot_find_what_it_buys_by_trying(service: Service) -> None:
    market, verdicts = Market(service), []
    for kg_co2e in (3.41, 3.449):  # ore of two mines that looks alike to two digits
        deal, mine = make_deal(market), market.join("mine")
        ore = market.offer(mine, "ore")
        market.link(deal.supplier, deal.steel, mine, ore)
        market.accept(mine, ore, make_process(kg_co2e))
        market.accept(deal.supplier, deal.steel, make_process(1))
        do_jobs(service.wiring)
        # Ten times the value before is 10: with the mines' own figures 9.99, and 10.029.
        verdicts.append(try_out(deal, deal.draft(make_process(6.58, {ore: 1}))))
    first, second = verdicts
    assert first.findings == second.findings
    assert first.impact is not None
    assert second.impact is not None
    assert first.impact.kg_co2e == second.impact.kg_co2e == pytest.approx(6.58 + 3.4)
