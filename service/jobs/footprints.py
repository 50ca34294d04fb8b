"""Jobs that calculate footprints and release them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.recalculation import Recalculation
from service.domain.submission import Period
from service.domain.versions import NotNowError
from service.jobs.handling import Work
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.find_outdated import find_outdated_behind, find_outdated_in_chain
from service.use_cases.keep_footprints import keep_footprints
from service.use_cases.release_footprints import release_footprints

# Each time other data was accepted while numbers were solved.
_TRIES = 3
_SOLVED, _SHOWN = 0.5, 0.8


def calculate_product(work: Work) -> None:
    """Calculate a product and everything that rests on it, where its data has changed."""
    product_id = UUID(work.job.subject["product_id"])
    library, period = work.wiring.library, _period(work)
    _calculate(work, lambda s: find_outdated_behind(s, product_id, period, library))


def calculate_chain(work: Work) -> None:
    """Calculate the products of a chain and everything behind them, where data has changed."""
    chain_id = UUID(work.job.subject["chain_id"])
    library, period = work.wiring.library, _period(work)
    _calculate(work, lambda s: find_outdated_in_chain(s, chain_id, period, library))


def release_batch(work: Work) -> None:
    """Release what buyers may see and have not seen yet, some links at a time."""
    after: UUID | None = None
    while True:
        with work.transaction() as session:
            after = release_footprints(session, after, now=work.now)
            if after is None:
                work.finish(session)
                return
        work.refuse_if_cancelled()


def _calculate(work: Work, find: Callable[[Session], Recalculation]) -> None:
    """Read, solve while no transaction is open, keep; the result names the job's product alone."""
    for _ in range(_TRIES):
        with work.transaction(reading=True) as session:
            planned = find(session)
        if not planned.locks:
            return
        found = calculate_footprints(planned.network.chain, work.wiring.library)
        work.report(_SOLVED)
        chain = planned.as_owners_see(found.footprints)
        seen = None if chain is None else calculate_footprints(chain, work.wiring.library)
        work.report(_SHOWN)
        with work.transaction() as session:
            kept = keep_footprints(session, planned, found, seen, now=work.now)
            if kept is not None:
                footprint_id = kept.get(UUID(work.job.subject.get("product_id", work.job.id.hex)))
                work.finish(session, {} if footprint_id is None else _link(footprint_id))
                return
    raise NotNowError(
        Text(en="Other data was accepted meanwhile.", zh="计算期间有新的数据被接受。"),
        Text(en="It is calculated again shortly.", zh="稍后将自动重新计算。"),
    )


def _link(footprint_id: UUID) -> dict[str, str]:
    return {"footprint_id": str(footprint_id), "href": f"/v1/footprints/{footprint_id}"}


def _period(work: Work) -> Period:
    start, end = (work.job.subject[name] for name in ("period_start", "period_end"))
    return Period(date.fromisoformat(start), date.fromisoformat(end))
