"""A thousand draws of a chain in which everything is uncertain, against the ways of `bw2calc`.

Amounts and published factors are lognormal. The plain iterator of `bw2calc` is compared with all
products of ours, though it tells one product a draw; its iterative one, the quickest that takes
everything uncertain, with one product and what that draws on. Their seconds are the median of a few
draws, times a thousand.
"""

from __future__ import annotations

import statistics
from dataclasses import replace
from functools import partial

import bw2calc
import bw_processing as bwp
import numpy as np
import stats_arrays
from numpy.typing import NDArray

from benchmarks._chains import random_table
from benchmarks._measuring import report, seconds_once
from lca_models.calculation.table import ChainTable
from lca_models.calculation.uncertainty.montecarlo import draw_footprints
from lca_models.calculation.uncertainty.quantities import Quantities
from lca_models.calculation.uncertainty.spreads import Spreads

Numbers = NDArray[np.float64]

BENCH = "engine.montecarlo"
SIZES = (1000, 10_000)
DRAWS = 1000
GEOMETRIC_SD = 1.1
THEIR_DRAWS = 5
SEED = 1


def main() -> None:
    """Print one measurement a line."""
    for size in SIZES:
        table = random_table(size)
        package = uncertain_package(table)
        plain = DRAWS * seconds_a_draw(bw2calc.LCA, package)
        iterative = DRAWS * seconds_a_draw(bw2calc.IterativeLCA, package)
        case = f"{DRAWS:,} draws, {size:,} products"
        report(BENCH, f"{case}, LCA of one (extrapolated)", seconds_of_draws(table), plain)
        one = seconds_of_draws(upstream(table, 0))
        report(BENCH, f"{case}, one of them, IterativeLCA (extrapolated)", one, iterative)


def upstream(table: ChainTable, product: int) -> ChainTable:
    """The part of a chain that one product draws on; it stands first."""
    demand = np.zeros(table.products)
    demand[product] = 1.0
    reached = np.flatnonzero(table.system.run(demand))
    renamed = np.cumsum(np.isin(np.arange(table.products), reached), dtype=np.int32) - 1
    rows = np.isin(table.process, reached)
    source = table.source[rows]
    of_chain = source < table.products
    source[of_chain] = renamed[source[of_chain]]
    source[~of_chain] += len(reached) - table.products
    return replace(
        table,
        made=table.made[reached],
        process=renamed[table.process[rows]],
        source=source,
        amount=table.amount[rows],
    )


def everything_uncertain(table: ChainTable) -> Quantities:
    """Every row and every source lognormal, each on its own."""
    rows, sources = len(table.source), len(table.prices)
    none = np.empty((0, 2))
    spread = np.full(rows + sources, np.log(GEOMETRIC_SD))
    return Quantities(
        keys=tuple(f"quantity {n}".encode() for n in range(rows + sources)),
        spreads=Spreads(spread, none[:, 0], none, none),
        of_row=np.arange(rows, dtype=np.int32),
        of_source=np.arange(rows, rows + sources, dtype=np.int32),
    )


def seconds_of_draws(table: ChainTable) -> float:
    """Seconds of all draws of all products, everything included."""
    quantities, wanted = everything_uncertain(table), np.arange(table.products)
    draw = partial(draw_footprints, table, quantities, wanted, seed=SEED, draws=DRAWS)
    return seconds_once(partial(draw, progress=lambda *_: None))


def uncertain_package(table: ChainTable) -> bwp.Datapackage:
    """The same chain for `bw2calc`: products and sources are processes, gases come after them."""
    nodes = np.arange(table.products + len(table.prices))
    package = bwp.create_datapackage(sum_intra_duplicates=True)
    made = np.concatenate((table.made, np.ones(len(table.prices))))
    certain = np.arange(len(nodes) + len(table.amount)) < len(nodes)
    add(
        package,
        "technosphere_matrix",
        (np.concatenate((nodes, table.source)), np.concatenate((nodes, table.process))),
        np.concatenate((made, table.amount)),
        certain=certain,
    )
    source, gas = np.nonzero(table.prices)
    first_gas, gases = len(nodes), np.arange(len(table.gwp))
    cells = (gas + first_gas, source + table.products)
    none = np.zeros(len(source), dtype=bool)
    add(package, "biosphere_matrix", cells, table.prices[source, gas], certain=none)
    all_certain = np.ones(len(gases), dtype=bool)
    cells = (gases + first_gas, np.zeros_like(gases))
    add(package, "characterization_matrix", cells, table.gwp, certain=all_certain)
    return package


def add(
    package: bwp.Datapackage,
    matrix: str,
    cells: tuple[NDArray[np.int64], NDArray[np.int64]],
    amounts: Numbers,
    *,
    certain: NDArray[np.bool_],
) -> None:
    """Add a matrix; what is not certain is lognormal, and in the technosphere it is taken."""
    indices = np.empty(len(amounts), dtype=bwp.INDICES_DTYPE)
    indices["row"], indices["col"] = cells
    spread = np.full(len(amounts), np.nan, dtype=bwp.UNCERTAINTY_DTYPE)
    spread["negative"] = False
    spread["uncertainty_type"] = stats_arrays.LognormalUncertainty.id
    spread["uncertainty_type"][certain] = stats_arrays.NoUncertainty.id
    spread["loc"] = np.where(certain, amounts, np.log(amounts))
    spread["scale"] = np.log(GEOMETRIC_SD)
    package.add_persistent_vector(
        matrix=matrix,
        name=matrix,
        indices_array=indices,
        data_array=amounts,
        flip_array=~certain & (matrix == "technosphere_matrix"),
        distributions_array=spread,
        reference_array=certain,
    )


def seconds_a_draw(kind: type[bw2calc.LCA], package: bwp.Datapackage) -> float:
    """Median seconds of one draw of one product, once the first is done."""
    lca = kind({0: 1.0}, data_objs=[package], use_distributions=True, seed_override=SEED)
    lca.lci()
    lca.lcia()
    return statistics.median(seconds_once(partial(next, lca)) for _ in range(THEIR_DRAWS))


if __name__ == "__main__":
    main()
