"""Splits of all products at once: each sums to the totals, and agrees with exact fractions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from lca_models.calculate import calculate, solve
from lca_models.calculation import bulk
from lca_models.calculation.answering import find_answering
from lca_models.calculation.growing import GrowingRows
from lca_models.calculation.solution import SolvedChain
from lca_models.calculation.system import build_system
from lca_models.facts.stages import Stage
from lca_models.impacts.impact import SupplierImpact
from lca_models.inventory.processes import Inventory
from tests import make
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import solve_exactly

LIBRARY = random_chains.LIBRARY
law = settings(max_examples=25, deadline=None)
chains = random_chains.inventories(10)
TIERS = 3


def solved(inventory: Inventory) -> SolvedChain:
    return solve(inventory, LIBRARY)


def by_organisation(chain: SolvedChain) -> dict[tuple[str, str], float]:
    return named(chain, bulk.split_by_organisation(chain.solution.priced, *firms(chain)))


def firms(chain: SolvedChain) -> tuple[bulk.Positions, int]:
    answering = find_answering(chain.chain)
    return answering.of_row, len(answering.organisations)


def named(chain: SolvedChain, split: sparse.csr_array) -> dict[tuple[str, str], float]:
    names = find_answering(chain.chain).organisations
    found = split.tocoo()
    products = [process.product for process in chain.chain.inventory.processes]
    return {
        (products[row], names[column]): kg_co2e
        for row, column, kg_co2e in zip(*found.coords, found.data, strict=True)
    }


@law
@given(chains)
def test_every_split_of_all_products_sums_to_the_totals(inventory: Inventory) -> None:
    chain = solved(inventory)
    priced, gross = chain.solution.priced, bulk.find_gross(chain.solution.priced)
    stages = list(Stage)
    stage = np.array([stages.index(row.stage) for row in chain.chain.rows], dtype=np.int32)
    for split in (
        bulk.split_by_group(priced, stage, len(stages)),
        bulk.split_by_gas(priced),
        bulk.split_by_tier(priced, TIERS),
        bulk.split_by_supplier(priced, *firms(chain)),
        bulk.split_by_organisation(priced, *firms(chain)),
    ):
        assert split.shape[0] == len(inventory.processes)
        bulk.refuse_wrong_sums(priced, split, gross)


def test_a_split_that_does_not_sum_up_is_refused() -> None:
    priced = solved(make.inventory(make.process("a", make.emission(2)))).solution.priced
    with pytest.raises(ArithmeticError, match="off by 1"):
        bulk.refuse_wrong_sums(priced, np.array([[3.0]]), np.array([2.0]))


@law
@given(chains)
def test_firms_agree_with_exact_fractions(inventory: Inventory) -> None:
    chain, exact = solved(inventory), solve_exactly(inventory, LIBRARY, "AR6")
    found = by_organisation(chain)
    for product, impact in exact.items():
        size = float(impact.gross_kg_co2e)
        for firm, kg_co2e in impact.by_organisation.items():
            near = pytest.approx(float(kg_co2e), rel=1e-9, abs=1e-9 * size)
            assert found.pop((product, firm), 0.0) == near
    assert not any(found.values())


@law
@given(chains)
def test_first_tier_suppliers_are_the_lines_by_who_answers_for_them(inventory: Inventory) -> None:
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    answers = {p.product: p.organisation for p in inventory.processes}
    answers |= {d.id: d.organisation for d in inventory.declared}
    for product, impact in calculate(inventory, LIBRARY).impacts.items():
        expected: dict[str, float] = {}
        for line in impact.by_line:
            firm = answers.get(line.supplier or "", answers[product])
            kg_co2e = float(exact[product].by_line[line.line])
            expected[firm] = expected.get(firm, 0.0) + kg_co2e
        size = float(exact[product].gross_kg_co2e)
        found = {part.organisation: part.kg_co2e for part in impact.by_supplier}
        for firm, kg_co2e in expected.items():
            assert found.get(firm, 0.0) == pytest.approx(kg_co2e, rel=1e-9, abs=1e-9 * size)


@law
@given(chains)
def test_some_products_by_their_runs_are_as_in_all(inventory: Inventory) -> None:
    chain = solved(inventory)
    priced = chain.solution.priced
    size = priced.table.products
    chosen = np.arange(size - 1, -1, -2)
    every = bulk.split_by_organisation(priced, *firms(chain)).toarray()
    some = bulk.split_by_organisation(priced, *firms(chain), products=chosen).toarray()
    np.testing.assert_allclose(some, every[chosen], rtol=1e-9, atol=1e-9 * np.abs(every).max())


@law
@given(chains)
def test_merging_firms_adds_their_parts(inventory: Inventory) -> None:
    merged = replace(
        inventory,
        processes=tuple(replace(p, organisation="one") for p in inventory.processes),
        declared=tuple(replace(d, organisation="one") for d in inventory.declared),
    )
    before, after = solved(inventory), solved(merged)
    firms_before, firms_after = by_organisation(before), by_organisation(after)
    gross = bulk.find_gross(before.solution.priced)
    for process in inventory.processes:
        parts = sum(kg for (product, _), kg in firms_before.items() if product == process.product)
        size = gross[before.find_position(process.product)]
        together = firms_after.get((process.product, "one"), 0.0)
        assert together == pytest.approx(parts, rel=1e-9, abs=1e-9 * size)


def test_tiers_of_a_chain_end_where_it_ends() -> None:
    # a takes 2 b and 1 c; b takes 3 c and emits 5; c emits 7; a emits 11.
    chain = solved(
        make.inventory(
            make.process("a", make.bought("b", 2), make.bought("c", 1), make.emission(11)),
            make.process("b", make.bought("c", 3), make.emission(5)),
            make.process("c", make.emission(7)),
        )
    )
    tiers = bulk.split_by_tier(chain.solution.priced, 2)
    np.testing.assert_allclose(tiers[0], [11, 2 * 5 + 7, 2 * 3 * 7, 0])
    np.testing.assert_allclose(tiers[1], [5, 21, 0, 0])
    np.testing.assert_allclose(tiers[2], [7, 0, 0, 0])


def test_tiers_of_a_loop_end_with_what_lies_beyond() -> None:
    # Half a unit of a goes back into a, which emits 1: 1 + 1/2 + 1/4 and another 1/4 beyond.
    chain = solved(make.inventory(make.process("a", make.bought("a", 0.5), make.emission(1))))
    tiers = bulk.split_by_tier(chain.solution.priced, 2)
    np.testing.assert_allclose(tiers, [[1, 0.5, 0.25, 0.25]])


def test_an_impact_tells_tiers_and_first_suppliers() -> None:
    inventory = make.inventory(
        make.process("a", make.bought("b", 2), make.emission(1), organisation="lead"),
        make.process("b", make.relied_on("d", 3), make.emission(4), organisation="mill"),
        declared=(make.declared("d", 5.0, organisation="owner"),),
    )
    impacts = calculate(inventory, LIBRARY).impacts
    # b: 4 + 3 * 5 = 19, all at its own process; a: 1 + 2 * 19 = 39
    assert impacts["a"].by_tier == pytest.approx((1, 38, 0, 0, 0, 0, 0))
    assert impacts["a"].by_supplier == (SupplierImpact("mill", 38.0), SupplierImpact("lead", 1.0))
    assert impacts["b"].by_supplier == (SupplierImpact("owner", 15.0), SupplierImpact("mill", 4.0))


@pytest.mark.parametrize("length", [1500, 40, 3])
def test_long_chains_and_large_loops_carry_the_same_either_way(length: int) -> None:
    # A line of products, closed to a loop in the middle: 1500 is too deep to go level by level.
    product = np.arange(length - 1, dtype=np.int32)
    closing = np.array([length - 2, length // 2], dtype=np.int32)
    links = np.r_[product, closing], np.r_[product + 1, np.array([0, length // 2])]
    amounts = np.full(len(links[0]), 0.4)
    system = build_system(length, links[0].astype(np.int32), links[1].astype(np.int32), amounts)
    chance = np.random.default_rng(1)
    entering = chance.random((length, 7)) * (chance.random((length, 7)) < 0.3)
    carried = system.carry(sparse.csr_array(entering))
    np.testing.assert_allclose(carried.toarray(), system.price(entering), rtol=1e-12)


def test_too_many_parts_are_refused_before_they_fill_the_memory() -> None:
    rows = GrowingRows((3, 4), most=20)
    full = sparse.csr_array(np.ones((2, 4)))
    rows.append(full)
    np.testing.assert_array_equal(rows.padded().toarray(), [[1] * 4, [1] * 4, [0] * 4])
    with pytest.raises(MemoryError, match="more than 20 parts: ask for some products"):
        rows.append(sparse.csr_array(np.ones((1, 13))))
