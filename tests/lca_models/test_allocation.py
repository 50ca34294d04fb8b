"""Co-products share the burdens of their run as worked by hand, or are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.errors import AllocationError
from lca_models.facts.library import load_library
from lca_models.inventory.allocation import (
    AllocatedOutput,
    AllocationMethod,
    allocate,
)
from tests import make

MASS, ENERGY = AllocationMethod.MASS, AllocationMethod.ENERGY
ECONOMIC, PHYSICAL, PACT = (
    AllocationMethod.ECONOMIC,
    AllocationMethod.PHYSICAL,
    AllocationMethod.PACT,
)
STATED, SUBSTITUTION = AllocationMethod.STATED, AllocationMethod.SUBSTITUTION
STEEL = AllocatedOutput("steel", mass_kg=900, value=4500, energy_mj=0, relation=3)
SLAG = AllocatedOutput("slag", mass_kg=300, value=500, energy_mj=0, relation=1)
GAS = AllocatedOutput("gas", mass_kg=800, value=1000, energy_mj=40, relation=0)


@pytest.mark.parametrize(
    ("outputs", "method", "shares"),
    [
        ((STEEL, SLAG), MASS, (0.75, 0.25)),
        ((STEEL, SLAG), ECONOMIC, (0.9, 0.1)),
        ((STEEL, SLAG, GAS), ECONOMIC, (0.75, 1 / 12, 1 / 6)),
        ((STEEL, GAS), ENERGY, (0.0, 1.0)),
        ((STEEL, SLAG, GAS), PHYSICAL, (0.75, 0.25, 0.0)),
    ],
)
def test_burdens_are_shared_by_the_chosen_method(
    outputs: tuple[AllocatedOutput, ...], method: AllocationMethod, shares: tuple[float, ...]
) -> None:
    found = allocate(outputs, method)
    assert found.method is method
    assert found.shares == pytest.approx(shares)
    assert sum(found.shares) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("method", list(AllocationMethod))
def test_a_product_alone_bears_everything(method: AllocationMethod) -> None:
    assert allocate([AllocatedOutput("alone", share=1.0)], method).shares == (1.0,)


def stated(*shares: float | None) -> list[AllocatedOutput]:
    return [AllocatedOutput(f"output {n}", share=share) for n, share in enumerate(shares)]


@pytest.mark.parametrize("shares", [(0.7, 0.2, 0.1), (1.0, 0.0), (0.1 + 0.2, 0.7)])
def test_stated_shares_stand_as_they_are(shares: tuple[float, ...]) -> None:
    assert allocate(stated(*shares), STATED).shares == shares


@pytest.mark.parametrize(
    ("shares", "en", "zh"),
    [
        ((0.6, 0.3), "The stated shares sum to 0.9, not to 1. Correct", "约定份额合计为0.9，"),
        ((0.3333, 0.3333, 0.3333), "The stated shares sum to 0.9999,", "约定份额合计为0.9999，"),
        ((1.2, -0.2), "Output “output 1” has no usable stated share", "产出“output 1”缺少"),
        ((1.0, None), "Output “output 1” has no usable stated share", "产出“output 1”缺少"),
        ((0.5,), "The stated shares sum to 0.5, not to 1.", "约定份额合计为0.5，不等于1。"),
    ],
)
def test_stated_shares_that_do_not_sum_to_one_are_refused(
    shares: tuple[float | None, ...], en: str, zh: str
) -> None:
    with pytest.raises(AllocationError) as caught:
        allocate(stated(*shares), STATED)
    told = caught.value.to_text()
    assert told.en.startswith(en)
    assert told.zh.startswith(zh)


def test_by_substitution_the_product_bears_the_whole_run() -> None:
    found = allocate([AllocatedOutput("steel"), AllocatedOutput("slag")], SUBSTITUTION)
    assert (found.method, found.shares) == (SUBSTITUTION, (1.0, 0.0))


def by_value(*values_and_masses: tuple[float, float]) -> list[AllocatedOutput]:
    return [
        AllocatedOutput(f"output {n}", mass_kg=mass, value=value)
        for n, (value, mass) in enumerate(values_and_masses)
    ]


@pytest.mark.parametrize(
    ("values_and_masses", "ratio", "method", "first_share"),
    [
        # per kg 5 and 1: not more than fivefold, so by mass
        (((5.0, 1.0), (3.0, 3.0)), 5.0, MASS, 0.25),
        # a hair more than fivefold, so by value
        (((5.0001, 1.0), (3.0, 3.0)), 5.0001, ECONOMIC, 5.0001 / 8.0001),
        # the dearest of three counts against the cheapest
        (((6.0, 1.0), (2.0, 1.0), (1.0, 1.0)), 6.0, ECONOMIC, 2 / 3),
        # a worthless co-product is infinitely cheaper, and bears nothing
        (((4.0, 1.0), (0.0, 1.0)), float("inf"), ECONOMIC, 1.0),
    ],
)
def test_the_fivefold_rule_of_pact_chooses(
    values_and_masses: tuple[tuple[float, float], ...],
    ratio: float,
    method: AllocationMethod,
    first_share: float,
) -> None:
    found = allocate(by_value(*values_and_masses), PACT)
    assert found.method is method
    assert found.value_ratio == pytest.approx(ratio)
    assert found.shares[0] == pytest.approx(first_share)


def test_without_a_mass_the_rule_is_not_guessed() -> None:
    with pytest.raises(AllocationError, match="“a” has no usable mass") as caught:
        allocate([AllocatedOutput("a", value=3), AllocatedOutput("b", value=1)], PACT)
    assert "请填写每个产出的质量" in caught.value.to_text().zh


def share_of_run(outputs: list[AllocatedOutput], method: AllocationMethod, run_kg: float) -> float:
    """What the first output bears of a run, calculated."""
    share = allocate(outputs, method).shares[0]
    inventory = make.inventory(make.process("first", make.emission(run_kg * share)))
    return calculate(inventory, load_library()).impacts["first"].kg_co2e


def test_the_garment_of_the_published_example_bears_a_third() -> None:
    # PACT Methodology v3, how-to guide: 0.5 / 1.5 x 10 = 3.33.
    outputs = [AllocatedOutput("garment", mass_kg=0.5), AllocatedOutput("rest", mass_kg=1.0)]
    assert share_of_run(outputs, MASS, 10) == pytest.approx(3.33, abs=0.005)


def test_the_mine_of_the_published_example_is_shared_by_value() -> None:
    # PACT Methodology v3, how-to guide: 500 / (500 + 10 + 400) x 10 000 = 5 494 (5 494.5).
    outputs = by_value((500, 1), (10, 1), (400, 1))
    assert allocate(outputs, PACT).method is ECONOMIC
    assert share_of_run(outputs, PACT, 10_000) == pytest.approx(5494, abs=1)


@pytest.mark.parametrize(
    ("outputs", "method", "en", "zh"),
    [
        (
            (STEEL, AllocatedOutput("slag")),
            MASS,
            "Output “slag” has no usable mass to allocate by. Give the mass of every output,",
            "产出“slag”缺少可用于分配的质量。请填写每个产出的质量，或选择其他分配方法。",
        ),
        (
            (STEEL, AllocatedOutput("slag", mass_kg=0)),
            MASS,
            "Output “slag” has no usable mass",
            "产出“slag”缺少可用于分配的质量",
        ),
        (
            (STEEL, AllocatedOutput("slag", mass_kg=1)),
            PACT,
            "Output “slag” has no usable economic value",
            "产出“slag”缺少可用于分配的经济价值",
        ),
        (
            (STEEL, AllocatedOutput("slag", value=-1)),
            ECONOMIC,
            "Output “slag” has no usable economic value",
            "产出“slag”缺少可用于分配的经济价值",
        ),
        (
            (STEEL, AllocatedOutput("slag", relation=float("nan"))),
            PHYSICAL,
            "Output “slag” has no usable physical relation",
            "产出“slag”缺少可用于分配的物理关系量",
        ),
        (
            (STEEL, SLAG),
            ENERGY,
            "The energy content of all outputs together is zero. Choose another allocation method.",
            "各产出的能量含量合计为零。请选择其他分配方法。",
        ),
    ],
)
def test_what_cannot_be_shared_is_refused(
    outputs: tuple[AllocatedOutput, ...], method: AllocationMethod, en: str, zh: str
) -> None:
    with pytest.raises(AllocationError) as caught:
        allocate(outputs, method)
    told = caught.value.to_text()
    assert told.en.startswith(en)
    assert told.zh.startswith(zh)


@given(cents=st.integers(1, 10_000), kilograms=st.integers(1, 999))
@settings(max_examples=40, deadline=None)
def test_exactly_fivefold_is_not_more_in_whatever_decimals(cents: int, kilograms: int) -> None:
    dear, cheap = 5 * cents / 100, cents / 100
    mass_kg, other_kg = kilograms / 10, 0.7
    outputs = [
        AllocatedOutput("dear", mass_kg=mass_kg, value=dear * mass_kg),
        AllocatedOutput("cheap", mass_kg=other_kg, value=cheap * other_kg),
    ]
    assert allocate(outputs, PACT).method is MASS
