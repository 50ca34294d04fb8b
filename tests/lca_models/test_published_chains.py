"""Published chains, stages and properties come out of the engine to the digit."""

from dataclasses import replace
from typing import Any

import pytest

from lca_models.activities.drawn import ActivityLine, Drawn
from lca_models.activities.electricity import ElectricityView, draw_certified, draw_grid
from lca_models.activities.transport import draw_transport
from lca_models.calculate import calculate
from lca_models.facts.choices import Activity
from lca_models.facts.gases import Characterisation, Gas
from lca_models.facts.library import Library, load_library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity
from lca_models.impacts.impact import Impact
from lca_models.inventory.processes import Emission, Exchange, Process
from tests import make
from tests.lca_models import published

SHIPPED = load_library()


@pytest.mark.parametrize("case", published.read("matrix"))
def test_a_published_matrix_is_solved(case: dict[str, Any]) -> None:
    (product, amount), expected = next(iter(case["demand"].items())), case["expected"]
    impact = solve_matrix(case["processes"], product)
    for flow, kg in expected["elementary"].items():
        assert impact.by_gas_kg[flow] * amount == published.expect(kg, case), flow
    runs = {gap.product: gap.amount for gap in impact.gaps}
    for process, number in expected.get("scaling", {}).items():
        assert runs[process] * amount == published.expect(number, case), process
    if "score" in expected:
        assert impact.kg_co2e * amount == published.expect(expected["score"], case)


@pytest.mark.parametrize("case", published.read("matrix"))
def test_a_published_matrix_follows_its_scenarios(case: dict[str, Any]) -> None:
    product = next(iter(case["demand"]))
    for scenario in case.get("scenarios", []):
        processes = [changed(process, scenario) for process in case["processes"]]
        impact = solve_matrix(processes, product)
        assert impact.kg_co2e == published.expect(scenario["score"], case), scenario["says"]


def solve_matrix(processes: list[dict[str, Any]], product: str) -> Impact:
    """Solve with a set that weighs every flow by 1; a gap on every process counts its runs."""
    flows = {flow for process in processes for flow in process["emits"]}
    library = replace(
        make.library(),
        characterisations={"CASE": Characterisation("CASE", dict.fromkeys(flows, 1.0))},
        gases={flow: Gas(flow, make.text(flow)) for flow in flows},
    )
    inventory = make.inventory(*(read_process(process) for process in processes))
    return calculate(inventory, library, characterisation="CASE").impacts[product]


def read_process(process: dict[str, Any]) -> Process:
    return make.process(
        process["makes"],
        *(make.bought(product, amount) for product, amount in process["takes"].items()),
        *(make.emission(kg, flow) for flow, kg in process["emits"].items()),
        make.gap("run"),
        amount=process["amount"],
        unit=process["unit"],
    )


def changed(process: dict[str, Any], scenario: dict[str, Any]) -> dict[str, Any]:
    if process["makes"] != scenario["process"]:
        return process
    takes = dict(process["takes"])
    if "input" in scenario:
        takes[scenario["input"]] = scenario["amount"]
    return {
        **process,
        "amount": scenario.get("reference_amount", process["amount"]),
        "takes": takes,
    }


@pytest.mark.parametrize("case", published.read("stage_sum"))
def test_published_stages_add_up_to_the_gate_and_to_the_end(case: dict[str, Any]) -> None:
    portions: dict[str, list[Exchange | Emission]] = {"upstream": [], "operations": []}
    portions["downstream"] = []
    factors = []
    for stage in case["stages"]:
        line, kg_co2e = stage["line"], stage["kg_co2e"]
        factors.append(make.factor(line, kg_co2e))
        portions[stage["portion"]].append(
            make.emission(kg_co2e, "CO2e", line=line)
            if stage["portion"] == "operations"
            else make.drawn(line)
        )
    inventory = make.inventory(
        make.process("at the end", make.bought("at the gate"), *portions["downstream"]),
        make.process("at the gate", *portions["upstream"], *portions["operations"]),
    )
    impacts = calculate(inventory, SHIPPED.with_factors(*factors)).impacts
    expected = case["expected"]
    at_the_gate = published.expect(expected["cradle_to_gate"], case)
    assert impacts["at the gate"].kg_co2e == at_the_gate
    end = impacts["at the end"].kg_co2e
    assert end == published.expect(expected["stage_sum"], case)
    matches = end == published.expect(case["published_kg_co2e"], case)
    assert matches is expected["matches_published"]


