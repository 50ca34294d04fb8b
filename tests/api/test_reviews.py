"""Reviews over HTTP: what supplier and buyer learn of a submission before it is accepted."""

from typing import Any

import pytest
from sqlmodel import select

from service.domain.access import SERVICE
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.footprints import ConsentRow, DisclosureRow
from tests.members import Service
from tests.network_makers import Market, make_process
from tests.review_makers import Deal, make_deal


@pytest.fixture
def deal(service: Service) -> Deal:
    return make_deal(Market(service))


def steel(electricity: str = "500 kWh", **more: Any) -> dict[str, Any]:
    """A tonne of steel from a tonne of pig iron, with power and CO2."""
    return {
        "output": {"quantity": "1 t"},
        "inputs": [{"id": "iron", "name": "pig iron", "material": "pig iron", "quantity": "1 t"}],
        "electricity": [{"id": "meter", "quantity": electricity}],
        "direct_emissions": [{"id": "gas", "gas": "CO2", "quantity": "123.4567 kg"}],
        **more,
    }


def test_the_buyer_sees_a_rounded_footprint_and_no_line(deal: Deal) -> None:
    deal.ask()
    path = deal.submit(steel("500 MWh"))
    (review,) = deal.reviews(deal.buyer)
    # 500 kWh of grid power for a kilogram would be 290 kg CO2e; pig iron and CO2 are little.
    assert review["footprint"]["significant_digits"] == 2
    assert review["footprint"]["kg_co2e"] == float(f"{review['footprint']['kg_co2e']:.1e}")
    assert review["findings"] == [
        {"code": "impossible-energy", "severity": "doubtful", "count": 1, "explained": 0}
    ]
    assert "meter" not in str(review)
    (finding,) = deal.findings(path)
    assert finding["line"] == "meter"


def test_the_total_is_that_of_the_chain_to_two_digits(deal: Deal) -> None:
    deal.ask()
    deal.submit(make_process(1.2345))
    (review,) = deal.reviews(deal.buyer)
    assert review["footprint"] == {
        "unit": "kg",
        "kg_co2e": 1.2,
        "gases_kg_co2e": {"CO2": 1.2},
        "primary_data_share": 1.0,
        "significant_digits": 2,
    }


def test_a_consent_lets_the_buyer_see_more_digits(deal: Deal) -> None:
    with deal.market.session() as session:
        session.add(
            ConsentRow(
                id=new_id(),
                supplier_id=deal.supplier.id,
                buyer_id=deal.buyer.id,
                product_id=deal.steel,
                significant_digits=4,
                granted_at=deal.market.now,
            )
        )
    deal.ask()
    deal.submit(make_process(1.2345))
    (review,) = deal.reviews(deal.buyer)
    assert review["footprint"]["kg_co2e"] == 1.234  # a half goes to the even digit


def test_what_nobody_asked_for_is_reviewed_for_its_supplier_alone(deal: Deal) -> None:
    path = deal.submit(steel())
    assert deal.codes(path) == []
    assert deal.reviews(deal.buyer) == deal.reviews(deal.supplier) == []


def test_a_stranger_finds_no_review(deal: Deal) -> None:
    deal.ask()
    deal.submit(steel())
    rival = deal.market.join("Rival")
    ((review),) = deal.reviews(deal.supplier)
    assert deal.reviews(rival) == []
    foreign = rival.get(f"/v1/reviews/{review['id']}")
    missing = rival.get(f"/v1/reviews/{new_id()}")
    assert foreign.status_code == missing.status_code == 404


def test_a_draft_is_checked_for_its_owner_alone(deal: Deal) -> None:
    deal.ask()
    path = deal.draft(steel("500 MWh"))
    job = deal.supplier.post(f"{path}/check")
    assert job.status_code == 202
    assert job.headers["location"] == job.json()["url"]
    assert deal.supplier.get(path).json()["findings"] is None
    deal.work()
    assert deal.codes(path) == ["impossible-energy"]
    assert deal.reviews(deal.buyer) == []
    assert deal.buyer.post(f"{path}/check").status_code == 404


def test_what_is_handed_in_is_reviewed_and_not_checked(deal: Deal) -> None:
    assert deal.supplier.post(f"{deal.submit(steel())}/check").status_code == 409


def test_an_explanation_is_counted_for_the_buyer_and_read_by_its_supplier(deal: Deal) -> None:
    deal.ask()
    path = deal.submit(steel("500 MWh"))
    said = {"code": "impossible-energy", "line": "meter", "words": "The meter serves the town."}
    answer = deal.supplier.call(
        "PUT",
        f"{path}/explanations",
        json={"explanations": [said]},
        headers={"If-Match": deal.supplier.get(path).headers["etag"]},
    )
    assert answer.status_code == 200, answer.text
    assert deal.findings(path)[0]["explanation"] == "The meter serves the town."
    (review,) = deal.reviews(deal.buyer)
    assert review["findings"][0]["explained"] == 1
    assert "town" not in str(review)


@pytest.mark.parametrize(("code", "status"), [("no-such-finding", 409), ("impossible-energy", 409)])
def test_only_findings_that_stand_are_explained(deal: Deal, code: str, status: int) -> None:
    path = deal.submit(steel("500 MWh"))
    said = {"code": code, "line": None, "words": "So it is."}
    answer = deal.supplier.call(
        "PUT", f"{path}/explanations", json={"explanations": [said]}, headers={"If-Match": "*"}
    )
    assert answer.status_code == status


def test_who_read_a_review_stands_in_the_supplier_s_ledger(deal: Deal) -> None:
    deal.ask()
    deal.submit(steel())
    deal.reviews(deal.supplier)
    (review,) = deal.reviews(deal.buyer)
    with open_transaction(
        deal.market.service.wiring.members.engine, SERVICE, reading=True
    ) as session:
        (seen,) = session.exec(select(DisclosureRow)).all()
    assert (seen.viewer_id, seen.supplier_id) == (deal.buyer.id, deal.supplier.id)
    assert (str(seen.subject_id), seen.significant_digits) == (review["id"], 2)


def test_a_returned_submission_gets_a_second_review(deal: Deal) -> None:
    deal.ask()
    path = deal.submit(steel("500 MWh"))
    (first,) = deal.reviews(deal.buyer)
    returned = deal.buyer.post(f"/v1/reviews/{first['id']}/return", json={"reason": "Power?"})
    assert returned.status_code == 200, returned.text
    mended = deal.supplier.call(
        "PUT", path, json={"process": steel("500 kWh")}, headers={"If-Match": "*"}
    )
    assert mended.status_code == 200, mended.text
    deal.hand_in(path)
    states = {review["state"]: review["findings"] for review in deal.reviews(deal.buyer)}
    assert states["open"] == []
    assert states["returned"] != []
