"""How long one accepted submission takes to change the lead firm's footprints, against all of them.

A supplier of the last tier submits again; the clock runs from its acceptance until a worker has
kept new versions of all that rests on it, of the lead's products among them. The reference
calculates the whole chain and keeps it.

`python -m benchmarks.service_accept 100000` measures another size: twenty minutes, and gigabytes.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from uuid import UUID

import numpy as np
from sqlalchemy import func, insert
from sqlmodel import col, select

from benchmarks._chains import TIER_SHARES
from benchmarks._measuring import REPEATS, report, seconds_once
from benchmarks._members import Chain, keep_chain, open_stage, to_submission_row
from service.domain.access import Viewer
from service.formats.chain.process_text import run_of
from service.store.session import open_transaction
from service.store.tables.footprints import FootprintRow
from service.store.tables.submissions import SubmissionRow
from service.use_cases.accept_submission import accept_own
from tests.members import NOW
from tests.work import do_jobs

SIZE = 10_000
_MORE = 1.5  # times what was emitted before


def main() -> None:
    """Print the median over several suppliers, one after the other."""
    size = int(sys.argv[1]) if sys.argv[1:] else SIZE
    with open_stage() as stage:
        chain = keep_chain(stage, size)
        full_run = seconds_once(chain.recompute)
        before = count_versions(chain)
        suppliers = draw_suppliers(chain, REPEATS)
        taken = [seconds_once(hand_in(chain, place)) for place in suppliers]
        kept = count_versions(chain) - before
    sys.stderr.write(f"{kept / REPEATS:.1f} new versions of the lead's products an acceptance\n")
    if kept < REPEATS:
        sys.exit("An acceptance did not reach the lead.")
    report("service.accept", f"{size:,} products", statistics.median(taken), full_run)


def draw_suppliers(chain: Chain, count: int) -> list[int]:
    """Products of the last tier that the lead's products rest on."""
    table = chain.table
    lead_end, last_start = (round(sum(TIER_SHARES[:n]) * table.products) for n in (1, 3))
    reached = np.arange(table.products) < lead_end
    found = 0
    while found < reached.sum():
        found = int(reached.sum())
        drawn = table.source[reached[table.process]]
        reached[drawn[drawn < table.products]] = True
    behind = last_start + np.flatnonzero(reached[last_start:])
    return list(map(int, np.random.default_rng(1).choice(behind, count, replace=False)))


def hand_in(chain: Chain, place: int) -> Callable[[], None]:
    """Submit the next version of a product; what is returned accepts it and does all jobs."""
    stage, product_id, firm_id = chain.stage, chain.products[place], chain.firms[place]
    with stage.open() as session:
        query = select(SubmissionRow.process).where(SubmissionRow.product_id == product_id)
        run = run_of(session.exec(query).one())
        run["direct_emissions"][0]["quantity"]["amount"] *= _MORE
        row = to_submission_row(product_id, run, 2) | {"organisation_id": firm_id}
        session.execute(insert(SubmissionRow), [row])
    submission_id: UUID = row["id"]

    def accept() -> None:
        engine = stage.service.wiring.members.engine
        with open_transaction(engine, Viewer(firm_id)) as session:
            accept_own(session, submission_id, by=firm_id, now=NOW)
        do_jobs(stage.service.wiring)

    return accept


def count_versions(chain: Chain) -> int:
    """How many versions of footprints of the lead's products are kept."""
    with chain.stage.open() as session:
        query = select(func.count(col(FootprintRow.id)))
        return session.exec(query.where(FootprintRow.organisation_id == chain.lead.id)).one()


if __name__ == "__main__":
    main()
