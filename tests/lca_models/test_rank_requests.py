"""Whom to ask next: points by the variance that primary data would remove, worked out by hand."""

import math
from dataclasses import replace

import pytest

from lca_models.calculate import solve
from lca_models.errors import InventoryError
from lca_models.impacts.request import RequestKind
from lca_models.inventory.processes import Exchange
from lca_models.rank_requests import rank_requests
from tests import make
from tests.lca_models import uncertain
from tests.lca_models.uncertain import LIBRARY, lognormal, normal, off

# Pedigree 1 1 1 1 1 leaves the basic uncertainty: ln²(geometric standard deviation) is
# (ln 1.05 / 2)², and e to that, less 1, is the relative variance.
PRIMARY = math.expm1((math.log(1.05) / 2) ** 2)
STEEL = math.expm1(math.log(1.1) ** 2)
POWER = math.expm1(math.log(1.15) ** 2)


def mean(kg_co2e: float, relative_variance: float) -> float:
    """A lognormal number with this median: its mean is √(1 + relative variance) times that."""
    return kg_co2e * math.sqrt(1 + relative_variance)


def test_points_are_ranked_by_what_primary_data_would_remove() -> None:
    chain = make.inventory(
        make.process("p", make.drawn("steel", 10.0, line="s"), make.drawn("power", 50.0, line="e"))
    )
    found = rank_requests(solve(chain, LIBRARY), "p")
    steel, power = mean(20.0, STEEL) ** 2, mean(30.0, POWER) ** 2
    variance = steel * STEEL + power * POWER
    assert found.standard_deviation_kg_co2e == pytest.approx(math.sqrt(variance))
    assert [(r.line, r.suppliers, r.kind) for r in found.requests] == [
        ("e", ("power",), RequestKind.PUBLISHED),
        ("s", ("steel",), RequestKind.PUBLISHED),
    ]
    assert [r.variance_removed for r in found.requests] == pytest.approx(
        [power * (POWER - PRIMARY) / variance, steel * (STEEL - PRIMARY) / variance]
    )
    assert [r.kg_co2e for r in found.requests] == pytest.approx([30.0, 20.0])
    assert {r.organisation for r in found.requests} == {"firm of p"}


def test_a_factor_that_two_lines_share_keeps_moving_the_other() -> None:
    chain = make.inventory(
        make.process("p", make.drawn("steel", 3.0, line="a"), make.bought("q", 1.0)),
        make.process("q", make.drawn("steel", 1.0, line="b")),
    )
    found = {
        request.line: request for request in rank_requests(solve(chain, LIBRARY), "p").requests
    }
    # Deviations of 3 and 1 move together: 4² before; without one of them, 1² and 3² are left.
    removed_a, removed_b = (16 - 1) * STEEL - 9 * PRIMARY, (16 - 9) * STEEL - 1 * PRIMARY
    assert found["a"].variance_removed == pytest.approx(removed_a / (16 * STEEL))
    assert found["b"].variance_removed == pytest.approx(removed_b / (16 * STEEL))
    assert found["b"].organisation == "firm of q"


def test_an_amount_that_was_measured_keeps_its_uncertainty() -> None:
    def line(*, measured: bool) -> Exchange:
        drawn = off(make.drawn("steel", 10.0), normal(0.2))
        return replace(drawn, primary=measured)

    measured, assumed = (
        rank_requests(
            solve(make.inventory(make.process("p", line(measured=measured))), LIBRARY), "p"
        ).requests[0]
        for measured in (True, False)
    )
    variance = STEEL + 0.2**2
    assert (measured.measured, assumed.measured) == (True, False)
    assert measured.variance_removed == pytest.approx((STEEL - PRIMARY) / variance)
    assert assumed.variance_removed == pytest.approx((variance - PRIMARY) / variance)


def test_members_that_have_not_answered_and_declarations_are_named() -> None:
    silent = make.process("silent", make.drawn("steel", 1.0, line="—", screening=True))
    tyre = off(make.declared("tyre", 4.0, organisation="maker"), lognormal(1.4))
    known = off(
        make.declared("known", 4.0, organisation="maker", primary_data_share=1.0), lognormal(1.4)
    )
    lead = make.process(
        "lead",
        make.bought("silent", 2.0),
        make.relied_on("tyre", 1.0, line="t"),
        make.relied_on("known", 1.0, line="k"),
        make.emission(1.0),
        make.drawn("steel", 1.0, line="burnt", on_site=True),
    )
    chain = make.inventory(lead, silent, declared=(tyre, known))
    found = rank_requests(solve(chain, LIBRARY), "lead").requests
    assert [(r.kind, r.organisation, r.product, r.line, r.suppliers) for r in found] == [
        (RequestKind.DECLARED, "maker", None, None, ("tyre",)),
        (RequestKind.SCREENING, "firm of silent", "silent", "—", ("steel",)),
    ]


