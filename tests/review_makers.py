"""Brings submissions to their review: a buyer asks for data, and its supplier hands it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.data_request import DataRequest, DataRequestState
from service.domain.job import JobKind
from service.domain.review import Review, ReviewedFootprint
from service.jobs import reviews as reviewing
from service.jobs.handling import Handler
from service.store import data_requests, reviews
from service.store.ids import new_id
from tests.members import Seat
from tests.network_makers import YEAR, Market, make_process
from tests.work import do_jobs

REVIEWING = {JobKind.REVIEW_SUBMISSION: Handler(reviewing.review)}
PERIOD = {"start": "2025-01-01", "end": "2025-12-31"}


@dataclass(frozen=True)
class Deal:
    """A buyer's axles are made of a supplier's steel."""

    market: Market
    buyer: Seat
    supplier: Seat
    axle: UUID
    steel: UUID
    link: UUID

    def ask(self) -> UUID:
        """The buyer asks for the data of the steel."""
        request = DataRequest(
            id=new_id(),
            chain_id=self.market.draw(self.buyer, self.axle),
            link_id=self.link,
            asker_id=self.buyer.id,
            supplier_id=self.supplier.id,
            product_id=self.steel,
            period=YEAR,
            due_on=self.market.now.date(),
            state=DataRequestState.REQUESTED,
            reason=None,
            submission_id=None,
            asked_at=self.market.now,
        )
        with self.market.session() as session:
            data_requests.add(session, request)
        return request.id

    def draft(self, process: Mapping[str, Any], **beside: Any) -> str:
        """The supplier drafts data of the steel; its path."""
        asked = {"period": PERIOD, "process": process, **beside}
        made = self.supplier.post(f"/v1/products/{self.steel}/submissions", json=asked)
        assert made.status_code == 201, made.text
        return f"/v1/submissions/{made.json()['id']}"

    def submit(self, process: Mapping[str, Any]) -> str:
        """The supplier drafts and hands in; its review is held."""
        path = self.draft(process)
        self.hand_in(path)
        return path

    def hand_in(self, path: str) -> None:
        answer = self.supplier.post(f"{path}/submit", headers={"If-Match": "*"})
        assert answer.status_code < 300, answer.text
        self.work()

    def work(self) -> None:
        do_due(self.market)

    def findings(self, path: str) -> list[dict[str, Any]]:
        """What the supplier reads of the review."""
        found: list[dict[str, Any]] = self.supplier.get(path).json()["findings"]
        return found

    def codes(self, path: str) -> list[str]:
        return [finding["code"] for finding in self.findings(path)]

    def reviews(self, reader: Seat) -> list[dict[str, Any]]:
        """Reviews that a firm reads, each in full."""
        items = reader.get("/v1/reviews").json()["items"]
        return [reader.get(f"/v1/reviews/{item['id']}").json() for item in items]


def do_due(market: Market) -> None:
    """Hold the reviews that are due; other jobs are not of these tests."""
    do_jobs(market.service.wiring, REVIEWING | _IGNORED)


_IGNORED = {kind: Handler(lambda _: None) for kind in JobKind if kind not in REVIEWING}


def make_deal(market: Market) -> Deal:
    """A buyer, a supplier and their link; nothing is accepted yet."""
    buyer, supplier = market.join("Axle works"), market.join("Steel works")
    axle, steel = market.offer(buyer, "axle"), market.offer(supplier, "bracket")
    return Deal(market, buyer, supplier, axle, steel, market.link(buyer, axle, supplier, steel))


def make_review(seat: Seat) -> UUID:
    """A review in which a firm is supplier and reviewer in one."""
    market = Market(seat.service)
    product_id = market.offer(seat, str(new_id()))
    review = Review(
        id=new_id(),
        submission_id=market.accept(seat, product_id, make_process(1)),
        data_request_id=None,
        product_id=product_id,
        supplier_id=seat.id,
        reviewer_id=seat.id,
        footprint=ReviewedFootprint("kg", 1.0, {"CO2": 1.0}, 1.0, 2),
        findings=(),
        opened_at=market.now,
    )
    with market.session() as session:
        reviews.add(session, review)
    return review.id
