"""A service on a PostgreSQL server of its own, with a made-up chain of accepted data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import insert
from sqlmodel import Session

from benchmarks._chains import TIER_SHARES, random_table
from lca_models.calculation.table import ChainTable
from lca_models.facts.library import Library
from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.formats.chain.process_text import validate_run, write_run
from service.store import jobs
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.chains import ChainProductRow, ChainRow, ProductRow
from service.store.tables.identity import OrganisationRow
from service.store.tables.submissions import SubmissionInputRow, SubmissionRow
from tests.databases import POSTGRESQL, Templates
from tests.members import NOW, Seat, Service, make_uscc, serve
from tests.network_makers import YEAR, YEAR_ASKED
from tests.postgresql import OWNER
from tests.work import make_runner

PRODUCTS_PER_FIRM = 4
SUPERUSER = "postgres"
_GRID, _GAS = 0, 1  # the datasets that most draw on stand for power and natural gas
_PERIOD = {"period_start": YEAR.start, "period_end": YEAR.end}


@dataclass(frozen=True)
class Stage:
    """A service with its database.

    Args:
        service: The application.
        url: The database as the superuser opens it, whom no policy holds back.
    """

    service: Service
    url: str

    def open(self) -> AbstractContextManager[Session]:
        """A transaction of the service itself."""
        return open_transaction(self.service.wiring.members.engine, SERVICE)

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of the superuser."""
        return psycopg.connect(self.url, autocommit=True)

    def run(self, kind: JobKind, subject: dict[str, str]) -> None:
        """Queue a job and do it, as a worker does."""
        with self.open() as session:
            job_id = jobs.add(session, kind, subject, organisation_id=None, now=NOW)
        make_runner(self.service.wiring).run(job_id)


@dataclass(frozen=True)
class Chain:
    """A chain in the store.

    Args:
        stage: Where it is kept.
        lead: Who leads it and makes its first tier.
        id: Its id.
        products: Its products as the table counts them, the first ones nearest to the customer.
        firms: Who makes each.
        table: What it was made from.
    """

    stage: Stage
    lead: Seat
    id: UUID
    products: Sequence[UUID]
    firms: Sequence[UUID]
    table: ChainTable

    def recompute(self) -> None:
        """Calculate the chain and keep its footprints, by the job that members cause."""
        self.stage.run(JobKind.CALCULATE_CHAIN, {"chain_id": str(self.id), **YEAR_ASKED})


