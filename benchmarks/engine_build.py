"""How long it takes to get from the rows of a chain to a system that can be solved.

The rows are columns of numbers already (`ChainTable`). What is timed is the order of the products,
their loops and the inverses of these, both matrices, and one pass of zeros, because the levels are
cut out of the matrix when it is first solved. The reference is one solve with them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks._chains import random_table
from benchmarks._measuring import peak_mb, report, seconds_by_turns
from lca_models.calculation.table import ChainTable, price

BENCH = "engine.build"
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Print one measurement a line."""
    for size in SIZES:
        table = random_table(size)
        building, solving = seconds_by_turns(partial(build, table), partial(price, table))
        peak = peak_mb(partial(build, table))
        report(BENCH, f"{size:,} products, solve", building, solving, peak=peak)


def build(table: ChainTable) -> ChainTable:
    """The same chain, made ready from its rows."""
    fresh = replace(table)
    fresh.system.price(np.zeros(fresh.products))
    fresh.entering  # noqa: B018 - laid out when first asked for
    return fresh


if __name__ == "__main__":
    main()
