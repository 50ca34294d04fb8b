"""Small chains, worked by hand beside each test, come out of the engine as worked."""

from dataclasses import replace

import pytest

from lca_models.calculate import calculate
from lca_models.facts.gases import Characterisation, Gas
from lca_models.facts.stages import Stage
from lca_models.impacts.impact import Impact, OrganisationImpact
from lca_models.inventory.processes import DeclaredFootprint, Inventory, Process
from tests import make

ROUNDING = 1e-12


def solve(
    *processes: Process, declared: tuple[DeclaredFootprint, ...] = (), **factors: float
) -> dict[str, Impact]:
    given = [make.factor(name, value) for name, value in factors.items()]
    library = make.library(make.factor("of nobody here"), *given)
    return dict(calculate(make.inventory(*processes, declared=declared), library).impacts)


def exactly(value: float) -> object:
    return pytest.approx(value, rel=ROUNDING, abs=ROUNDING)


def test_a_product_without_inputs_is_its_own_emission() -> None:
    # 10 kg CO2 a run of 4 units.
    impact = solve(make.process("a", make.emission(10), amount=4))["a"]
    assert impact.kg_co2e == exactly(2.5)
    assert impact.by_stage[Stage.DIRECT] == exactly(2.5)


def test_a_loop_of_two_firms_is_solved() -> None:
    # a = 1 + 0.5 b and b = 2 + 0.4 a: 0.8 a = 2, so a = 2.5 and b = 3.
    # For one a, a runs 1 / (1 - 0.5 x 0.4) = 1.25 times, b half as often: 1.25 + 2 x 0.625.
    impacts = solve(
        make.process("a", make.emission(1), make.bought("b", 0.5), organisation="甲"),
        make.process("b", make.emission(2), make.bought("a", 0.4), organisation="乙"),
    )
    assert impacts["a"].kg_co2e == exactly(2.5)
    assert impacts["b"].kg_co2e == exactly(3.0)
    firms = {part.organisation: part.kg_co2e for part in impacts["a"].by_organisation}
    assert firms == {"甲": exactly(1.25), "乙": exactly(1.25)}
    lines = {line.line: line.kg_co2e for line in impacts["a"].by_line}
    assert lines == {"b": exactly(1.5), "CO2": exactly(1.0)}


def test_a_process_may_use_what_it_makes() -> None:
    # A run makes 10, uses 2 of them and emits 4: 4 / (10 - 2).
    assert solve(make.process("a", make.emission(4), make.bought("a", 2), amount=10))[
        "a"
    ].kg_co2e == exactly(0.5)


def test_a_loop_of_three_firms_is_solved() -> None:
    # a = 1 + b/2, b = 2 + c/2, c = 4 + a/2: a = 24/7, b = 34/7, c = 40/7.
    impacts = solve(
        make.process("a", make.emission(1), make.bought("b", 0.5)),
        make.process("b", make.emission(2), make.bought("c", 0.5)),
        make.process("c", make.emission(4), make.bought("a", 0.5)),
    )
    assert impacts["a"].kg_co2e == exactly(24 / 7)
    assert impacts["b"].kg_co2e == exactly(34 / 7)
    assert impacts["c"].kg_co2e == exactly(40 / 7)


def test_two_loops_that_share_a_firm_are_solved() -> None:
    # a = 1 + 0.2 b + 0.3 c, b = 0.5 a, c = a: a = 1 + 0.4 a, so a = 5/3.
    impacts = solve(
        make.process("a", make.emission(1), make.bought("b", 0.2), make.bought("c", 0.3)),
        make.process("b", make.bought("a", 0.5)),
        make.process("c", make.bought("a", 1)),
    )
    assert impacts["a"].kg_co2e == exactly(5 / 3)
    assert impacts["b"].kg_co2e == exactly(5 / 6)


