"""Causes the calculation of products: a job for each period that has accepted data about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.job import JobKind
from service.domain.submission import Period
from service.store import jobs, networks
from service.store.session import whole_store


def cause(
    session: Session,
    product_id: UUID,
    period: Period,
    *,
    organisation_id: UUID | None,
    now: datetime,
) -> None:
    """Let a product and all that rests on it be calculated for a period.

    Args:
        session: The transaction of the cause.
        product_id: The product.
        period: The reporting period.
        organisation_id: The firm that may follow it; None for the service itself.
        now: The present moment.
    """
    subject = {
        "product_id": str(product_id),
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
    }
    kind = JobKind.CALCULATE_PRODUCT
    jobs.add(session, kind, subject, organisation_id=organisation_id, now=now)


def cause_of_product(session: Session, product_id: UUID, *, now: datetime) -> None:
    """Let a product that was changed be calculated wherever accepted data makes or draws on it.

    For which periods others draw on it is not its maker's business: the service alone follows.
    """
    with whole_store(session):
        periods = networks.list_periods(session, product_id)
    _cause_all(session, [(product_id, period) for period in periods], now)


def cause_of_firm(session: Session, firm_id: UUID, *, now: datetime) -> None:
    """Let everything that a firm has accepted data of be calculated, as its sites changed."""
    _cause_all(session, networks.list_own(session, firm_id), now)


def _cause_all(session: Session, about: Iterable[tuple[UUID, Period]], now: datetime) -> None:
    for product_id, period in about:
        cause(session, product_id, period, organisation_id=None, now=now)
