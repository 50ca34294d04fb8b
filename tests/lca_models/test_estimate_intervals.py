"""Intervals without drawing: by hand, by finite differences, and against draws."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate, solve
from lca_models.calculation.tabulating import TabulatedChain, tabulate
from lca_models.calculation.uncertainty.first_order import linearise, variances
from lca_models.calculation.uncertainty.quantities import find_quantities
from lca_models.errors import InventoryError
from lca_models.estimate_intervals import estimate_intervals
from lca_models.inventory.processes import Inventory
from lca_models.simulate import simulate
from tests import make
from tests.lca_models import random_chains, uncertain
from tests.lca_models.uncertain import LIBRARY, lognormal, normal, off


def test_one_lognormal_line_has_exactly_its_interval() -> None:
    line = off(make.drawn("certain", 3.0), lognormal(1.5))
    interval = estimate_intervals(solve(make.inventory(make.process("p", line)), LIBRARY))["p"]
    spread = math.log(1.5)
    assert interval.median_kg_co2e == pytest.approx(3.0)
    assert interval.mean_kg_co2e == pytest.approx(3.0 * math.exp(spread**2 / 2))
    assert interval.low_kg_co2e == pytest.approx(3.0 * 1.5**-1.959963985)
    assert interval.high_kg_co2e == pytest.approx(3.0 * 1.5**1.959963985)
    assert interval.draws is None


def test_independent_lines_add_their_variances_and_a_shared_factor_its_deviations() -> None:
    apart = (
        off(make.drawn("certain", 3.0, line="a"), normal(0.1)),
        off(make.drawn("certain", 4.0, line="b"), normal(0.1)),
    )
    together = (make.drawn("steel", 3.0, line="a"), make.drawn("steel", 4.0, line="b"))
    chain = make.inventory(make.process("apart", *apart), make.process("together", *together))
    found = estimate_intervals(solve(chain, LIBRARY))
    assert found["apart"].standard_deviation_kg_co2e == pytest.approx(0.5)  # 0.1 × √(3² + 4²)
    mean = 7 * 2.0 * math.exp(math.log(1.1) ** 2 / 2)
    relative = math.sqrt(math.expm1(math.log(1.1) ** 2))
    assert found["together"].mean_kg_co2e == pytest.approx(mean)
    assert found["together"].standard_deviation_kg_co2e == pytest.approx(mean * relative)


def test_a_sum_with_removals_has_a_normal_interval() -> None:
    removal = off(make.emission(-2.0, line="b"), normal(0.1))
    chain = make.inventory(make.process("p", make.emission(5.0, line="a"), removal))
    interval = estimate_intervals(solve(chain, LIBRARY))["p"]
    assert interval.median_kg_co2e == pytest.approx(3.0)
    assert interval.low_kg_co2e == pytest.approx(3.0 - 1.959963985 * 0.2)
    assert interval.high_kg_co2e == pytest.approx(3.0 + 1.959963985 * 0.2)


def moved(chain: TabulatedChain, amounts: np.ndarray, prices: np.ndarray) -> np.ndarray:
    table = replace(
        chain.table,
        amount=chain.table.amount * amounts,
        prices=chain.table.prices * prices[:, None],
    )
    entering = table.sum_by_product(
        table.entries,
        table.per_unit[table.entries]
        * table.source_kg_co2e[table.source[table.entries] - table.products],
    )
    return table.system.price(entering)


def by_differences(chain: TabulatedChain) -> np.ndarray:
    """Variance of every product from one solve a quantity, each moved a little from its mean."""
    quantities = find_quantities(chain)
    means = np.append(quantities.spreads.means(), 1.0)
    deviations = np.append(quantities.spreads.relative_deviations(), 0.0)
    found = np.zeros(chain.table.products)
    for key in set(quantities.keys):
        slopes = []
        for step in (1e-4, -1e-4):
            alike = np.array([name == key for name in (*quantities.keys, b"")])
            multiples = means * (1 + step * deviations * alike)
            slopes.append(
                moved(chain, multiples[quantities.of_row], multiples[quantities.of_source])
            )
        found += ((slopes[0] - slopes[1]) / 2e-4) ** 2
    return found


def tabulated(inventory: Inventory) -> TabulatedChain:
    library = random_chains.LIBRARY.with_factors(*LIBRARY.factors.values())
    return tabulate(inventory, library, library.get_characterisation("AR6"))


def assert_as_by_differences(chain: TabulatedChain) -> None:
    wanted = np.arange(chain.table.products)
    linear = linearise(chain)
    one_by_one = np.sqrt(variances(linear, wanted))
    together = np.sqrt(variances(linear, np.resize(wanted, 20)))[: len(wanted)]
    expected = np.sqrt(by_differences(chain))
    rounding = 1e-10 * float(np.abs(linear.row_kg_co2e).sum())
    assert one_by_one == pytest.approx(expected, rel=1e-6, abs=rounding)
    assert together == pytest.approx(one_by_one, rel=1e-12, abs=rounding)


def test_variances_are_those_of_finite_differences_with_loops_and_all_distributions() -> None:
    assert_as_by_differences(tabulated(uncertain.chain()))


@settings(deadline=None, max_examples=25)
@given(random_chains.inventories(most_processes=6, largest_gain=0.6), st.data())
def test_variances_of_any_chain_are_those_of_finite_differences(
    inventory: Inventory, data: st.DataObject
) -> None:
    spreads = st.sampled_from([None, lognormal(1.05), normal(0.03), uncertain.uniform(0.9, 1.0)])
    processes = [
        replace(
            process,
            run=data.draw(st.sampled_from(["", "run"])),
            exchanges=tuple(replace(e, uncertainty=data.draw(spreads)) for e in process.exchanges),
        )
        for process in inventory.processes
    ]
    assert_as_by_differences(tabulated(replace(inventory, processes=tuple(processes))))


def test_both_ways_agree_on_small_uncertainties() -> None:
    chain = uncertain.chain(scale=0.2)
    derived = estimate_intervals(solve(chain, LIBRARY))
    drawn = simulate(chain, LIBRARY, seed=11, draws=20_000).intervals
    for product, interval in derived.items():
        other = drawn[product]
        deviation = interval.standard_deviation_kg_co2e
        assert other.standard_deviation_kg_co2e == pytest.approx(deviation, rel=0.03)
        assert other.mean_kg_co2e == pytest.approx(interval.mean_kg_co2e, abs=0.03 * deviation)
        assert other.low_kg_co2e == pytest.approx(interval.low_kg_co2e, abs=0.06 * deviation)
        assert other.high_kg_co2e == pytest.approx(interval.high_kg_co2e, abs=0.06 * deviation)


def test_some_products_have_the_intervals_that_they_have_among_all() -> None:
    chain = uncertain.chain()
    everything = estimate_intervals(solve(chain, LIBRARY))
    some = estimate_intervals(solve(chain, LIBRARY), products=["bolt"])
    assert list(some) == ["bolt"]
    assert some["bolt"] == everything["bolt"]


def test_without_uncertainty_the_interval_is_the_footprint() -> None:
    chain = make.inventory(make.process("p", make.drawn("certain", 3.0), make.gap()))
    interval = estimate_intervals(solve(chain, LIBRARY))["p"]
    total = calculate(chain, LIBRARY).impacts["p"].kg_co2e
    assert interval.low_kg_co2e == interval.mean_kg_co2e == interval.high_kg_co2e == total


def test_a_product_of_nothing_has_an_interval_of_nothing() -> None:
    interval = estimate_intervals(solve(make.inventory(make.process("p", make.gap())), LIBRARY))[
        "p"
    ]
    assert (interval.low_kg_co2e, interval.high_kg_co2e) == (0.0, 0.0)


def test_what_two_firms_share_adds_its_deviations_and_what_they_do_not_its_squares() -> None:
    alone = off(make.drawn("certain", 3.0, line="own"), normal(0.1))
    firms = [make.process(name, make.drawn("steel", 1.0), alone) for name in ("p", "q")]
    whole = make.process("whole", make.bought("p", 1.0), make.bought("q", 2.0))
    found = estimate_intervals(solve(make.inventory(*firms, whole), LIBRARY))["whole"]
    relative = math.expm1(math.log(1.1) ** 2)
    shared = (1 + 2) ** 2 * 2.0**2 * (1 + relative) * relative
    apart = (1**2 + 2**2) * 0.3**2
    assert found.standard_deviation_kg_co2e == pytest.approx(math.sqrt(shared + apart))


def test_amounts_that_multiply_an_uncertainty_beyond_measure_are_refused() -> None:
    wild = off(make.drawn("certain", 1e100), normal(0.1))
    chain = make.inventory(make.process("p", wild), make.process("q", make.bought("p", 1e100)))
    with pytest.raises(InventoryError, match="“q” go beyond any measure"):
        estimate_intervals(solve(chain, LIBRARY))


def test_uncertainty_beyond_measure_is_refused() -> None:
    wild = off(make.drawn("certain"), lognormal(1e30))
    with pytest.raises(InventoryError, match="beyond any measure"):
        estimate_intervals(solve(make.inventory(make.process("p", wild)), LIBRARY))
