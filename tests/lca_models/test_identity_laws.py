"""Laws that hold for any linear system: sums of parts, and firms that merge or divide."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.impacts.impact import Impact
from lca_models.inventory.processes import Exchange, Inventory, Process, SupplierKind
from tests import make
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import solve_exactly

LIBRARY = random_chains.LIBRARY
law = settings(max_examples=25, deadline=None)
chains = random_chains.inventories(8)


def solve(inventory: Inventory) -> dict[str, Impact]:
    return dict(calculate(inventory, LIBRARY).impacts)


def sizes_of(inventory: Inventory) -> dict[str, float]:
    """What enters the chain of each product, removals by magnitude: what rounding is held to."""
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    return {product: float(impact.gross_kg_co2e) for product, impact in exact.items()}


def changed(inventory: Inventory, change: Callable[[Process], Process]) -> Inventory:
    return replace(inventory, processes=tuple(change(p) for p in inventory.processes))


def near(value: float, size: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9 * size)


def is_link(exchange: Exchange) -> bool:
    return exchange.supplier.kind is SupplierKind.PRODUCT


@law
@given(chains, st.sampled_from((0.0, 1e-9, 3.0, 1e12)))
def test_so_many_times_what_enters_is_so_many_times_the_impact(
    inventory: Inventory, times: float
) -> None:
    def more(process: Process) -> Process:
        return replace(
            process,
            exchanges=tuple(
                e if is_link(e) else replace(e, amount=e.amount * times) for e in process.exchanges
            ),
            emissions=tuple(replace(e, mass_kg=e.mass_kg * times) for e in process.emissions),
        )

    sizes, found = sizes_of(inventory), solve(changed(inventory, more))
    for product, impact in solve(inventory).items():
        assert found[product].kg_co2e == near(impact.kg_co2e * times, sizes[product] * times)


@law
@given(chains)
def test_what_enters_in_two_parts_has_the_sum_of_both_impacts(inventory: Inventory) -> None:
    emitting = changed(
        inventory, lambda p: replace(p, exchanges=tuple(e for e in p.exchanges if is_link(e)))
    )
    buying = changed(inventory, lambda p: replace(p, emissions=()))
    sizes, first, second = sizes_of(inventory), solve(emitting), solve(buying)
    for product, impact in solve(inventory).items():
        parts = first[product].kg_co2e + second[product].kg_co2e
        assert parts == near(impact.kg_co2e, sizes[product])


@law
@given(chains)
def test_firms_that_merge_answer_for_what_both_did(inventory: Inventory) -> None:
    merging = random_chains.FIRMS[:2]

    def owner(firm: str) -> str:
        return "merged" if firm in merging else firm

    merged = Inventory(
        tuple(replace(p, organisation=owner(p.organisation)) for p in inventory.processes),
        tuple(replace(d, organisation=owner(d.organisation)) for d in inventory.declared),
    )
    sizes, found = sizes_of(inventory), solve(merged)
    for product, impact in solve(inventory).items():
        assert found[product].kg_co2e == near(impact.kg_co2e, sizes[product])
        expected: dict[str, float] = {}
        for part in impact.by_organisation:
            firm = owner(part.organisation)
            expected[firm] = expected.get(firm, 0.0) + part.kg_co2e
        firms = {part.organisation: part.kg_co2e for part in found[product].by_organisation}
        for firm in firms.keys() | expected.keys():
            assert firms.get(firm, 0.0) == near(expected.get(firm, 0.0), sizes[product])


@law
@given(chains, st.sampled_from((1.0, 40.0, 1e-6)))
def test_a_firm_that_divides_into_two_steps_changes_no_product(
    inventory: Inventory, pieces: float
) -> None:
    # The first process hands half-finished goods, so many pieces a run, to a step of its own.
    first, *others = inventory.processes
    begun = replace(first, product="half-finished", amount=pieces, emissions=(), gaps=())
    finished = replace(first, exchanges=(make.bought("half-finished", pieces, line="begun"),))
    divided = replace(inventory, processes=(begun, finished, *others))
    sizes, found = sizes_of(inventory), solve(divided)
    for product, impact in solve(inventory).items():
        assert found[product].kg_co2e == near(impact.kg_co2e, sizes[product])


@law
@given(chains)
def test_lines_told_in_two_parts_are_like_one(inventory: Inventory) -> None:
    def told_apart(process: Process) -> Process:
        return replace(
            process,
            exchanges=tuple(
                replace(e, line=f"{e.line} {part}", amount=e.amount * share)
                for e in process.exchanges
                for part, share in (("a", 1 / 3), ("b", 2 / 3))
            ),
        )

    sizes, found = sizes_of(inventory), solve(changed(inventory, told_apart))
    for product, impact in solve(inventory).items():
        assert found[product].kg_co2e == near(impact.kg_co2e, sizes[product])
        assert len(found[product].by_line) >= len(impact.by_line)
