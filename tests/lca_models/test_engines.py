"""Our engine and `bw2calc` agree on every number of a result, whatever the shape of the chain."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given, settings

from lca_models.calculate import calculate, solve, split
from lca_models.calculation.solution import Engine
from lca_models.impacts.impact import Impact
from lca_models.inventory.processes import Inventory
from lca_models.trace import trace_contributions, trace_flows
from tests import make
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import solve_exactly

LIBRARY = random_chains.LIBRARY
# These are ratios of sums by magnitude, and between 0 and 5; all else is in kg, pieces or kWh.
RATIOS = ("primary_data_share", "data_quality", "screening_share")


def numbers_of(part: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a result by where it stands; what belongs to a name stands under it."""
    match part:
        case float():
            yield path, part
        case dict():
            for key, value in part.items():
                yield from numbers_of(value, f"{path}/{key}")
        case tuple():
            for position, value in enumerate(part):
                yield from numbers_of(value, f"{path}/{name_of(value) or position}")
        case _ if is_dataclass(part):
            for each in fields(part):
                yield from numbers_of(getattr(part, each.name), f"{path}/{each.name}")
        case _:
            pass


def name_of(part: object) -> str:
    names = (getattr(part, name, "") for name in ("product", "organisation", "line"))
    return " ".join(filter(None, names))


def assert_alike(found: Impact, expected: Impact, size: float) -> None:
    ours, theirs = dict(numbers_of(found)), dict(numbers_of(expected))
    for place in ours.keys() | theirs.keys():
        exact = size if not any(ratio in place for ratio in RATIOS) else 1.0
        near = pytest.approx(theirs.get(place, 0.0), rel=1e-9, abs=1e-9 * exact)
        assert ours.get(place, 0.0) == near, place


@settings(max_examples=40, deadline=None)
@given(random_chains.inventories())
def test_every_number_is_that_of_bw2calc(inventory: Inventory) -> None:
    expected = calculate(inventory, LIBRARY, engine=Engine.BW2CALC)
    found = calculate(inventory, LIBRARY)
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    assert found.method == replace(expected.method, engine=found.method.engine)
    assert found.impacts.keys() == expected.impacts.keys()
    for product, impact in found.impacts.items():
        size = float(exact[product].gross_kg_co2e)
        assert_alike(impact, expected.impacts[product], size)


def ring(size: int, taken: float) -> Inventory:
    """A ring of firms, each of which emits 1 kg and takes so much of the next one's product."""
    return make.inventory(
        *(
            make.process(
                f"{n}",
                make.emission(1),
                make.bought(f"{(n + 1) % size}", taken),
                organisation="all",
            )
            for n in range(size)
        )
    )


def test_two_thousand_firms_in_one_ring_are_solved() -> None:
    impacts = calculate(ring(2000, 0.75), LIBRARY).impacts
    # y = 1 + 0.75 y, all the way round.
    assert all(impact.kg_co2e == pytest.approx(4.0, rel=1e-12) for impact in impacts.values())


@pytest.mark.parametrize("engine", Engine)
def test_a_ring_of_forty_is_the_same_to_both(engine: Engine) -> None:
    impacts = calculate(ring(40, 0.75), LIBRARY, engine=engine).impacts
    assert impacts["7"].kg_co2e == pytest.approx(4.0, rel=1e-12)


def test_a_chain_three_thousand_deep_is_solved() -> None:
    # The last emits 1 kg, each of the others half a kg and takes half of the next: all carry 1 kg.
    depth = 3000
    processes = [
        make.process(f"{n}", make.emission(0.5), make.bought(f"{n + 1}", 0.5), organisation="all")
        for n in range(depth - 1)
    ]
    last = make.process(f"{depth - 1}", make.emission(1), organisation="all")
    impacts = calculate(make.inventory(*processes, last), LIBRARY).impacts
    assert {impact.kg_co2e for impact in impacts.values()} == {1.0}


def test_eight_threads_get_each_its_own_answer() -> None:
    def loop_that_takes(taken: float) -> float:
        return calculate(ring(20, taken), LIBRARY).impacts["3"].kg_co2e

    takings = [n / 100 for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(loop_that_takes, takings))
    assert found == pytest.approx([1 / (1 - taken) for taken in takings], rel=1e-12)


def test_eight_threads_may_share_an_inventory() -> None:
    inventory = ring(300, 0.5)
    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(lambda _: calculate(inventory, LIBRARY), range(16))
    assert all(other == first for other in others)


def test_eight_threads_may_share_a_solved_chain() -> None:
    solved = solve(ring(60, 0.5), LIBRARY)

    def ask(_: int) -> tuple[object, ...]:
        flows = trace_flows(solved, "7", by_organisation=True)
        return split(solved, LIBRARY), flows, trace_contributions(solved, "7", most=50)

    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(ask, range(16))
    assert all(other == first for other in others)


def test_a_result_names_what_solved_it() -> None:
    block, reference = (
        calculate(ring(3, 0.5), LIBRARY, engine=engine).method.engine
        for engine in (Engine.BLOCK, Engine.BW2CALC)
    )
    assert set(block) == {"numpy", "scipy"}
    assert set(reference) - set(block) == {"bw2calc", "bw_processing", "matrix_utils"}