def test_one_supplier_reached_on_two_ways_counts_once_a_way() -> None:
    # a takes 2 b and 3 c, both take 5 d of 7 kg CO2e: (2 + 3) x 5 x 7.
    impacts = solve(
        make.process("a", make.bought("b", 2), make.bought("c", 3)),
        make.process("b", make.bought("d", 5)),
        make.process("c", make.bought("d", 5)),
        make.process("d", make.drawn("steel"), organisation="钢厂"),
        steel=7.0,
    )
    assert impacts["a"].kg_co2e == exactly(175)
    assert [part.organisation for part in impacts["a"].by_organisation] == ["钢厂"]


def test_the_primary_data_share_of_the_published_example() -> None:
    # PACT Methodology v3: (800 x 36 % + 2400 x 0 + 90 x 0 + 1000 x 100 %) / 4290 = 30.0 %.
    impact = solve(
        make.process(
            "a",
            make.relied_on("declared", 800),
            make.drawn("material", 2400),
            make.drawn("power", 90),
            make.emission(1000),
        ),
        declared=(make.declared(primary_data_share=0.36),),
        material=1.0,
        power=1.0,
    )["a"]
    assert impact.kg_co2e == exactly(4290)
    assert impact.primary_data_share == exactly(1288 / 4290)
    assert round(impact.primary_data_share, 3) == 0.300


def test_primary_data_share_of_the_published_example_through_a_member() -> None:
    # The same, with the first part made by a member: 288 of 800 measured is 36 %.
    impacts = solve(
        make.process("a", make.bought("part", 2), make.drawn("rest", 2490), make.emission(1000)),
        make.process("part", make.emission(288), make.drawn("rest", 512), amount=2),
        rest=1.0,
    )
    assert impacts["part"].primary_data_share == exactly(0.36)
    assert impacts["a"].primary_data_share == exactly(1288 / 4290)


def test_primary_data_share_goes_round_a_loop() -> None:
    # a = 60 + b and b = 20 + a/2: a = 160, b = 100.
    # s_a = (60 x 1 + 100 s_b) / 160 and s_b = (20 x 0 + 80 s_a) / 100: s_a = 0.75, s_b = 0.6.
    impacts = solve(
        make.process("a", make.emission(60), make.bought("b")),
        make.process("b", make.drawn("steel", 20), make.bought("a", 0.5)),
        steel=1.0,
    )
    assert impacts["a"].primary_data_share == exactly(0.75)
    assert impacts["b"].primary_data_share == exactly(0.6)
    shares = {line.line: line.primary_data_share for line in impacts["a"].by_line}
    assert shares == {"CO2": 1.0, "b": exactly(0.6)}


def test_a_removal_weighs_by_its_magnitude_in_the_primary_data_share() -> None:
    # +30 measured and -10 published: (30 x 1 + 10 x 0) / 40.
    impact = solve(make.process("a", make.emission(30), make.drawn("credit")), credit=-10.0)["a"]
    assert impact.kg_co2e == exactly(20)
    assert impact.primary_data_share == exactly(0.75)


def test_an_emission_that_was_not_measured_is_no_primary_data() -> None:
    impact = solve(make.process("a", make.emission(3), make.emission(1, primary=False)))["a"]
    assert impact.primary_data_share == exactly(0.75)


def test_the_screening_share_passes_through_the_chain() -> None:
    # b: 3 measured and 1 screened, a quarter; a: 4 measured and one b of 4, an eighth.
    impacts = solve(
        make.process("a", make.emission(4), make.bought("b")),
        make.process("b", make.emission(3), make.drawn("proxy", screening=True)),
        proxy=1.0,
    )
    assert impacts["b"].screening_share == exactly(0.25)
    assert impacts["a"].screening_share == exactly(0.125)


def test_a_gap_is_scaled_to_one_unit_of_the_product() -> None:
    # 10 a take 5 b, 2 b leave 3 kg unknown, at most 4 kg CO2e each: 0.5 x 1.5 = 0.75 kg, 3 kg CO2e.
    impacts = solve(
        make.process("a", make.bought("b", 5), amount=10),
        make.process("b", make.gap("copper", 3, upper=4), amount=2),
    )
    (gap,) = impacts["a"].gaps
    assert (gap.product, gap.line, gap.unit) == ("b", "copper", "kg")
    assert gap.amount == exactly(0.75)
    assert gap.upper_kg_co2e == exactly(3.0)
    assert impacts["a"].kg_co2e == 0


