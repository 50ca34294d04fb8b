"""How long `bw2calc` takes for the same prices, product by product and in its other ways.

Ours is one adjoint solve for all products, with the background presolved; the cold cases presolve
it, too. `bw2calc` has matrices, factors and a first solution ready in the warm cases, and is timed
for a few products; what it takes for all of them is that many times more (extrapolated). In its
favour the background emits eight gases only, and nothing is characterised. Results are compared.
An adjoint solve of the whole matrix at once is what remains if `bw2calc` goes backwards, too.
"""

from __future__ import annotations

import importlib.util
import sys
import time
import warnings
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg as sparse_linalg

from benchmarks._background import RandomBackground, background_package, random_background
from benchmarks._chains import DATASETS, chain_package, random_table
from benchmarks._measuring import report, seconds, seconds_once
from lca_models.calculation.table import ChainTable, price
from lca_models.inventory.presolve import presolve

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that it recommends another solver
    import bw2calc
import bw_processing as bwp

BENCH = "engine.solve"
SIZES = (1_000, 10_000)
TOO_LARGE = 100_000  # its factorisation did not end within a thousand seconds
TIMED = 20
FIRST_ACTIVITY = 10_000_001  # above any product
FIRST_GAS = 20_000_001
AGREEMENT = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """A chain on a background, for both engines."""

    table: ChainTable
    packages: list[object]

    def draw_products(self) -> list[int]:
        """Ids of a few products, from all tiers."""
        return [int(product) for product in np.linspace(1, self.table.products, TIMED)]


def main() -> None:
    """Print one measurement a line."""
    with_pardiso = importlib.util.find_spec("pypardiso") is not None
    if not with_pardiso:
        said = "FastScoresOnlyMultiLCA needs PARDISO or UMFPACK, and neither is installed here.\n"
        sys.stderr.write(said)
    background = random_background()
    presolving = seconds_once(partial(intensities_of, background))
    intensities = intensities_of(background)
    per_product = 0.0
    for size in SIZES:
        case = lay_out(size, background, intensities)
        warm = seconds(partial(price, case.table))
        cold = presolving + seconds_once(partial(price, replace(case.table)))
        name = f"{size:,} products"
        begun = time.perf_counter()
        lca = factorised(case)
        setting_up = time.perf_counter() - begun
        per_product = time_products(lca, case)
        report(BENCH, f"{name}, bw2calc lci, extrapolated", warm, per_product * size)
        theirs = setting_up + per_product * size
        report(BENCH, f"{name}, cold, bw2calc lci, extrapolated", cold, theirs)
        adjoint = seconds_once(partial(solve_adjoint, case))
        report(BENCH, f"{name}, cold, adjoint of all by SuperLU", cold, adjoint)
        if with_pardiso:
            fast = seconds_once(partial(score_fast, case))
            report(BENCH, f"{name}, cold, FastScoresOnlyMultiLCA", cold, fast)
        together = time_together(case) / TIMED
        report(BENCH, f"{name}, bw2calc MultiLCA, extrapolated", warm, together * size)
    table = random_table(TOO_LARGE, prices=intensities[:DATASETS])
    warm = seconds(partial(price, table))
    name = f"{TOO_LARGE:,} products, bw2calc lci as at {SIZES[-1]:,}"
    report(BENCH, name, warm, per_product * TOO_LARGE)


def intensities_of(background: RandomBackground) -> NDArray[np.float64]:
    """What one unit of each dataset carries, kg by gas, solved by us."""
    return presolve(
        sparse.csc_matrix(background.technosphere), sparse.csc_matrix(background.biosphere)
    )


def lay_out(size: int, background: RandomBackground, intensities: NDArray[np.float64]) -> Case:
    """The same chain for both engines."""
    table = random_table(size, prices=intensities[:DATASETS])
    datasets = np.arange(FIRST_ACTIVITY, FIRST_ACTIVITY + DATASETS)
    below = background_package(background, FIRST_ACTIVITY, FIRST_GAS)
    return Case(table, [below, chain_package(table, datasets, FIRST_GAS)])


def factorised(case: Case) -> bw2calc.LCA:
    """A calculation that is ready for any product."""
    lca = bw2calc.LCA({1: 1.0}, data_objs=case.packages)
    lca.lci(factorize=True)
    return lca


def time_products(lca: bw2calc.LCA, case: Case) -> float:
    """Median seconds a product, each compared with our result."""
    ours = price(case.table).gas_kg
    taken = []
    for product in case.draw_products():
        taken.append(seconds_once(partial(lca.lci, demand={product: 1.0})))
        gas_kg = np.asarray(lca.inventory.sum(axis=1)).ravel()
        if not np.allclose(gas_kg, ours[product - 1], rtol=AGREEMENT, atol=0):
            sys.exit(f"The engines differ on product {product}.")
    return float(np.median(taken))


def solve_adjoint(case: Case) -> NDArray[np.float64]:
    """What FastScoresOnlyMultiLCA does with PARDISO or UMFPACK, by SuperLU and for all gases."""
    lca = bw2calc.LCA({1: 1.0}, data_objs=case.packages)
    lca.load_lci_data()
    factors = sparse_linalg.splu(lca.technosphere_matrix.T.tocsc())
    return np.asarray(factors.solve(lca.biosphere_matrix.T.toarray()))


def score_fast(case: Case) -> None:
    """The adjoint of `bw2calc` itself, one impact category a gas, compared with our result."""
    gases = len(case.table.gwp)
    categories = [("gas", str(gas)) for gas in range(gases)]
    package = bwp.create_datapackage(name="gases", sum_intra_duplicates=True)
    for gas, category in enumerate(categories):
        package.add_persistent_vector(
            matrix="characterization_matrix",
            name=category[1],
            identifier=list(category),
            indices_array=np.array([(FIRST_GAS + gas, 0)], dtype=bwp.INDICES_DTYPE),
            data_array=np.ones(1),
        )
    demands = {str(product): {product: 1.0} for product in range(1, case.table.products + 1)}
    lca = bw2calc.FastScoresOnlyMultiLCA(
        demands,
        {"impact_categories": categories},
        [*case.packages, package],
        direction="adjoint",
    )
    found = lca.calculate().values.T
    if not np.allclose(found, price(case.table).gas_kg, rtol=AGREEMENT, atol=0):
        sys.exit("The adjoint of bw2calc differs.")


def time_together(case: Case) -> float:
    """Seconds for a few products at once, matrices ready; each solve factorises again."""
    demands = {str(product): {product: 1.0} for product in case.draw_products()}
    lca = bw2calc.MultiLCA(demands, {"impact_categories": []}, case.packages)
    lca.load_lci_data()
    return seconds_once(lca.lci)


if __name__ == "__main__":
    main()
