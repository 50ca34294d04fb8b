"""Makes networks of members in the store: products, links, and data that was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.domain.link import LinkState
from service.domain.organisation import Role
from service.domain.submission import Period
from service.store import jobs
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.chains import ChainProductRow, ChainRow, LinkRow, ProductRow
from service.store.tables.submissions import SubmissionInputRow, SubmissionRow
from tests.members import Seat, Service
from tests.work import do_jobs

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
YEAR_ASKED = {"period_start": "2025-01-01", "period_end": "2025-12-31"}


def make_process(
    kg_co2: float, drawn: Mapping[UUID, float] | None = None, **more: Any
) -> dict[str, Any]:
    """One unit: so much CO2 of its own, and so many units of others' products."""
    inputs = [
        {"name": f"part {number}", "product": str(key), "quantity": f"{amount} kg"}
        for number, (key, amount) in enumerate((drawn or {}).items(), start=1)
    ]
    emissions = [{"gas": "CO2", "quantity": f"{kg_co2} kg"}] if kg_co2 else []
    return {
        "output": {"quantity": "1 kg"},
        "inputs": inputs,
        "direct_emissions": emissions,
        **more,
    }


@dataclass(frozen=True)
class Market:
    """A service in which firms supply each other."""

    service: Service

    def join(self, name: str, *roles: Role) -> Seat:
        return self.service.join(name, *(roles or (Role.SUPPLIER,)))

    def session(self) -> Any:
        return open_transaction(self.service.wiring.members.engine, SERVICE)

    @property
    def now(self) -> datetime:
        return self.service.clock()

    def offer(self, maker: Seat, code: str, *, screening: str | None = None) -> UUID:
        """A product of a firm, by the kilogram."""
        row = ProductRow(
            id=new_id(),
            organisation_id=maker.id,
            code=code,
            name_zh=code,
            name_en=code,
            declared_amount=Decimal(1),
            declared_unit="kg",
            screening=screening,
            created_at=self.now,
        )
        with self.session() as session:
            session.add(row)
        return row.id

    def accept(self, maker: Seat, product_id: UUID, process: Mapping[str, Any]) -> UUID:
        """Accept data of a product, which causes its calculation; the former is superseded."""
        with self.session() as session:
            submission_id = self.keep(session, maker, product_id, process)
        self.ask(product_id)
        return submission_id

    def ask(self, product_id: UUID) -> None:
        """Let a product and all that rests on it be calculated by the next `work`."""
        subject = {"product_id": str(product_id), **YEAR_ASKED}
        with self.session() as session:
            kind = JobKind.CALCULATE_PRODUCT
            jobs.add(session, kind, subject, organisation_id=None, now=self.now)

    def link(self, buyer: Seat, bought_for: UUID, supplier: Seat, product_id: UUID) -> UUID:
        """An agreed link, in a chain that the buyer leads."""
        chain_id = self.draw(buyer, bought_for)
        row = LinkRow(
            id=new_id(),
            chain_id=chain_id,
            lead_id=buyer.id,
            buyer_id=buyer.id,
            buyer_product_id=bought_for,
            supplier_id=supplier.id,
            supplier_product_id=product_id,
            material="part",
            state=LinkState.ACCEPTED.value,
            shown_by_buyer=True,
            seen_by_lead=True,
            proposed_at=self.now,
        )
        with self.session() as session:
            session.add(row)
        return row.id

    def draw(self, lead: Seat, product_id: UUID) -> UUID:
        """A chain about a product."""
        row = ChainRow(
            id=new_id(),
            lead_id=lead.id,
            name_zh="链",
            name_en="chain",
            product_family="axles",
            base_year=2025,
            created_at=self.now,
        )
        with self.session() as session:
            session.add(row)
            session.flush()
            session.add(ChainProductRow(chain_id=row.id, product_id=product_id, lead_id=lead.id))
        return row.id

    def work(self) -> int:
        """Do all jobs that are due."""
        return do_jobs(self.service.wiring)

    def release(self) -> None:
        """Do the batch that releases footprints to buyers."""
        with self.session() as session:
            jobs.add(session, JobKind.RELEASE_BATCH, {}, organisation_id=None, now=self.now)
        self.work()

    def keep(
        self, session: Session, maker: Seat, product_id: UUID, process: Mapping[str, Any]
    ) -> UUID:
        """Keep accepted data of a product without calculating anything."""
        former = session.exec(
            select(SubmissionRow).where(
                SubmissionRow.product_id == product_id, SubmissionRow.state == "accepted"
            )
        ).first()
        if former is not None:
            former.state, former.superseded_at = "superseded", self.now
            session.flush()
        row = SubmissionRow(
            id=new_id(),
            organisation_id=maker.id,
            product_id=product_id,
            period_start=YEAR.start,
            period_end=YEAR.end,
            number=1 if former is None else former.number + 1,
            replaces_id=None if former is None else former.id,
            state="draft",
            process={"product": str(product_id), **process},
            process_hash="-",
            created_at=self.now,
        )
        session.add(row)
        session.flush()
        known = set(session.exec(select(ProductRow.id).where(col(ProductRow.id).is_not(None))))
        for drawn in {UUID(line["product"]) for line in process["inputs"]} & known:
            session.add(
                SubmissionInputRow(submission_id=row.id, product_id=drawn, organisation_id=maker.id)
            )
        session.flush()
        row.state, row.accepted_at = "accepted", self.now
        session.flush()
        return row.id