def test_a_gap_inside_a_loop_is_counted_as_often_as_the_loop_turns() -> None:
    # As in the loop of two firms, one a needs 0.625 b.
    impacts = solve(
        make.process("a", make.bought("b", 0.5)),
        make.process("b", make.bought("a", 0.4), make.gap("nickel", 8)),
    )
    (gap,) = impacts["a"].gaps
    assert gap.amount == exactly(5.0)
    assert gap.upper_kg_co2e is None


def test_a_gap_of_somebody_elses_chain_is_not_ours() -> None:
    impacts = solve(
        make.process("a", make.emission(1), make.gap("secret")),
        make.process("b", make.emission(1)),
    )
    assert impacts["b"].gaps == ()


def test_what_a_co_product_without_share_draws_on_is_not_in_it() -> None:
    impacts = solve(
        make.process("waste", make.bought("b", 0.0)),
        make.process("b", make.emission(1), make.gap("secret"), make.bought("b", 0.1)),
    )
    assert impacts["waste"].kg_co2e == 0
    assert impacts["waste"].gaps == ()
    assert impacts["waste"].by_organisation == ()


def test_a_declared_footprint_is_answered_for_by_its_owner() -> None:
    # 3 kg of 2 kg CO2e declared by one firm, 1 kg CO2e emitted and 4 bought by another.
    impact = solve(
        make.process(
            "a",
            make.relied_on("declared", 3),
            make.emission(1),
            make.drawn("steel"),
            organisation="maker",
        ),
        declared=(make.declared(kg_co2e=2, organisation="owner"),),
        steel=4.0,
    )["a"]
    assert impact.by_organisation == (
        OrganisationImpact("owner", 0.0, 0.0, 6.0),
        OrganisationImpact("maker", 1.0, 4.0, 0.0),
    )


def test_a_member_may_own_a_declaration_too() -> None:
    impact = solve(
        make.process("a", make.relied_on(), make.emission(1), organisation="firm"),
        declared=(make.declared(kg_co2e=2, organisation="firm"),),
    )["a"]
    assert impact.by_organisation == (OrganisationImpact("firm", 1.0, 0.0, 2.0),)


def test_fuel_burnt_on_site_is_told_apart_from_what_is_bought() -> None:
    impact = solve(
        make.process(
            "a", make.drawn("burning", 2, on_site=True), make.drawn("supply", 2), organisation="a"
        ),
        burning=3.0,
        supply=0.5,
    )["a"]
    assert impact.by_organisation == (OrganisationImpact("a", 6.0, 1.0, 0.0),)


def test_biogenic_carbon_stands_beside_the_total() -> None:
    impact = solve(make.process("a", make.emission(5, "CO2_biogenic"), make.emission(1)))["a"]
    assert impact.kg_co2e == 1.0
    assert impact.biogenic_co2_kg == 5.0
    assert impact.by_gas == {"CO2": 1.0}


def test_the_first_test_case_of_bw2calc() -> None:
    # bw2calc 3.1.0, basic_fixture: product 1 takes half a product 2 and emits 1; CF 1.
    impacts = solve(make.process("1", make.bought("2", 0.5), make.emission(1)), make.process("2"))
    assert impacts["1"].kg_co2e == 1.0
    assert impacts["2"].kg_co2e == 0.0


def test_the_static_value_of_the_monte_carlo_case_of_bw2calc() -> None:
    # bw2calc 3.1.0, mc_basic: 1 x 1 + 0.5 x 0.1 x 2 = 1.1, with CFs 1 and 2.
    flows = {"first": 1.0, "second": 2.0}
    library = replace(
        make.library(),
        characterisations={"CASE": Characterisation("CASE", flows)},
        gases={flow: Gas(flow, make.text(flow)) for flow in flows},
    )
    inventory: Inventory = make.inventory(
        make.process("3", make.bought("4", 0.5), make.emission(1, "first")),
        make.process("4", make.emission(0.1, "second")),
    )
    calculation = calculate(inventory, library, characterisation="CASE")
    assert calculation.impacts["3"].kg_co2e == exactly(1.1)
