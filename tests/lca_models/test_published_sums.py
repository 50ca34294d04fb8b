"""Published sums, allocations and characterisations come out of the engine to the digit."""

from typing import Any

import pytest

from lca_models.calculate import calculate
from lca_models.facts.factors import Factor
from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from lca_models.impacts.impact import Impact
from lca_models.inventory.allocation import AllocatedOutput, AllocationMethod, allocate
from lca_models.inventory.processes import DeclaredFootprint, Exchange, Process
from tests import make
from tests.lca_models import published

SHIPPED = load_library()


def test_every_case_says_where_it_was_published() -> None:
    cases = [case for case in published.read_all() if case["kind"] != "literature_range"]
    assert len(cases) == 25
    for case in cases:
        assert case["source"]["title"], case["case"]
        assert case["source"]["publisher"], case["case"]
        assert 2000 < case["source"]["year"] < 2030, case["case"]


@pytest.mark.parametrize("case", published.read("sum_of_products"))
def test_a_sum_of_products_is_repeated(case: dict[str, Any]) -> None:
    impact = calculate_sum(case)
    expected = case["expected"]
    for group, kg_co2e in expected["groups"].items() if "groups" in expected else ():
        lines = {item["line"] for item in case["items"] if item["group"] == group}
        found = sum(line.kg_co2e for line in impact.by_line if line.line in lines)
        assert found == published.expect(kg_co2e, case), group
    if "total" in expected:
        assert impact.kg_co2e == published.expect(expected["total"], case)
    if "primary_data_share" in expected:
        share = published.expect(expected["primary_data_share"], case)
        assert impact.primary_data_share == share


def calculate_sum(case: dict[str, Any]) -> Impact:
    """Every item as a line; its last factor is what one unit emits, the others are amounts."""
    factors: list[Factor] = []
    declared: list[DeclaredFootprint] = []
    steps: list[Process] = []
    lines: list[Exchange] = []
    for item in case["items"]:
        name, (amount, *between, per_unit) = item["line"], item["factors"]
        if "keys" in item:
            between.append(share_of(*item["keys"]))
        if item.get("primary"):
            declared.append(make.declared(name, per_unit, primary_data_share=1.0))
            last = make.relied_on(name)
        else:
            factors.append(make.factor(name, per_unit))
            last = make.drawn(name)
        lines.append(lead_to(name, amount, between, last, steps))
    inventory = make.inventory(make.process("sum", *lines), *steps, declared=tuple(declared))
    return calculate(inventory, SHIPPED.with_factors(*factors)).impacts["sum"]


def lead_to(
    name: str, amount: float, between: list[float], last: Exchange, steps: list[Process]
) -> Exchange:
    """A line that reaches its factor through a process for every further factor."""
    supply = last
    for number, taken in enumerate(between):
        step = f"{name}, step {number}"
        taken_of_last = Exchange(name, supply.stage, supply.supplier, taken)
        steps.append(make.process(step, taken_of_last))
        supply = make.bought(step)
    return Exchange(name, supply.stage, supply.supplier, amount)


def share_of(ours: float, others: float) -> float:
    outputs = [AllocatedOutput("ours", relation=ours), AllocatedOutput("others", relation=others)]
    return allocate(outputs, AllocationMethod.PHYSICAL).shares[0]


@pytest.mark.parametrize("case", published.read("allocation"))
def test_a_burden_is_shared_as_published(case: dict[str, Any]) -> None:
    outputs = [AllocatedOutput(name, relation=key) for name, key in case["keys"].items()]
    shares = allocate(outputs, AllocationMethod.PHYSICAL).shares
    runs = [
        make.process(output.product, make.emission(case["total"] * share))
        for output, share in zip(outputs, shares, strict=True)
    ]
    impacts = calculate(make.inventory(*runs), SHIPPED).impacts
    for name, kg_co2 in case["expected"].items():
        assert impacts[name].kg_co2e == published.expect(kg_co2, case)
    assert sum(impact.kg_co2e for impact in impacts.values()) == pytest.approx(case["total"])


# What the case calls methane is the fossil methane of the shipped table.
GASES = {"CO2": "CO2", "CH4": "CH4_fossil", "N2O": "N2O"}


@pytest.mark.parametrize("case", published.read("characterisation"))
def test_gases_are_weighed_as_published(case: dict[str, Any]) -> None:
    characterisation = SHIPPED.get_characterisation(case["set"])
    for gas, factor in case["factors"].items():
        assert characterisation.factor_of(GASES[gas]) == factor
    for inventory in case["inventories"]:
        emissions = [
            make.emission(Quantity(grams, "g").to("kg"), GASES[gas])
            for gas, grams in inventory["grams"].items()
        ]
        calculation = calculate(
            make.inventory(make.process("product", *emissions)),
            SHIPPED,
            characterisation=case["set"],
        )
        grams = calculation.impacts["product"].kg_co2e * 1000
        assert grams == published.expect(inventory["expected"], inventory), inventory["says"]


@pytest.mark.parametrize("case", published.read("inventory_to_total"))
def test_fuels_and_power_add_up_to_the_published_carbon_dioxide(case: dict[str, Any]) -> None:
    factors = [
        make.factor(taken["line"], taken["kg_co2"], "MJ", gases={"CO2": taken["kg_co2"]})
        for taken in case["takes"]
    ]
    lines = [make.drawn(taken["line"], taken["amount"]) for taken in case["takes"]]
    inventory = make.inventory(make.process("steel", *lines))
    impact = calculate(inventory, SHIPPED.with_factors(*factors)).impacts["steel"]
    assert impact.by_gas_kg["CO2"] == published.expect(case["expected"]["co2_kg"], case)


@pytest.mark.parametrize("case", published.read("inventory_to_total"))
def test_the_published_gases_add_up_to_the_published_warming(case: dict[str, Any]) -> None:
    kg = {gas: case["expected"][f"{gas.lower()}_kg"] for gas in GASES}
    emissions = [make.emission(mass, GASES[gas]) for gas, mass in kg.items()]
    impact = calculate(make.inventory(make.process("steel", *emissions)), SHIPPED).impacts["steel"]
    # Printed with six digits.
    assert impact.kg_co2e == pytest.approx(case["expected"]["co2e_ar6"], rel=1e-5)