@pytest.mark.parametrize("case", published.read("identity"))
def test_certified_power_is_its_generation_and_the_way_to_the_socket(case: dict[str, Any]) -> None:
    values, kwh = case["values"], Quantity(1.0, "kWh")
    busbar = case["expected"]["generation_at_busbar"]
    library = with_technology("average", busbar)
    line = ActivityLine("power", Stage.ENERGY)
    grid = price(draw_grid(library, line, kwh), library)
    view = ElectricityView.MARKET
    certified = price(draw_certified(library, line, "average", kwh, view), library)
    assert grid.kg_co2e == published.expect(values["delivered"], case)
    assert certified.kg_co2e == published.expect(values["delivered"], case)
    assert certified.kg_co2e - busbar == published.expect(values["td_incl_loss"], case)
    infrastructure = SHIPPED.get_footprint_factor("el-pcf-cn-td-2024").kg_co2e
    assert infrastructure == published.expect(values["td_excl_loss"], case)


def with_technology(key: str, kg_co2e: float) -> Library:
    activity = Activity(key, make.text(key), (), "generation")
    library = SHIPPED.with_factors(make.factor("generation", kg_co2e, "kWh"))
    technologies = {**library.electricity.technologies, key: activity}
    electricity = replace(library.electricity, technologies=technologies)
    return replace(library, electricity=electricity)


def price(drawn: Drawn, library: Library) -> Impact:
    inventory = make.inventory(make.process("product", *drawn.exchanges, *drawn.gaps))
    return calculate(inventory, library).impacts["product"]


def test_a_window_with_recycled_aluminium_has_the_smaller_published_value() -> None:
    case = published.get("27_recycled_aluminium_window")
    factors = [
        "gb51366-thermal-break-al-window-primary-al",
        "gb51366-thermal-break-al-window-30-recycled",
    ]
    primary, recycled = (
        calculate(make.inventory(make.process("window", make.drawn(factor))), SHIPPED)
        .impacts["window"]
        .kg_co2e
        for factor in factors
    )
    assert [primary, recycled] == [point["value"] for point in case["points"]]
    assert recycled < primary
    reduction = published.expect(case["expected"]["reduction_rel"], case)
    assert 1 - recycled / primary == reduction


def test_freight_that_moves_to_rail_saves_the_published_difference() -> None:
    case = published.get("28_transport_modes_road_to_rail")
    leg, mass, distance = (
        ActivityLine("freight", Stage.TRANSPORT_INBOUND),
        Quantity(1000, "t"),
        Quantity(500, "km"),
    )
    road, rail = (
        price(draw_transport(SHIPPED, leg, mode, mass, distance), SHIPPED).kg_co2e
        for mode in ("road", "rail")
    )
    expected = case["expected"]
    assert road == published.expect(expected["groups"]["road"], case)
    assert rail == published.expect(expected["groups"]["rail"], case)
    assert road - rail == published.expect(expected["saving"], case)
    assert 1 - rail / road == published.expect(expected["saving_rel"], case)


def windows() -> list[Any]:
    ranges = next(case for case in published.read_all() if case["kind"] == "literature_range")
    return [pytest.param(window, id=window["product"]) for window in ranges["windows"]]


@pytest.mark.parametrize("window", windows())
def test_a_factor_lies_within_what_others_have_published(window: dict[str, Any]) -> None:
    low, high = window["published"]
    for factor_id in window["factors"]:
        line = make.drawn(factor_id)
        impacts = calculate(make.inventory(make.process("product", line)), SHIPPED).impacts
        assert lies_between(impacts["product"].kg_co2e, low, high, window), factor_id
    for factor_id in window["comparisons"]:
        comparison = SHIPPED.cross_checks[factor_id]
        assert comparison.unit == window["unit"]
        assert lies_between(comparison.kg_co2e, low, high, window), factor_id


def lies_between(value: float, low: float, high: float, window: dict[str, Any]) -> bool:
    allowed = window["tolerance_rel"]
    return bool(low * (1 - allowed) <= value <= high * (1 + allowed))
