"""How long it takes to tell why 10,000 products changed, against two solves of the same chain.

Nine rows in ten change their amount between the versions, some change their source, and all factors
are published anew. The whole case goes from two inventories to the causes of every change; its
reference goes from the same two inventories to the footprints: checked, tabulated, priced by eight
gases. The numeric case begins with matched rows, its reference with rows of two tables; ordering
the chain and building its systems is in both.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks._chains import GWP100, Numbers, random_table
from benchmarks._measuring import peak_mb, report, seconds_by_turns
from lca_models.calculation.change.decomposition import Versions, decompose
from lca_models.calculation.change.local_changes import lay_out_factors
from lca_models.calculation.change.matching import match_versions
from lca_models.calculation.change.versions import ChainVersion, put_side_by_side
from lca_models.calculation.table import ChainTable, price
from lca_models.calculation.tabulating import tabulate
from lca_models.explain_change import explain_change
from lca_models.facts.library import Library, load_library
from lca_models.facts.stages import Stage
from lca_models.inventory.processes import (
    Emission,
    Exchange,
    Inventory,
    Need,
    Process,
    Supplier,
    SupplierKind,
)

BENCH = "engine.decompose"
SIZE = 10_000
REPEATS = 5
GASES = ("CO2", "CH4_fossil", "CH4_nonfossil", "N2O", "CF4", "C2F6", "SF6", "NF3")
STAGES = (Stage.MATERIALS, Stage.ENERGY, Stage.TRANSPORT_INBOUND, Stage.WASTE)
MOVED_SHARE = 0.1


def main() -> None:
    """Print one measurement a line."""
    table = random_table(SIZE)
    before = ChainVersion(to_inventory(table), to_library(table.prices))
    later = change(table)
    after = ChainVersion(to_inventory(later), to_library(later.prices))
    whole = partial(explain_change, before, after)
    solves = partial(solve_both, before, after)
    ours, reference = seconds_by_turns(whole, solves, REPEATS)
    case = f"{SIZE:,} products, two solves"
    report(BENCH, case, ours, reference, peak=peak_mb(whole))
    sides = put_side_by_side(before, after)
    factors = lay_out_factors(sides, match_versions(sides))
    numeric = partial(lambda: decompose(Versions(sides, factors)))
    prices = partial(lambda: (price(replace(table)), price(replace(later))))
    ours, reference = seconds_by_turns(numeric, prices, REPEATS)
    report(BENCH, f"{SIZE:,} products, numbers alone", ours, reference, peak=peak_mb(numeric))


def solve_both(*versions: ChainVersion) -> None:
    """From two inventories to the footprints of all their products."""
    for version in versions:
        chosen = version.library.get_characterisation(version.characterisation)
        price(tabulate(version.inventory, version.library, chosen).table)


def change(table: ChainTable) -> ChainTable:
    """A year later: other amounts, some other sources, other factors."""
    chance = np.random.default_rng(2)
    rows = table.entries[chance.random(len(table.entries)) < MOVED_SHARE]
    datasets = len(table.prices) - len(table.gwp)
    source = table.source.copy()
    source[rows] = table.products + chance.integers(0, datasets, len(rows))
    prices = table.prices.copy()
    prices[:datasets] *= 0.95
    amount = table.amount * chance.uniform(0.85, 1.05, len(source))
    return replace(table, amount=amount, source=source, prices=prices)


def to_library(prices: Numbers) -> Library:
    """The datasets of a table as factors."""
    template = next(iter(load_library().factors.values()))
    return load_library().with_factors(
        *(
            replace(template, id=f"d{n}", unit="kg", gases=dict(zip(GASES, row, strict=True)))
            for n, row in enumerate(prices[: -len(GWP100)].tolist())
        )
    )


def to_inventory(table: ChainTable) -> Inventory:
    """The rows of a table as lines of firms that make three products each, all with needs."""
    starts = np.searchsorted(table.process, np.arange(table.products + 1)).tolist()
    rows = list(zip(table.source.tolist(), table.amount.tolist(), strict=True))
    made = table.made.tolist()
    return Inventory(
        tuple(
            to_process(product, made[product], rows[starts[product] : starts[product + 1]], table)
            for product in range(table.products)
        )
    )


def to_process(
    product: int, made: float, rows: list[tuple[int, float]], table: ChainTable
) -> Process:
    """One process, its lines spread over the stages."""
    first_gas = table.products + len(table.prices) - len(GASES)
    exchanges, needs = [], []
    for number, (source, amount) in enumerate(rows):
        if source >= first_gas:
            continue
        member = source < table.products
        stage = Stage.MATERIALS if member else STAGES[number % len(STAGES)]
        kind = SupplierKind.PRODUCT if member else SupplierKind.BACKGROUND
        supplier = Supplier(kind, f"p{source}" if member else f"d{source - table.products}")
        exchanges.append(Exchange(f"line {number}", stage, supplier, amount))
        cover = "" if stage is Stage.MATERIALS else supplier.id
        need = Need(f"line {number}", stage, f"need {number}", amount, "kg", (supplier,), cover)
        needs.append(need)
    return Process(
        product=f"p{product}",
        organisation=f"firm {product // 3}",
        unit="kg",
        amount=made,
        exchanges=tuple(exchanges),
        emissions=tuple(
            Emission("own", Stage.DIRECT, GASES[source - first_gas], amount, primary=True)
            for source, amount in rows
            if source >= first_gas
        ),
        needs=tuple(needs),
    )


if __name__ == "__main__":
    main()
