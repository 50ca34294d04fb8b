"""How long a whole chain takes, against the forward solves of `bw2calc` alone.

The reference has its matrices ready and solves every product once; checks, matrices, splits and
quality are ours. Chains are random with a fixed seed: about eight inputs a product, one product in
a hundred in a loop.
"""

from __future__ import annotations

import random
from functools import partial

from benchmarks._measuring import peak_mb, report, seconds, seconds_once
from lca_models.calculate import calculate
from lca_models.calculation.matrices import build_matrices
from lca_models.calculation.solving import solve
from lca_models.facts.factors import Use
from lca_models.facts.library import Library, load_library
from lca_models.facts.stages import Stage
from lca_models.inventory.background import build_background
from lca_models.inventory.processes import (
    Exchange,
    Inventory,
    Process,
    Supplier,
    SupplierKind,
)

SIZES = (30, 300, 1000)
REPEATS = 3
WITHOUT_REFERENCE = 10_000
FACTORS_PER_PRODUCT = 6
MEMBERS_PER_PRODUCT = 2
LOOPS_PER_PRODUCT = 0.01


def main() -> None:
    """Print one measurement a line."""
    library = load_library()
    for size in SIZES:
        inventory = random_inventory(size, library)
        ours = seconds(partial(calculate, inventory, library), REPEATS)
        matrices = build_matrices(inventory, build_background(library), {"CO2": 1.0})
        products = [Supplier(SupplierKind.PRODUCT, p.product) for p in inventory.processes]
        theirs = seconds(partial(solve, matrices, products, products), REPEATS)
        report("calculate", f"{size:,} products", ours, theirs)
    work = partial(calculate, random_inventory(WITHOUT_REFERENCE, library), library)
    report("calculate", f"{WITHOUT_REFERENCE:,} products", seconds_once(work), peak=peak_mb(work))


def random_inventory(size: int, library: Library) -> Inventory:
    """A chain in which later products buy from earlier ones, and a few the other way round."""
    draw = random.Random(size)  # noqa: S311 - a benchmark, not a secret
    factors = sorted(f.id for f in library.factors.values() if f.use is Use.FOOTPRINT)
    processes = []
    for number in range(size):
        bought = [
            Supplier(SupplierKind.BACKGROUND, draw.choice(factors))
            for _ in range(FACTORS_PER_PRODUCT)
        ]
        members = [draw.randrange(number) for _ in range(MEMBERS_PER_PRODUCT if number else 0)]
        if draw.random() < LOOPS_PER_PRODUCT and number + 1 < size:
            members.append(draw.randrange(number + 1, size))
        bought += [Supplier(SupplierKind.PRODUCT, f"p{member}") for member in set(members)]
        exchanges = tuple(
            Exchange(f"line {n}", Stage.MATERIALS, supplier, draw.uniform(0.01, 0.3))
            for n, supplier in enumerate(bought)
        )
        processes.append(Process(f"p{number}", f"firm {number // 3}", "kg", 1.0, exchanges))
    return Inventory(tuple(processes))


if __name__ == "__main__":
    main()
