"""How long accepted data takes to become kept footprints, against copying the same rows.

Nothing is calculated yet when the clock starts: a worker takes the job of the chain, reads every
submission behind its products, solves it once for the service and once as owners see it, and keeps
footprints with their lockfiles and entries of the audit log. The reference copies the rows that
were read out of PostgreSQL and those that were kept into a table like theirs.

`python -m benchmarks.service_recompute 100000` measures another size: twenty minutes, gigabytes.
"""

from __future__ import annotations

import sys
from functools import partial

from benchmarks._measuring import peak_mb, report, seconds_once
from benchmarks._members import Chain, Stage, keep_chain, open_stage

SIZES = (1_000, 10_000)
_LEAST_SHARE = 0.6  # of the products; nobody whom the lead rests on buys from the others


def main() -> None:
    """Print one measurement a line, for the sizes of the command line or the usual ones."""
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with open_stage() as stage:
            chain = keep_chain(stage, size)
            measure(stage, chain, size)


def measure(stage: Stage, chain: Chain, size: int) -> None:
    """Measure the one calculation that there is: who asks again finds everything up to date."""
    taken: list[float] = []

    def work() -> None:
        taken.append(seconds_once(chain.recompute))

    peak = peak_mb(work)
    if not taken:  # a system that tells no peak
        work()
    kept = count_footprints(stage)
    if kept < size * _LEAST_SHARE:
        sys.exit(f"{kept} footprints of {size} products were kept.")
    reference = min(seconds_once(partial(copy_rows, stage)) for _ in range(3))
    report("service.recompute", f"{kept:,} footprints, COPY", taken[0], reference, peak=peak)


def count_footprints(stage: Stage) -> int:
    """How many footprints are kept."""
    with stage.connect() as connection:
        found = connection.execute("select count(*) from footprint").fetchone()
    return int(found[0]) if found else 0


def copy_rows(stage: Stage) -> None:
    """Copy submissions and footprints out, and footprints into an empty table like theirs."""
    with stage.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("create table copied (like footprint including all)")
        copied = {}
        for table in ("submission", "footprint"):
            with connection.cursor().copy(f"copy {table} to stdout (format binary)") as out:
                copied[table] = list(out)
        with connection.cursor().copy("copy copied from stdin (format binary)") as into:
            for block in copied["footprint"]:
                into.write(block)


if __name__ == "__main__":
    main()
