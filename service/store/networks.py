"""Reads the network behind products, and finds the products that rest on one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from lca_models.errors import Text
from lca_models.facts.units import Quantity
from service.domain.chain import Certificate, Chain
from service.domain.network import (
    Answer,
    Network,
    claimed_certificates,
    drawn_products,
)
from service.domain.organisation import Identifier, IdentifierScheme, Organisation, Role, Site
from service.domain.product import Product
from service.domain.submission import Period
from service.formats.chain.document import ProcessItem
from service.formats.chain.reading import to_submission
from service.store.as_known import as_known, for_period
from service.store.batches import in_batches
from service.store.tables.chains import ProductRow
from service.store.tables.identity import OrganisationRow, SiteRow
from service.store.tables.submissions import CertificateRow, SubmissionInputRow, SubmissionRow

_IN_FORCE = as_known(SubmissionRow.accepted_at, SubmissionRow.superseded_at)
_CO_PRODUCTS = col(SubmissionRow.process)["co_products"]


@dataclass(slots=True)
class _Found:
    products: dict[str, Product] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)

    def add(self, answer: Answer) -> None:
        self.answers |= dict.fromkeys(answer.product_ids, answer)

    def named_by(self, answers: Iterable[Answer]) -> set[UUID]:
        """What answers make or draw on and nobody has read yet."""
        named = {
            product_id for answer in answers for product_id in (*answer.product_ids, *answer.drawn)
        }
        return {UUID(product_id) for product_id in named - self.products.keys()}


def read(
    session: Session,
    product_ids: Iterable[UUID],
    period: Period,
    *,
    known_at: datetime | None = None,
    trial: UUID | None = None,
) -> Network:
    """Read everything behind some products, level by level. For the service's own eyes only.

    Args:
        session: A transaction of the service: others see a part of it and would not know.
        product_ids: The products.
        period: The reporting period; submissions for others do not count.
        known_at: As known at that moment; None for now.
        trial: A submission that counts as if it were accepted.
    """
    counts = _counting(period, known_at, trial)
    found = _Found()
    level = set(product_ids)
    while level:
        found.products |= {product.id: product for product in _read_products(session, level)}
        answers = _read_answers(session, level, counts, trial)
        for answer in answers:
            found.add(answer)
        level = found.named_by(answers)
    return _to_network(session, found, period)


def list_affected(session: Session, product_id: UUID, period: Period) -> frozenset[UUID]:
    """Products with accepted data that rest on a product, directly or not; itself among them."""
    counts = _counting(period, None, None)
    affected: set[UUID] = set()
    drawn = {product_id}
    mains = _makers(session, drawn, counts)
    while mains | drawn:
        affected |= mains
        drawn |= _list_outputs(session, mains, counts)
        mains, drawn = _customers(session, drawn, counts) - affected, set()
    return frozenset(affected)


def list_in_force(session: Session, product_ids: Iterable[UUID], period: Period) -> frozenset[UUID]:
    """Ids of the submissions that count for some products."""
    counts = _counting(period, None, None)
    ids: set[UUID] = set()
    for some in in_batches(product_ids):
        query = select(SubmissionRow.id).where(col(SubmissionRow.product_id).in_(some), counts)
        ids |= set(session.exec(query))
    return frozenset(ids)


def list_makers(session: Session, product_ids: Collection[UUID], period: Period) -> frozenset[UUID]:
    """Own products of the accepted runs that make some products, as their own or beside them."""
    return frozenset(_makers(session, product_ids, _counting(period, None, None)))


def list_periods(session: Session, product_id: UUID) -> list[Period]:
    """Periods for which accepted data makes a product or draws on it, the first first."""
    row = SubmissionRow
    days = (col(row.period_start), col(row.period_end))
    firm = select(ProductRow.organisation_id).where(ProductRow.id == product_id)
    runs = select(*days, col(row.product_id), _CO_PRODUCTS)
    found = {
        (start, end)
        for start, end, main, others in session.exec(
            runs.where(col(row.organisation_id).in_(firm), _IN_FORCE)
        )
        if product_id in _outputs(main, others)
    }
    drawing = select(SubmissionInputRow.submission_id).where(
        SubmissionInputRow.product_id == product_id
    )
    found |= set(session.exec(select(*days).where(col(row.id).in_(drawing), _IN_FORCE)))
    return [Period(start, end) for start, end in sorted(found)]


def list_own(session: Session, firm_id: UUID) -> list[tuple[UUID, Period]]:
    """Products and periods that a firm has accepted data of."""
    row = SubmissionRow
    query = select(col(row.product_id), col(row.period_start), col(row.period_end))
    found = session.exec(query.where(col(row.organisation_id) == firm_id, _IN_FORCE))
    return [(product_id, Period(start, end)) for product_id, start, end in sorted(found)]


def _counting(period: Period, known_at: datetime | None, trial: UUID | None) -> ColumnElement[bool]:
    """Submissions of a period that are in force at a moment, and the one on trial."""
    row = SubmissionRow
    in_force = as_known(row.accepted_at, row.superseded_at, known_at)
    return and_(
        for_period(row.period_start, row.period_end, period),
        in_force if trial is None else or_(in_force, col(row.id) == trial),
    )


def _read_products(session: Session, product_ids: Collection[UUID]) -> Iterator[Product]:
    for some in in_batches(product_ids):
        for row in session.exec(select(ProductRow).where(col(ProductRow.id).in_(some))):
            yield Product(
                id=str(row.id),
                organisation_id=str(row.organisation_id),
                name=Text(en=row.name_en, zh=row.name_zh),
                declared=Quantity(float(row.declared_amount), row.declared_unit),
                mass_kg=None if row.mass_kg is None else float(row.mass_kg),
                screening=row.screening,
            )


def _read_answers(
    session: Session,
    product_ids: Collection[UUID],
    counts: ColumnElement[bool],
    trial: UUID | None,
) -> list[Answer]:
    """Submissions that make these products, as their own or beside them."""
    rows: dict[UUID, SubmissionRow] = {}
    wanted = set(product_ids)
    while wanted:
        for some in in_batches(wanted):
            query = select(SubmissionRow).where(col(SubmissionRow.product_id).in_(some), counts)
            for row in session.exec(query):
                if row.product_id not in rows or row.id == trial:
                    rows[row.product_id] = row
        wanted = _makers(session, set(product_ids) - rows.keys(), counts) - rows.keys()
    return [_to_answer(row) for row in rows.values()]


def _makers(
    session: Session, product_ids: Collection[UUID], counts: ColumnElement[bool]
) -> set[UUID]:
    """Own products of the runs that make these, as their own or beside them."""
    found: set[UUID] = set()
    for some in in_batches(product_ids):
        firms = select(ProductRow.organisation_id).where(col(ProductRow.id).in_(some))
        query = select(SubmissionRow.product_id, _CO_PRODUCTS).where(
            col(SubmissionRow.organisation_id).in_(firms), counts
        )
        wanted = set(some)
        for main, co_products in session.exec(query):
            if wanted & set(_outputs(main, co_products)):
                found.add(main)
    return found


def _outputs(main: UUID, co_products: list[dict[str, str]] | None) -> tuple[UUID, ...]:
    return (main, *(UUID(item["product"]) for item in co_products or ()))


def _list_outputs(
    session: Session, product_ids: Collection[UUID], counts: ColumnElement[bool]
) -> set[UUID]:
    """Everything that the runs of these products make."""
    found: set[UUID] = set()
    for some in in_batches(product_ids):
        query = select(SubmissionRow.product_id, _CO_PRODUCTS).where(
            col(SubmissionRow.product_id).in_(some), counts
        )
        found.update(*(_outputs(main, others) for main, others in session.exec(query)))
    return found


def _customers(
    session: Session, product_ids: Collection[UUID], counts: ColumnElement[bool]
) -> set[UUID]:
    """Own products of the runs that draw on these."""
    found: set[UUID] = set()
    for some in in_batches(product_ids):
        query = (
            select(SubmissionRow.product_id)
            .join(
                SubmissionInputRow,
                col(SubmissionInputRow.submission_id) == col(SubmissionRow.id),
            )
            .where(col(SubmissionInputRow.product_id).in_(some), counts)
        )
        found |= set(session.exec(query))
    return found


def _to_answer(row: SubmissionRow) -> Answer:
    period = Period(row.period_start, row.period_end)
    process = {**row.process, "product": str(row.product_id)}
    process.pop("period", None)
    read = to_submission(ProcessItem.model_validate(process), period)
    return Answer(
        submission_id=row.id,
        organisation_id=row.organisation_id,
        number=row.number,
        salt=row.salt,
        process=process,
        submission=read,
        drawn=drawn_products(read),
    )


def _to_network(session: Session, found: _Found, period: Period) -> Network:
    """Everything in the order of its ids, so that the same data gives the same digits."""
    answers = {answer.submission_id: answer for answer in found.answers.values()}
    products = sorted(found.products.values(), key=lambda product: product.id)
    firms = {UUID(product.organisation_id) for product in products}
    chain = Chain(
        id="network",
        name=Text(en="network", zh="供应网络"),
        lead_id=products[0].organisation_id if products else "",
        period=period,
        organisations=tuple(_read_firms(session, firms)),
        products=tuple(products),
        submissions=tuple(
            answer.submission
            for answer in sorted(answers.values(), key=lambda answer: answer.submission.product_id)
        ),
        certificates=tuple(_read_certificates(session, answers.values())),
    )
    return Network(chain, found.answers)


def _read_firms(session: Session, firm_ids: Collection[UUID]) -> list[Organisation]:
    sites: dict[UUID, list[Site]] = {firm_id: [] for firm_id in firm_ids}
    firms = []
    for some in in_batches(firm_ids):
        here = select(SiteRow).where(col(SiteRow.organisation_id).in_(some))
        for site in session.exec(here.order_by(col(SiteRow.id))):
            sites[site.organisation_id].append(Site(str(site.id), site.name, site.province))
        query = select(OrganisationRow).where(col(OrganisationRow.id).in_(some))
        firms += [_to_firm(row, sites[row.id]) for row in session.exec(query)]
    return sorted(firms, key=lambda firm: firm.id)


def _to_firm(row: OrganisationRow, sites: list[Site]) -> Organisation:
    return Organisation(
        id=str(row.id),
        name=Text(en=row.name_en, zh=row.name_zh),
        identifier=Identifier(IdentifierScheme(row.scheme), row.number),
        roles=tuple(map(Role, row.roles)),
        sites=tuple(sites),
    )


def _read_certificates(session: Session, answers: Iterable[Answer]) -> list[Certificate]:
    claimed = {UUID(key) for answer in answers for key in claimed_certificates(answer.submission)}
    certificates = []
    for some in in_batches(claimed):
        query = select(CertificateRow).where(col(CertificateRow.id).in_(some))
        certificates += [_to_certificate(row) for row in session.exec(query)]
    return sorted(certificates, key=lambda certificate: certificate.id)


def _to_certificate(row: CertificateRow) -> Certificate:
    return Certificate(
        id=str(row.id),
        organisation_id=str(row.organisation_id),
        energy_kwh=float(row.energy_kwh),
        technology=row.technology,
    )
