"""On random chains the engine and a second, exact solver agree, also on what has no footprint."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.errors import UnproductiveLoopError
from lca_models.impacts.impact import Impact
from lca_models.inventory.processes import Inventory, SupplierKind
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import (
    ExactImpact,
    UnproductiveChainError,
    growth,
    solve_exactly,
)

LIBRARY = random_chains.LIBRARY
AGREEMENT = 1e-9
# The engine refuses loops that come nearer to keeping nothing than one part in a million.
SURELY_ACCEPTED, SURELY_REFUSED = 3e5, 3e6
moderate = settings(max_examples=40, deadline=None)


@moderate
@given(random_chains.inventories(), st.sampled_from(("AR4", "AR5", "AR6")))
def test_the_engine_agrees_with_exact_fractions(inventory: Inventory, gwps: str) -> None:
    found = calculate(inventory, LIBRARY, characterisation=gwps).impacts
    exact = solve_exactly(inventory, LIBRARY, gwps)
    assert found.keys() == exact.keys()
    for product, impact in found.items():
        assert_agrees(impact, exact[product])
    if all(abs(e.kg_co2e) > 1e-3 * e.gross_kg_co2e for e in exact.values()):
        for product, impact in found.items():
            assert_shares_agree(impact, exact[product])


def assert_agrees(found: Impact, exact: ExactImpact) -> None:
    size = float(exact.gross_kg_co2e)
    assert found.kg_co2e == near(float(exact.kg_co2e), size)
    gas_kg = {**found.by_gas_kg, "CO2_biogenic": found.biogenic_co2_kg}
    for gas, kg in exact.gas_kg.items():
        assert gas_kg.get(gas, 0.0) == near(float(kg), float(exact.gross_gas_kg[gas])), gas
    assert set(found.by_gas_kg) <= set(exact.gas_kg)
    lines = {line.line: line.kg_co2e for line in found.by_line}
    assert lines.keys() == exact.by_line.keys()
    for label, kg_co2e in exact.by_line.items():
        assert lines[label] == near(float(kg_co2e), size)
    firms = {part.organisation: part.kg_co2e for part in found.by_organisation}
    for firm, kg_co2e in exact.by_organisation.items():
        assert firms.get(firm, 0.0) == near(float(kg_co2e), size)
    assert set(firms) <= set(exact.by_organisation)
    runs = {gap.product: gap.amount for gap in found.gaps}
    for product, run in exact.runs.items():
        assert runs.get(product, 0.0) == near(float(run), float(run))


def assert_shares_agree(found: Impact, exact: ExactImpact) -> None:
    assert 0 <= found.primary_data_share <= 1
    assert found.primary_data_share == pytest.approx(float(exact.primary_data_share), abs=AGREEMENT)
    assert found.screening_share == pytest.approx(float(exact.screening_share), abs=AGREEMENT)
    ratings = [float(rating) for rating in exact.ratings]
    assert list(asdict(found.data_quality).values()) == pytest.approx(ratings, abs=AGREEMENT)


def near(value: float, size: float) -> object:
    return pytest.approx(value, rel=AGREEMENT, abs=AGREEMENT * size)


def in_other_units(inventory: Inventory, exponents: list[int]) -> Inventory:
    """The same chain with every product measured in units larger or smaller by powers of ten."""
    scales = {
        process.product: 10.0**exponent
        for process, exponent in zip(inventory.processes, exponents, strict=False)
    }
    return replace(
        inventory,
        processes=tuple(
            replace(
                process,
                amount=process.amount * scales[process.product],
                exchanges=tuple(
                    replace(e, amount=e.amount * scales[e.supplier.id])
                    if e.supplier.kind is SupplierKind.PRODUCT
                    else e
                    for e in process.exchanges
                ),
            )
            for process in inventory.processes
        ),
    )


exponents = st.lists(st.integers(-6, 6), min_size=6, max_size=6)


@moderate
@given(random_chains.inventories(6), exponents)
def test_the_engine_agrees_whatever_the_units(inventory: Inventory, scales: list[int]) -> None:
    scaled = in_other_units(inventory, scales)
    exact = solve_exactly(scaled, LIBRARY, "AR6")
    for product, impact in calculate(scaled, LIBRARY).impacts.items():
        assert_agrees(impact, exact[product])


@moderate
@given(random_chains.inventories(6, random_chains.ANY), exponents)
def test_both_refuse_the_same_chains(inventory: Inventory, scales: list[int]) -> None:
    scaled = in_other_units(inventory, scales)
    try:
        worst = float(growth(scaled))
    except UnproductiveChainError:
        worst = float("inf")
    if worst < SURELY_ACCEPTED:
        calculate(scaled, LIBRARY)
    elif worst > SURELY_REFUSED:
        assert_refused(scaled)


def assert_refused(inventory: Inventory) -> None:
    with pytest.raises(UnproductiveLoopError) as caught:
        calculate(inventory, LIBRARY)
    told = caught.value.to_text()
    firms = {process.organisation for process in inventory.processes}
    assert any(firm in told.en and firm in told.zh for firm in firms)
