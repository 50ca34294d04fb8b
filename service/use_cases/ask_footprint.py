"""Ask for footprints to be calculated: a job in the transaction of the request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller
from service.domain.job import JobKind
from service.domain.submission import Period
from service.store import chains, jobs, products


def ask_product_footprint(
    session: Session, product_id: UUID, period: Period, caller: Caller, *, now: datetime
) -> UUID:
    """Ask for the footprint of an own product; the id of the job.

    Raises:
        NotThereError: The product is not the caller's.
    """
    products.get_own(session, product_id, caller.organisation_id)
    subject = {"product_id": str(product_id), **_written(period)}
    return jobs.add(
        session,
        JobKind.CALCULATE_PRODUCT,
        subject,
        organisation_id=caller.organisation_id,
        now=now,
    )


def ask_chain_footprint(
    session: Session, chain_id: UUID, period: Period, caller: Caller, *, now: datetime
) -> UUID:
    """Ask for the footprints of a chain that the caller leads; the id of the job.

    Raises:
        NotThereError: The caller leads no such chain.
    """
    chains.get_led(session, chain_id, caller.organisation_id)
    subject = {"chain_id": str(chain_id), **_written(period)}
    return jobs.add(
        session,
        JobKind.CALCULATE_CHAIN,
        subject,
        organisation_id=caller.organisation_id,
        now=now,
    )


def _written(period: Period) -> dict[str, str]:
    return {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}
