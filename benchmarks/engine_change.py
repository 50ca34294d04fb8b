"""How long a change of one firm's submission takes in a large chain, against pricing it all again.

A full run orders the chain, builds its system and prices it; its columns are there already. The
firm that changes makes one product, anywhere in the chain, and takes other amounts. Every result is
compared with that of the full run.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._chains import random_table
from benchmarks._measuring import REPEATS, report, seconds
from lca_models.calculation.table import ChainTable, Priced, price
from lca_models.calculation.update import KeptChain, Run

SIZE = 100_000
CHANGES = 200
AGREEMENT = 1e-12


def main() -> None:
    """Print the mean over many changes, one after the other."""
    table = random_table(SIZE)
    kept = KeptChain(price(table))
    chance = np.random.default_rng(SIZE)
    changes = [
        (product, _change(table, product, chance)) for product in chance.choice(SIZE, CHANGES)
    ]
    begun = time.perf_counter()
    touched = [len(kept.change({int(product): run})) for product, run in changes]
    taken = (time.perf_counter() - begun) / CHANGES
    now = kept.priced
    full_run = seconds(lambda: _price_anew(now.table))
    anew = _price_anew(now.table).kg_co2e
    off = np.max(np.abs(kept.kg_co2e - anew)[anew != 0] / anew[anew != 0])
    said = f"{np.mean(touched):.1f} products a change, off by {off:.1e}, median of {REPEATS} runs\n"
    sys.stderr.write(said)
    if not off <= AGREEMENT:
        sys.exit("A change and a full run differ.")
    report("engine.change", f"{SIZE} products", taken, full_run)


def _change(table: ChainTable, product: int, chance: np.random.Generator) -> Run:
    rows = slice(*table.row_starts[product : product + 2].tolist())
    amount = table.amount[rows] * chance.uniform(0.5, 1.5, rows.stop - rows.start)
    return Run(float(table.made[product]), table.source[rows], amount)


def _price_anew(table: ChainTable) -> Priced:
    """A full run: a copy has nothing prepared yet."""
    return price(replace(table))


if __name__ == "__main__":
    main()