def test_the_owner_of_a_declaration_is_not_asked_how_much_of_it_others_use() -> None:
    tyre = off(make.declared("tyre", 4.0), normal(0.3))
    line = off(replace(make.relied_on("tyre", 1.0), primary=False), normal(0.4))
    chain = make.inventory(make.process("p", line), declared=(tyre,))
    request = rank_requests(solve(chain, LIBRARY), "p").requests[0]
    # 0.3² + 0.4² of the square, of which 0.4² stays.
    assert request.variance_removed == pytest.approx((0.3**2 - PRIMARY) / (0.3**2 + 0.4**2))
    assert request.measured


def test_three_lines_of_which_one_is_known_best_share_the_whole_variance() -> None:
    lines = (
        make.drawn("steel", 10.0, line="s"),
        off(replace(make.drawn("certain", 10.0, line="c"), primary=False), normal(0.2)),
        off(make.drawn("certain", 5.0, line="m"), normal(0.1)),
    )
    found = rank_requests(solve(make.inventory(make.process("p", *lines)), LIBRARY), "p")
    removed = {request.line: request.variance_removed for request in found.requests}
    steel = mean(20.0, STEEL) ** 2
    variance = steel * STEEL + (10 * 0.2) ** 2 + (5 * 0.1) ** 2
    assert removed["s"] == pytest.approx(steel * (STEEL - PRIMARY) / variance)
    assert removed["c"] == pytest.approx(10**2 * (0.2**2 - PRIMARY) / variance)
    # A factor without uncertainty is taken as better than any primary data.
    assert removed["m"] == pytest.approx(-(5**2) * PRIMARY / variance)
    left = (steel + 10**2 + 5**2) * PRIMARY + (5 * 0.1) ** 2
    assert sum(removed.values()) == pytest.approx(1 - left / variance)


def test_gaps_stand_apart_by_their_upper_bound() -> None:
    parts = (make.gap("small", 2.0, 1.0), make.gap("open", 1.0), make.gap("large", 1.0, 6.0))
    chain = make.inventory(
        make.process("lead", make.bought("part", 2.0), make.drawn("steel", 5.0)),
        make.process("part", *parts, amount=4.0),
    )
    gaps = rank_requests(solve(chain, LIBRARY), "lead").gaps
    variance = mean(10.0, STEEL) ** 2 * STEEL
    # Two parts are half a run.
    assert [(gap.line, gap.upper_kg_co2e) for gap in gaps] == [
        ("large", 3.0),
        ("small", 1.0),
        ("open", None),
    ]
    assert gaps[0].variance_ratio == pytest.approx(3.0**2 / 12 / variance)
    assert gaps[2].variance_ratio is None


def test_a_chain_without_uncertainty_has_nothing_to_remove() -> None:
    library = make.library(uncertain.factor("certain", 1.0))
    chain = make.inventory(make.process("p", make.drawn("certain", 1.0), make.gap("g", 1.0, 1.0)))
    found = rank_requests(solve(chain, library), "p")
    assert found.standard_deviation_kg_co2e == 0.0
    assert found.requests[0].variance_removed == 0.0
    assert found.gaps[0].variance_ratio is None


def test_what_the_lead_product_does_not_reach_is_not_asked_for() -> None:
    chain = make.inventory(
        make.process("lead", make.emission()), make.process("other", make.drawn("steel"))
    )
    assert rank_requests(solve(chain, LIBRARY), "lead").requests == ()


def test_uncertainty_beyond_measure_is_refused_also_where_it_grows_up_the_chain() -> None:
    # The variance of q is finite; that of p is 10²⁴ times that.
    chain = make.inventory(
        make.process("p", make.bought("q", 1e12)),
        make.process("q", off(make.drawn("steel", 1e10), lognormal(5e7))),
    )
    assert math.isfinite(rank_requests(solve(chain, LIBRARY), "q").standard_deviation_kg_co2e)
    with pytest.raises(InventoryError, match="beyond any measure"):
        rank_requests(solve(chain, LIBRARY), "p")
