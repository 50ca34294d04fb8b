"""Laws of the engine: neither scale, order, labels nor repetition change a result."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.calculation.fingerprint import hash_inputs
from lca_models.facts.library import load_library
from lca_models.impacts.impact import Calculation, Impact
from lca_models.inventory.processes import Inventory, Process, Supplier, SupplierKind
from tests import make
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import solve_exactly

_Part = TypeVar("_Part")
LIBRARY = random_chains.LIBRARY
law = settings(max_examples=15, deadline=None)
chains = random_chains.inventories(6)


def solve(inventory: Inventory, gwps: str = "AR6") -> Calculation:
    return calculate(inventory, LIBRARY, characterisation=gwps)


def gross(inventory: Inventory) -> dict[str, float]:
    """What enters the chain of each product, removals by magnitude: what rounding is held to."""
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    return {product: float(impact.gross_kg_co2e) for product, impact in exact.items()}


def changed(inventory: Inventory, change: Callable[[Process], Process]) -> Inventory:
    return replace(inventory, processes=tuple(change(p) for p in inventory.processes))


@law
@given(chains)
def test_every_split_sums_to_the_total(inventory: Inventory) -> None:
    sizes = gross(inventory)
    for product, impact in solve(inventory).impacts.items():
        total = pytest.approx(impact.kg_co2e, rel=1e-9, abs=1e-9 * sizes[product])
        assert sum(impact.by_stage.values()) == total
        assert sum(impact.by_gas.values()) == total
        assert sum(line.kg_co2e for line in impact.by_line) == total
        assert sum(part.kg_co2e for part in impact.by_organisation) == total
        assert sum(impact.by_gwp_basis.values()) == total


@law
@given(chains, st.sampled_from((2.0, 0.001, 1e6)))
def test_a_longer_run_makes_the_same_product(inventory: Inventory, times: float) -> None:
    longer = changed(inventory, lambda process: repeated(process, times))
    assert_equal(inventory, longer)


def repeated(process: Process, times: float) -> Process:
    return replace(
        process,
        amount=process.amount * times,
        exchanges=tuple(replace(e, amount=e.amount * times) for e in process.exchanges),
        emissions=tuple(replace(e, mass_kg=e.mass_kg * times) for e in process.emissions),
        gaps=tuple(replace(g, amount=g.amount * times) for g in process.gaps),
    )


def assert_equal(first: Inventory, second: Inventory) -> None:
    sizes, found = gross(first), solve(second).impacts
    for product, impact in solve(first).impacts.items():
        assert_same(impact, found[product], sizes[product])


def assert_same(first: Impact, second: Impact, size: float) -> None:
    def near(value: float | tuple[float, ...]) -> object:
        return pytest.approx(value, rel=1e-9, abs=1e-9 * size)

    assert second.kg_co2e == near(first.kg_co2e)
    assert second.by_tier == near(first.by_tier)
    assert second.by_stage == {stage: near(kg) for stage, kg in first.by_stage.items()}
    lines = {line.line: near(line.kg_co2e) for line in first.by_line}
    assert {line.line: line.kg_co2e for line in second.by_line} == lines
    firms = {part.organisation: near(part.kg_co2e) for part in first.by_organisation}
    found = {part.organisation: part.kg_co2e for part in second.by_organisation}
    assert found.keys() | firms.keys() == found.keys() & firms.keys() or size < 1e-9
    assert all(found[firm] == kg_co2e for firm, kg_co2e in firms.items() if firm in found)
    gaps = {(gap.product, gap.line): pytest.approx(gap.amount) for gap in first.gaps}
    assert {(gap.product, gap.line): gap.amount for gap in second.gaps} == gaps


@law
@given(chains)
def test_twice_an_input_contributes_twice(inventory: Inventory) -> None:
    first = inventory.processes[0]
    own = [
        e
        for e in first.exchanges
        if e.supplier.kind is not SupplierKind.PRODUCT or not reaches(inventory, e.supplier.id)
    ]
    doubled = replace(
        first,
        exchanges=tuple(
            replace(e, amount=2 * e.amount) if e in own else e for e in first.exchanges
        ),
    )
    before = solve(inventory).impacts[first.product]
    after = solve(replace(inventory, processes=(doubled, *inventory.processes[1:])))
    lines = {line.line: line.kg_co2e for line in after.impacts[first.product].by_line}
    size = gross(inventory)[first.product]
    for line in before.by_line:
        times = 2 if line.line in {e.line for e in own} else 1
        if line.supplier is None or times == 2:
            expected = pytest.approx(times * line.kg_co2e, rel=1e-9, abs=1e-9 * size)
            assert lines[line.line] == expected


def reaches(inventory: Inventory, product: str) -> bool:
    """Whether a product draws on the first one of the inventory, directly or not."""
    makes = {process.product: process for process in inventory.processes}
    seen, waiting = {product}, [product]
    while waiting:
        for exchange in makes[waiting.pop()].exchanges:
            supplier = exchange.supplier
            if supplier.kind is SupplierKind.PRODUCT and supplier.id not in seen:
                seen.add(supplier.id)
                waiting.append(supplier.id)
    return inventory.processes[0].product in seen


@law
@given(chains, st.integers(0, 99))
def test_order_changes_nothing(inventory: Inventory, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    shuffled = changed(inventory, lambda process: in_another_order(process, random))
    processes = random.sample(shuffled.processes, len(shuffled.processes))
    shuffled = Inventory(tuple(processes), tuple(reversed(inventory.declared)))
    assert solve(shuffled).method == solve(inventory).method
    assert_equal(inventory, shuffled)


def in_another_order(process: Process, random: Random) -> Process:
    return replace(
        process,
        exchanges=tuple(random.sample(process.exchanges, len(process.exchanges))),
        emissions=tuple(random.sample(process.emissions, len(process.emissions))),
        gaps=tuple(random.sample(process.gaps, len(process.gaps))),
    )


@law
@given(chains)
def test_other_names_give_the_same_under_other_names(inventory: Inventory) -> None:
    renamed = Inventory(
        tuple(relabelled(process) for process in inventory.processes),
        tuple(
            replace(d, id=f"新{d.id}", organisation=f"新{d.organisation}")
            for d in inventory.declared
        ),
    )
    sizes, found = gross(inventory), solve(renamed).impacts
    for product, impact in solve(inventory).impacts.items():
        other = found[f"新{product}"]
        near = pytest.approx(impact.kg_co2e, rel=1e-9, abs=1e-9 * sizes[product])
        assert other.kg_co2e == near
        firms = {f"新{part.organisation}" for part in impact.by_organisation}
        assert {part.organisation for part in other.by_organisation} == firms or (
            sizes[product] < 1e-9
        )


def relabelled(process: Process) -> Process:
    def renamed(supplier: Supplier) -> Supplier:
        known = supplier.kind is SupplierKind.BACKGROUND
        return supplier if known else replace(supplier, id=f"新{supplier.id}")

    return replace(
        process,
        product=f"新{process.product}",
        organisation=f"新{process.organisation}",
        exchanges=tuple(replace(e, supplier=renamed(e.supplier)) for e in process.exchanges),
    )


@law
@given(chains)
def test_the_same_inventory_gives_the_same_digits(inventory: Inventory) -> None:
    assert solve(inventory) == solve(inventory)


@law
@given(chains)
def test_a_set_of_warming_potentials_changes_only_what_is_known_by_gas(
    inventory: Inventory,
) -> None:
    older, newer = solve(inventory, "AR4"), solve(inventory, "AR6")
    for product, impact in newer.impacts.items():
        other = older.impacts[product]
        assert other.by_gas_kg == impact.by_gas_kg
        assert other.biogenic_co2_kg == impact.biogenic_co2_kg
        for gas in ("CO2e", "CO2"):
            assert other.by_gas.get(gas) == impact.by_gas.get(gas)
        assert {line.line for line in other.by_line} == {line.line for line in impact.by_line}
    assert older.method.inputs_hash != newer.method.inputs_hash


@pytest.mark.parametrize(
    ("gwps", "kg_co2e"),
    # 10 kg CO2 + 1 kg fossil methane + 1 kg nitrous oxide + 5 kg CO2e that stand as published
    [("AR4", 10 + 25 + 298 + 5), ("AR5", 10 + 30 + 265 + 5), ("AR6", 10 + 29.8 + 273 + 5)],
)
def test_published_totals_are_the_same_under_every_set(gwps: str, kg_co2e: float) -> None:
    gases = [make.emission(10), make.emission(1, "CH4_fossil"), make.emission(1, "N2O")]
    inventory = make.inventory(make.process("a", *gases, make.drawn("total", 2)))
    impact = solve(inventory, gwps).impacts["a"]
    assert impact.kg_co2e == pytest.approx(kg_co2e)
    rests_on = {"AR5": 5.0}
    rests_on[gwps] = rests_on.get(gwps, 0.0) + kg_co2e - 5
    assert impact.by_gwp_basis == pytest.approx(rests_on)


def test_an_own_emission_told_as_a_total_rests_on_no_known_set() -> None:
    inventory = make.inventory(make.process("a", make.emission(2, "CO2e"), make.emission(1)))
    assert solve(inventory).impacts["a"].by_gwp_basis == {"AR6": 1.0, "not_stated": 2.0}


@law
@given(chains)
def test_any_other_number_is_another_calculation(inventory: Inventory) -> None:
    version = LIBRARY.version
    known = {hash_inputs(inventory, version, "AR6")}
    for number, variant in enumerate(variants(inventory), start=2):
        known.add(hash_inputs(variant, version, "AR6"))
        assert len(known) == number
    assert hash_inputs(inventory, version, "AR5") not in known
    assert hash_inputs(inventory, load_library().version, "AR6") not in known


def variants(inventory: Inventory) -> Iterator[Inventory]:
    """The inventory with one number a hair larger, for every number in it."""
    for place, process in enumerate(inventory.processes):
        for other in process_variants(process):
            rest = list(inventory.processes)
            rest[place] = other
            yield replace(inventory, processes=tuple(rest))
    for place, declared in enumerate(inventory.declared):
        others = [replace(declared, primary_data_share=declared.primary_data_share / 2 + 0.001)]
        others += [
            replace(declared, gases={**declared.gases, gas: more(kg)})
            for gas, kg in declared.gases.items()
        ]
        for changed_one in others:
            footprints = list(inventory.declared)
            footprints[place] = changed_one
            yield replace(inventory, declared=tuple(footprints))


def process_variants(process: Process) -> Iterator[Process]:
    yield replace(process, amount=more(process.amount))
    for n, exchange in enumerate(process.exchanges):
        other = replace(exchange, amount=more(exchange.amount))
        yield replace(process, exchanges=replaced(process.exchanges, n, other))
        other = replace(exchange, screening=not exchange.screening)
        yield replace(process, exchanges=replaced(process.exchanges, n, other))
    for n, emission in enumerate(process.emissions):
        other_emission = replace(emission, mass_kg=more(emission.mass_kg))
        yield replace(process, emissions=replaced(process.emissions, n, other_emission))
    for n, gap in enumerate(process.gaps):
        yield replace(process, gaps=replaced(process.gaps, n, replace(gap, amount=2.0)))
        upper = replace(gap, upper_kg_co2e_per_unit=2.0)
        yield replace(process, gaps=replaced(process.gaps, n, upper))


def more(number: float) -> float:
    return number * (1 + 1e-15) if abs(number) > 1e-3 else number + 1e-12


def replaced(parts: tuple[_Part, ...], place: int, other: _Part) -> tuple[_Part, ...]:
    return (*parts[:place], other, *parts[place + 1 :])