@contextmanager
def open_stage() -> Iterator[Stage]:
    """A service on an empty database of a new server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = Templates(folder, stack).make(POSTGRESQL, folder)
        service = stack.enter_context(serve(database))
        url = database.owner_url.replace("+psycopg", "").replace(OWNER, SUPERUSER)
        yield Stage(service, url)


def keep_chain(stage: Stage, size: int) -> Chain:
    """Keep a chain of `random_table` as if its members had submitted it and buyers accepted.

    Four products a firm. The first tier belongs to the lead; everything else that it rests on is
    read with it.
    """
    table = random_table(size)
    lead = stage.service.join("Lead")
    first_tier = round(TIER_SHARES[0] * size)
    firms = _make_firms(lead.id, first_tier, size)
    products = [new_id() for _ in range(size)]
    chain_id = new_id()
    with stage.open() as session:
        session.execute(insert(OrganisationRow), _firm_rows(set(firms) - {lead.id}))
        session.execute(insert(ProductRow), list(map(_product_row, products, firms)))
        session.add(
            ChainRow(
                id=chain_id,
                lead_id=lead.id,
                name_zh="链",
                name_en="Chain",
                product_family="frames",
                base_year=YEAR.start.year,
                created_at=NOW,
            )
        )
        session.flush()
        session.execute(
            insert(ChainProductRow),
            [
                {"chain_id": chain_id, "product_id": product_id, "lead_id": lead.id}
                for product_id in products[:first_tier]
            ],
        )
        _keep_submissions(session, table, products, firms, stage.service.wiring.library)
    with stage.connect() as connection:
        connection.execute("analyze")  # as a server does by itself, a minute later
    return Chain(stage, lead, chain_id, products, firms, table)


def _make_firms(lead_id: UUID, first_tier: int, size: int) -> list[UUID]:
    others = [new_id() for _ in range(first_tier, size, PRODUCTS_PER_FIRM)]
    return [lead_id] * first_tier + [
        others[place // PRODUCTS_PER_FIRM] for place in range(size - first_tier)
    ]


def _firm_rows(firms: set[UUID]) -> list[dict[str, Any]]:
    rows = []
    for firm_id in sorted(firms):
        number = make_uscc()
        names = {"name_zh": number, "name_en": number, "number": number, "folded_number": number}
        rows.append({"id": firm_id, "scheme": "uscc", "roles": [], "created_at": NOW, **names})
    return rows


def _product_row(product_id: UUID, firm_id: UUID) -> dict[str, Any]:
    code = product_id.hex[-12:]
    return {
        "id": product_id,
        "organisation_id": firm_id,
        "code": code,
        "name_zh": f"产品{code}",
        "name_en": f"Product {code}",
        "declared_amount": 1,
        "declared_unit": "kg",
        "created_at": NOW,
    }


def _keep_submissions(
    session: Session,
    table: ChainTable,
    products: Sequence[UUID],
    firms: Sequence[UUID],
    library: Library,
) -> None:
    materials = list_materials(library)
    submissions, inputs = [], []
    for place, product_id in enumerate(products):
        run = _run_of(table, place, products, materials)
        owned = {"organisation_id": firms[place]}
        row = to_submission_row(product_id, run, 1) | owned
        submissions.append(row | {"state": "accepted", "accepted_at": NOW})
        drawn = {UUID(line["product"]) for line in run["inputs"] if "product" in line}
        inputs += [{"submission_id": row["id"], "product_id": key, **owned} for key in drawn]
    session.execute(insert(SubmissionRow), submissions)
    session.execute(insert(SubmissionInputRow), inputs)


def to_submission_row(product_id: UUID, run: dict[str, Any], number: int) -> dict[str, Any]:
    """A version that was handed in and in which nothing was found; its firm is not named yet."""
    written = write_run(str(product_id), YEAR, validate_run(run))
    return {
        "id": new_id(),
        "product_id": product_id,
        **_PERIOD,
        "number": number,
        "state": "submitted",
        "process": dict(written.text),
        "process_hash": written.hash,
        "salt": product_id.hex,
        "findings": [],
        "created_at": NOW - timedelta(days=1),
        "submitted_at": NOW,
    }


def _run_of(
    table: ChainTable, place: int, products: Sequence[UUID], materials: Sequence[str]
) -> dict[str, Any]:
    """One run of a product, as a supplier would submit it."""
    run: dict[str, Any] = {"output": {"quantity": f"{table.made[place]} kg"}}
    sections: dict[str, list[dict[str, Any]]] = {"inputs": []}
    rows = slice(*table.row_starts[place : place + 2].tolist())
    datasets = len(table.prices) - len(table.gwp)
    for number, (source, amount) in enumerate(
        zip(table.source[rows].tolist(), table.amount[rows].tolist(), strict=True), start=1
    ):
        line = {"id": f"line {number}", "quantity": f"{amount} kg"}
        dataset = source - len(products)
        if dataset < 0:
            line |= {"name": f"part {number}", "product": str(products[source])}
            sections["inputs"].append(line)
        elif dataset == _GRID:
            sections.setdefault("electricity", []).append(line | {"quantity": f"{amount} kWh"})
        elif dataset == _GAS:
            line |= {"fuel": "natural_gas", "quantity": f"{amount} m3"}
            sections.setdefault("fuels", []).append(line)
        elif dataset < datasets:
            material = materials[dataset % len(materials)]
            sections["inputs"].append(line | {"name": material, "material": material})
        else:
            sections.setdefault("direct_emissions", []).append(line | {"gas": "CO2"})
    return run | sections


def list_materials(library: Library) -> list[str]:
    """Materials of the library whose factors are given by the kilogram."""
    return [
        key
        for key, material in library.materials.items()
        if library.get_factor(material.factor).unit == "kg"
    ]
