"""Our draws against `bw2calc`: the same samples give the same footprints, its own the same spread.

`bw2calc` knows a chain of its own here: products, priced sources and gases are nodes by number.
"""

from pathlib import Path

import bw2calc
import bw_processing as bwp
import numpy as np
import pytest
from numpy.typing import NDArray

from lca_models.calculation.matrices import build_matrices
from lca_models.calculation.tabulating import TabulatedChain, tabulate
from lca_models.calculation.uncertainty.draws import start_streams
from lca_models.calculation.uncertainty.quantities import find_quantities
from lca_models.inventory.background import build_background, load_background, save_background
from lca_models.inventory.processes import Supplier, SupplierKind
from lca_models.simulate import simulate
from tests.lca_models import uncertain
from tests.lca_models.uncertain import LIBRARY

Numbers = NDArray[np.float64]
SEED, SAMPLES, DRAWS = 7, 12, 2500
FIRST_GAS = 1000


@pytest.fixture(scope="module")
def chain() -> TabulatedChain:
    return tabulate(uncertain.chain(), LIBRARY, LIBRARY.get_characterisation("AR6"))


def add_samples(
    package: bwp.Datapackage,
    matrix: str,
    entries: tuple[NDArray[np.int64], NDArray[np.int64]],
    samples: Numbers,
    *,
    taken: NDArray[np.bool_] | None = None,
) -> None:
    indices = np.empty(len(samples), dtype=bwp.INDICES_DTYPE)
    indices["row"], indices["col"] = entries
    package.add_persistent_array(
        matrix=matrix,
        name=matrix,
        indices_array=indices,
        data_array=samples,
        flip_array=np.zeros(len(samples), dtype=bool) if taken is None else taken,
    )


def sampled_package(chain: TabulatedChain) -> bwp.Datapackage:
    """A chain with our first samples of every amount and price, one column a sample."""
    table, quantities = chain.table, find_quantities(chain)
    multiples = quantities.draw(start_streams(SEED, quantities.keys), 0, SAMPLES).T
    package = bwp.create_datapackage(name="samples", sequential=True, sum_intra_duplicates=True)
    nodes = np.arange(table.products + len(table.prices))
    made = np.concatenate((table.made, np.ones(len(table.prices))))
    amounts = table.amount[:, None] * multiples[quantities.of_row]
    add_samples(
        package,
        "technosphere_matrix",
        (np.concatenate((nodes, table.source)), np.concatenate((nodes, table.process))),
        np.concatenate((np.repeat(made[:, None], SAMPLES, axis=1), amounts)),
        taken=np.arange(len(nodes) + len(amounts)) >= len(nodes),
    )
    source, gas = np.nonzero(table.prices)
    emitted = table.prices[source, gas][:, None] * multiples[quantities.of_source[source]]
    add_samples(package, "biosphere_matrix", (gas + FIRST_GAS, source + table.products), emitted)
    gases = np.arange(len(table.gwp)) + FIRST_GAS
    gwp = np.repeat(table.gwp[:, None], SAMPLES, axis=1)
    add_samples(package, "characterization_matrix", (gases, np.zeros_like(gases)), gwp)
    return package


def test_the_same_samples_give_the_same_footprints(chain: TabulatedChain) -> None:
    package = sampled_package(chain)
    ours = simulate(
        uncertain.chain(), LIBRARY, seed=SEED, draws=SAMPLES, products=list(chain.positions)
    )
    for product, node in chain.positions.items():
        lca = bw2calc.LCA({node: 1.0}, data_objs=[package], use_arrays=True)
        lca.lci()
        lca.lcia()
        theirs = [lca.score, *(score(lca) for _ in range(SAMPLES - 1))]
        assert ours.draws_kg_co2e[product] == pytest.approx(theirs, rel=1e-9)


def score(lca: bw2calc.LCA) -> float:
    next(lca)
    return float(lca.score)


def own_montecarlo(chain: TabulatedChain, product: str) -> Numbers:
    matrices = build_matrices(chain.inventory, build_background(LIBRARY), chain.gas_factors)
    # One seed starts both its matrices alike: only because little here is emitted by uncertain rows
    # of its own does that not show.
    lca = bw2calc.LCA(
        {matrices.nodes[Supplier(SupplierKind.PRODUCT, product)]: 1.0},
        data_objs=list(matrices.packages),
        use_distributions=True,
        seed_override=SEED,
    )
    lca.lci()
    lca.lcia()
    return np.array([score(lca) for _ in range(DRAWS)])


def test_its_own_montecarlo_has_the_same_mean_and_deviation(chain: TabulatedChain) -> None:
    scores = own_montecarlo(chain, "truck")
    ours = simulate(uncertain.chain(), LIBRARY, seed=SEED, draws=4 * DRAWS).intervals["truck"]
    deviation = ours.standard_deviation_kg_co2e
    # Four standard errors of the difference of both means, with n and 4n draws; a deviation itself
    # is known to 1 / √(2n) of it.
    allowed = 4 * (1.25 / DRAWS) ** 0.5
    assert scores.mean() == pytest.approx(ours.mean_kg_co2e, abs=allowed * deviation)
    assert scores.std(ddof=1) == pytest.approx(deviation, rel=allowed / 2**0.5)


def test_a_saved_background_keeps_how_far_its_factors_may_be_off(tmp_path: Path) -> None:
    path = tmp_path / "background.zip"
    save_background(LIBRARY, path)
    name = "technosphere_matrix.distributions"
    saved, _ = load_background(path).datapackage.get_resource(name)
    made, _ = build_background(LIBRARY).datapackage.get_resource(name)
    assert saved.tobytes() == made.tobytes()
    # By id: certain, power, steel.
    assert made["scale"].tolist() == pytest.approx([0.0, np.log(1.15), np.log(1.1)])
