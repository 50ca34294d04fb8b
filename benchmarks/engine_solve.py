"""How long it takes to price all products of a chain, against one pass over its entries.

The background is presolved and the matrices stand ready, in order. What is timed is all the rest:
what enters at each product (F Y, its own takings of datasets times what those carry), block
substitution along the levels, the way back to the order of products, and kg CO2e from the gases.
The reference, spmv, is one product of the same matrices with one vector each; nothing that reads
every entry can be quicker. The cold cases begin with the rows: order, loops and matrices included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks._chains import random_table
from benchmarks._measuring import peak_mb, report, seconds_by_turns
from lca_models.calculation.table import ChainTable, Priced, price

BENCH = "engine.solve"
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Print one measurement a line."""
    taken, cold = [], []
    for size in SIZES:
        table = random_table(size)
        case = f"{size:,} products x {len(table.gwp)} gases"
        once, anew = partial(price, table), partial(price_anew, table)
        peak_cold = peak_mb(anew)
        taken.append(solve_and_report(f"{case}, spmv", once, table))
        cold.append(solve_and_report(f"{case}, cold, spmv", anew, table))
        if peak_cold is not None:
            matrices = matrices_mb(table)
            report(BENCH, f"{case}, cold, matrices", peak_cold, matrices, unit="MB")
    for name, values in (("", taken), (", cold", cold)):
        exponent = float(np.polyfit(np.log(SIZES), np.log(values), 1)[0])
        case = f"growth, {SIZES[0]:,} to {SIZES[-1]:,} products{name}"
        report(BENCH, case, exponent, 1.0, unit="power")


def solve_and_report(case: str, work: Callable[[], object], table: ChainTable) -> float:
    """Measure by turns with one pass over the entries, and print it."""
    ours, reference = seconds_by_turns(work, partial(pass_over_entries, table))
    report(BENCH, case, ours, reference, peak=peak_mb(work))
    return ours


def price_anew(table: ChainTable) -> Priced:
    """A chain priced from its rows: a copy has nothing prepared yet."""
    return price(replace(table))


def pass_over_entries(table: ChainTable) -> None:
    """Read every entry of the chain's matrices once."""
    links, entries = table.system.consumption, table.entering
    links @ np.ones(links.shape[1])
    entries @ np.ones(entries.shape[1])


def matrices_mb(table: ChainTable) -> float:
    """What both matrices of a chain and the prices of its sources take."""
    links, entries = table.system.consumption, table.entering
    sparse_parts = [part for m in (links, entries) for part in (m.data, m.indices, m.indptr)]
    return (sum(part.nbytes for part in sparse_parts) + table.prices.nbytes) / 1e6


if __name__ == "__main__":
    main()
