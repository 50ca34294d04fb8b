"""Intervals by drawing: what moves together, what is reproduced, what is dropped and refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lca_models.calculate import calculate
from lca_models.errors import InventoryError, UnproductiveLoopError
from lca_models.inventory.processes import Uncertainty
from lca_models.simulate import simulate, simulate_difference
from tests import make
from tests.lca_models import uncertain
from tests.lca_models.uncertain import LIBRARY, lognormal, normal, off


def test_a_lognormal_line_has_the_interval_of_its_distribution() -> None:
    bought = off(make.drawn("certain", 3.0), lognormal(1.2))
    found = simulate(make.inventory(make.process("p", bought)), LIBRARY, seed=1, draws=20_000)
    interval = found.intervals["p"]
    spread = math.log(1.2)
    assert interval.median_kg_co2e == pytest.approx(3.0, rel=0.01)
    assert interval.mean_kg_co2e == pytest.approx(3.0 * math.exp(spread**2 / 2), rel=0.01)
    assert interval.low_kg_co2e == pytest.approx(3.0 * math.exp(-1.96 * spread), rel=0.02)
    assert interval.high_kg_co2e == pytest.approx(3.0 * math.exp(1.96 * spread), rel=0.02)
    assert (interval.draws, interval.dropped, interval.seed) == (20_000, 0, 1)


def test_a_published_factor_is_drawn_once_for_all_firms() -> None:
    made = [make.process(name, make.drawn("steel", 2.0, line=name)) for name in ("p", "q")]
    whole = make.process("whole", make.bought("p"), make.bought("q"))
    found = simulate(
        make.inventory(*made, whole), LIBRARY, seed=3, draws=50, products=["p", "q", "whole"]
    ).draws_kg_co2e
    assert np.array_equal(found["p"], found["q"])
    assert found["whole"] == pytest.approx(2 * found["p"])


def test_what_comes_from_one_line_is_drawn_once() -> None:
    fuel = off(make.drawn("certain", 1.0, line="diesel", on_site=True), lognormal(1.5))
    supply = off(make.drawn("certain", 2.0, line="diesel"), lognormal(1.5))
    other = off(make.drawn("certain", 1.0, line="gas"), lognormal(1.5))
    inventory = make.inventory(
        make.process("fuel", fuel, organisation="f"),
        make.process("both", fuel, supply, organisation="f"),
        make.process("two", fuel, other, organisation="f"),
    )
    found = simulate(inventory, LIBRARY, seed=3, draws=4000).intervals
    ratio = {
        product: interval.standard_deviation_kg_co2e / interval.mean_kg_co2e
        for product, interval in found.items()
    }
    assert ratio["both"] == pytest.approx(ratio["fuel"], rel=0.1)
    assert ratio["two"] == pytest.approx(ratio["fuel"] / math.sqrt(2), rel=0.1)


def test_co_products_share_the_draws_of_their_run() -> None:
    line = off(make.drawn("certain", 1.0, line="heat"), lognormal(1.5))
    main, other = (
        replace(make.process(name, line), run="main", share=0.5) for name in ("main", "other")
    )
    found = simulate(
        make.inventory(main, other), LIBRARY, seed=3, draws=20, products=["main", "other"]
    ).draws_kg_co2e
    assert np.array_equal(found["main"], found["other"])


def test_draws_do_not_depend_on_order_on_other_products_or_on_how_many_are_drawn() -> None:
    chain = uncertain.chain()
    turned = replace(chain, processes=chain.processes[::-1])
    alone = make.process("alone", off(make.drawn("steel", 1.0), normal(0.1)))
    more = replace(chain, processes=(*chain.processes, alone))
    named = simulate(chain, LIBRARY, seed=5, draws=40, products=["frame"]).draws_kg_co2e["frame"]
    for inventory in (chain, turned, more):
        found = simulate(
            inventory, LIBRARY, seed=5, draws=60, products=["truck", "frame"]
        ).draws_kg_co2e["frame"]
        assert np.array_equal(found[:40], named)
    assert simulate(chain, LIBRARY, seed=5, draws=40) == simulate(turned, LIBRARY, seed=5, draws=40)


def test_draws_do_not_depend_on_how_many_are_solved_at_a_time() -> None:
    told: list[tuple[int, int]] = []
    draws = 12_000
    many = simulate(
        uncertain.chain(),
        LIBRARY,
        seed=5,
        draws=draws,
        products=["truck"],
        progress=lambda done, wanted: told.append((done, wanted)),
    ).draws_kg_co2e["truck"]
    few = simulate(uncertain.chain(), LIBRARY, seed=5, draws=3, products=["truck"])
    assert np.array_equal(many[:3], few.draws_kg_co2e["truck"])
    assert len(set(many.tolist())) == draws
    assert len(told) > 1
    assert told[-1] == (draws, draws)


def test_without_uncertainty_every_draw_is_the_footprint() -> None:
    chain = make.inventory(make.process("p", make.drawn("certain", 3.0), make.emission(0.5)))
    interval = simulate(chain, LIBRARY, seed=5, draws=10).intervals["p"]
    assert (interval.low_kg_co2e, interval.high_kg_co2e) == (3.5, 3.5)
    assert calculate(chain, LIBRARY).impacts["p"].kg_co2e == 3.5


def test_a_change_is_not_blurred_by_what_both_chains_share() -> None:
    shared = off(make.drawn("steel", 100.0), lognormal(1.3))
    before = make.inventory(make.process("p", shared, make.emission(5.0)))
    after = make.inventory(make.process("p", shared, make.emission(4.0)))
    told: list[tuple[int, int]] = []
    found = simulate_difference(
        (before, LIBRARY),
        (after, LIBRARY),
        seed=1,
        draws=100,
        progress=lambda done, wanted: told.append((done, wanted)),
    )["p"]
    assert found.change.low_kg_co2e == pytest.approx(-1.0)
    assert found.change.high_kg_co2e == pytest.approx(-1.0)
    assert found.share_lower == 1.0
    assert told[-1] == (200, 200)


def test_a_chain_does_not_differ_from_itself() -> None:
    same = (uncertain.chain(), LIBRARY)
    found = simulate_difference(same, same, seed=1, draws=50)
    for difference in found.values():
        assert (difference.change.low_kg_co2e, difference.change.high_kg_co2e) == (0.0, 0.0)
        assert difference.change.standard_deviation_kg_co2e == 0.0
        assert difference.share_lower == 0.0


def test_two_libraries_can_be_compared() -> None:
    chain = make.inventory(make.process("p", make.drawn("steel", 10.0)))
    newer = make.library(uncertain.factor("steel", 1.8, 1.1))
    change = simulate_difference((chain, LIBRARY), (chain, newer), seed=1, draws=2000)["p"].change
    # Both factors are off alike: 10 × (1.8 − 2.0) times a lognormal number of median 1.
    assert change.median_kg_co2e == pytest.approx(-2.0, rel=0.02)
    assert change.low_kg_co2e == pytest.approx(-2.0 * 1.1**1.96, rel=0.03)


def test_what_progress_raises_ends_the_run() -> None:
    class CancelledError(Exception):
        """Somebody does not want to wait."""

    def cancel(_done: int, _wanted: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        simulate(uncertain.chain(), LIBRARY, seed=1, progress=cancel)


def test_draws_of_a_loop_without_net_output_are_dropped_and_counted() -> None:
    chain = make.inventory(
        make.process("p", off(make.bought("p", 0.5), normal(0.5)), make.emission(1.0))
    )
    found = simulate(chain, LIBRARY, seed=1, draws=2000, products=["p"])
    interval = found.intervals["p"]
    # Above twice its amount, the loop takes all: a normal number beyond two deviations, 2.3 %.
    assert interval.dropped == pytest.approx(0.0228 * 2000, abs=20)
    assert interval.draws == 2000 - interval.dropped
    assert np.count_nonzero(np.isnan(found.draws_kg_co2e["p"])) == interval.dropped


def test_draws_are_dropped_for_the_products_that_draw_on_the_loop_alone() -> None:
    loop = make.process("p", off(make.bought("p", 0.5), normal(0.5)), make.emission(1.0))
    user = make.process("user", make.bought("p"), make.emission(1.0))
    apart = make.process("apart", off(make.drawn("certain", 1.0), normal(0.1)))
    chain = make.inventory(loop, user, apart)
    intervals = simulate(chain, LIBRARY, seed=1, draws=2000).intervals
    assert intervals["p"].dropped == intervals["user"].dropped > 0
    assert intervals["apart"].dropped == 0
    alone = simulate(chain, LIBRARY, seed=1, draws=2000, products=["apart"]).intervals["apart"]
    assert intervals["apart"] == alone
    change = simulate_difference((chain, LIBRARY), (chain, LIBRARY), seed=1, draws=2000)
    assert change["user"].change.dropped == intervals["user"].dropped
    assert change["apart"].change.draws == 2000


@pytest.mark.parametrize(
    "wild",
    [lognormal(1e300), normal(1e308), uncertain.triangular(0, 1e300), uncertain.uniform(0, 1e308)],
)
def test_draws_beyond_measure_are_refused(wild: Uncertainty) -> None:
    chain = make.inventory(make.process("p", off(make.drawn("certain", 1.0), wild)))
    with pytest.raises(InventoryError, match="“p” are no possible chain"):
        simulate(chain, LIBRARY, seed=1, draws=100)


def test_too_many_dropped_draws_are_refused() -> None:
    chain = make.inventory(
        make.process("p", off(make.bought("p", 0.9), normal(0.5)), make.emission(1.0))
    )
    with pytest.raises(InventoryError, match="no possible chain"):
        simulate(chain, LIBRARY, seed=1)


def test_a_loop_without_net_output_as_given_is_refused() -> None:
    chain = make.inventory(make.process("p", make.bought("p", 1.0), make.emission(1.0)))
    with pytest.raises(UnproductiveLoopError):
        simulate(chain, LIBRARY, seed=1)


@pytest.mark.parametrize("draws", [-1, 0, 1, 100_000_000])
def test_impossible_numbers_of_draws_are_refused(draws: int) -> None:
    with pytest.raises(InventoryError):
        simulate(uncertain.chain(), LIBRARY, seed=1, draws=draws)


def test_a_product_that_nothing_makes_is_refused() -> None:
    with pytest.raises(InventoryError, match="nobody"):
        simulate(uncertain.chain(), LIBRARY, seed=1, products=["nobody"])


def test_chains_without_a_common_product_are_not_compared() -> None:
    one, other = (make.inventory(make.process(name, make.emission())) for name in ("p", "q"))
    with pytest.raises(InventoryError, match="in common"):
        simulate_difference((one, LIBRARY), (other, LIBRARY), seed=1)


@pytest.mark.parametrize(
    "impossible",
    [
        lognormal(0.9),
        lognormal(math.nan),
        lognormal(math.inf),
        normal(-0.1),
        uncertain.triangular(1.1, 1.2),
        uncertain.triangular(-0.1, 1.2),
        uncertain.uniform(0.5, 0.9),
        uncertain.uniform(0.5, math.inf),
        Uncertainty(lognormal(1.1).kind),
    ],
)
def test_impossible_uncertainties_are_refused(impossible: Uncertainty) -> None:
    line = make.process("p", off(make.drawn("certain"), impossible))
    gas = make.process("p", off(make.emission(), impossible))
    relied = make.process("p", make.relied_on())
    declared = off(make.declared(), impossible)
    chains = (
        make.inventory(line),
        make.inventory(gas),
        make.inventory(relied, declared=(declared,)),
    )
    for chain in chains:
        with pytest.raises(InventoryError, match="uncertainty"):
            calculate(chain, LIBRARY)
