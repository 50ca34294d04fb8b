"""What is only told otherwise in one of two versions is nobody's reduction."""

from dataclasses import replace

import pytest

from lca_models.facts.stages import Stage
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import Emission, Exchange, Gap, Inventory, Need, Process
from tests import make
from tests.lca_models.two_versions import (
    LIBRARY,
    bought_from,
    carried,
    causes_of,
    change_of,
    need,
    only,
    powered,
)

STEADY = make.emission(1, "N2O")


def relying(*declared: tuple[str, float]) -> Inventory:
    """A kilogram of the mill's steel by each of its declarations, with their kg CO2e per kg."""
    drawn = [make.relied_on(name, line=name) for name, _ in declared]
    needs = [Need(e.line, Stage.MATERIALS, "steel", 1, "kg", (e.supplier,)) for e in drawn]
    return make.inventory(
        replace(make.process("product", *drawn), needs=tuple(needs)),
        declared=tuple(make.declared(name, kg, organisation="mill") for name, kg in declared),
    )


def test_a_declaration_told_per_tonne_has_not_changed() -> None:
    def chain(unit: str, kg_co2e: float, amount: float) -> Inventory:
        declared = replace(make.declared("epd", kg_co2e), unit=unit)
        bought = bought_from(make.relied_on("epd"), 2)
        exchange = replace(bought.exchanges[0], amount=amount)
        return make.inventory(replace(bought, exchanges=(exchange,)), declared=(declared,))

    causes = change_of(chain("kg", 2.0, 2.0), chain("t", 2000.0, 0.002)).causes
    assert causes == pytest.approx({}, abs=1e-12)


@pytest.mark.parametrize("step", [1, -1])
def test_of_several_declarations_by_one_owner_nothing_tells_which_was_renewed(step: int) -> None:
    before = relying(*(("steel 1", 2.0), ("steel 2", 1.0))[::step])
    after = relying(("steel 3", 0.6), ("steel 4", 1.2))
    assert change_of(before, after).causes == only(Driver.DATA_COVERAGE, -1.2)


def test_a_published_value_in_the_place_of_a_measurement_is_data_coverage() -> None:
    clinker = make.drawn("landfill", 5, line="kiln", stage=Stage.DIRECT)
    needs = (Need("kiln", Stage.DIRECT, "clinker", 5, "kg", (clinker.supplier,), "clinker"),)
    measured = make.process("product", make.emission(5), STEADY)
    published = replace(make.process("product", clinker, STEADY), needs=needs)
    assert causes_of(measured, published) == only(Driver.DATA_COVERAGE, 5 * 0.4 - 5)
    assert causes_of(published, measured) == only(Driver.DATA_COVERAGE, 5 - 5 * 0.4)


def test_a_material_that_becomes_a_gap_under_another_name_is_data_coverage() -> None:
    unknown = Need("alloy", Stage.MATERIALS, "alloy", 5, "kg")
    gap = Gap("alloy", Stage.MATERIALS, 5, "kg")
    before = bought_from(make.drawn("steel"), 5)
    after = replace(make.process("product", gap), needs=(unknown,))
    before, after = (replace(p, emissions=(STEADY,)) for p in (before, after))
    assert causes_of(before, after) == only(Driver.DATA_COVERAGE, -10.0)
    assert causes_of(after, before) == only(Driver.DATA_COVERAGE, 10.0)


def test_a_product_under_another_id_hides_no_other_allocation() -> None:
    def chain(name: str, share: float, method: str) -> Inventory:
        steel = replace(
            powered(("grid", 10 * share)),
            product=name,
            organisation="mill",
            share=share,
            allocation=method,
            mass_share=0.5,
        )
        return make.inventory(bought_from(make.bought(name)), steel)

    change = change_of(chain("steel", 0.5, "mass"), chain("green steel", 0.4, "economic"))
    assert change.causes == only(Driver.DATA_COVERAGE, -0.6)


def test_a_second_product_of_the_same_mill_is_still_a_choice() -> None:
    grades = [
        make.process(name, make.emission(kg), organisation="mill")
        for name, kg in (("grey steel", 3.0), ("green steel", 2.0))
    ]
    causes = causes_of(
        bought_from(make.bought("grey steel")), bought_from(make.bought("green steel")), *grades
    )
    assert causes == only(Driver.SUPPLIER_SWITCH, -1.0)


def run_of_two(alone: float, kwh: float = 10.0, by_product: str = "by-product") -> Inventory:
    """A run of two equal products by mass, of whose power one bears so many kWh alone."""
    shared = (kwh - alone) / 2
    this = (("grid", shared, "hall 1", False),)
    that = (*this, ("grid", alone, "hall 2", True)) if alone else this
    processes = []
    for name, lines in (("product", this), (by_product, that)):
        drawn: list[Exchange | Emission] = [STEADY]
        needs = []
        for source, amount, label, is_alone in lines:
            drawn.append(make.drawn(source, amount, line=label, stage=Stage.ENERGY))
            covers = need("electricity", amount, source, line=label, cover="grid")
            needs.append(replace(covers, alone=is_alone))
        process = replace(
            make.process(name, *drawn, organisation="firm"),
            needs=tuple(needs),
            share=0.5,
            allocation="mass",
            mass_share=0.5,
            run="product",
        )
        processes.append(process)
    return make.inventory(*processes)


@pytest.mark.parametrize("alone", [4.0, 10.0])
def test_a_line_that_comes_to_serve_the_other_product_alone_is_method(alone: float) -> None:
    causes = change_of(run_of_two(0.0), run_of_two(alone)).causes
    assert causes == only(Driver.METHOD, -0.6 * alone / 2)
    causes = change_of(run_of_two(alone), run_of_two(0.0)).causes
    assert causes == only(Driver.METHOD, 0.6 * alone / 2)


def test_a_line_that_a_new_product_of_the_run_takes_over_is_method() -> None:
    before, after = run_of_two(0.0), run_of_two(4.0, by_product="another")
    assert change_of(before, after).causes == only(Driver.METHOD, -1.2)


def test_a_line_that_always_served_the_other_product_is_no_matter_of_this_one() -> None:
    causes = change_of(run_of_two(4.0), run_of_two(2.0, kwh=8.0)).causes
    assert causes == {}


def test_a_leg_that_is_added_is_transport() -> None:
    bought, way = bought_from(make.drawn("steel"), 5), carried("road", 2, 50)
    with_leg = replace(
        bought, exchanges=bought.exchanges + way.exchanges, needs=bought.needs + way.needs
    )
    assert causes_of(bought, with_leg) == only(Driver.TRANSPORT, 10.0)


def test_a_line_that_goes_with_its_freight_is_listed() -> None:
    way = carried("road", 2, 50)
    bought = bought_from(make.drawn("steel"), 5)
    before = replace(
        bought,
        exchanges=bought.exchanges + way.exchanges,
        needs=bought.needs + way.needs,
        emissions=(STEADY,),
    )
    change = change_of(make.inventory(before), make.inventory(make.process("product", STEADY)))
    assert change.causes == only(Driver.MATERIAL_AMOUNTS, -20.0)
    assert [(n.name, n.stage, n.came) for n in change.one_sided] == [
        ("steel", Stage.MATERIALS, False),
        ("steel", Stage.TRANSPORT_INBOUND, False),
    ]
    assert [n.kg_co2e for n in change.one_sided] == pytest.approx([-10.0, -10.0])


def test_what_is_no_performance_is_not_listed_among_the_lines_to_check() -> None:
    silent = make.process("product", make.drawn("steel", screening=True))
    change = change_of(make.inventory(silent), make.inventory(powered(("grid", 1))))
    assert change.causes == only(Driver.DATA_COVERAGE, 0.6 - 2.0)
    assert change.one_sided == ()


def test_a_firms_own_doing_stays_its_own_where_goods_come_back_to_it() -> None:
    def chain(kwh: float) -> Inventory:
        part: Process = replace(powered(("grid", kwh)), product="part", organisation="firm")
        module = make.process("module", make.bought("part", 2))
        product = make.process("product", make.bought("module", 3), organisation="firm")
        return make.inventory(product, module, part)

    change = change_of(chain(5), chain(4))
    assert change.causes == only(Driver.ENERGY_INTENSITY, 3 * 2 * -0.6)
    assert change.supplied == {}


def test_a_factor_published_per_tonne_is_no_performance() -> None:
    later = LIBRARY.with_factors(make.factor("steel", 1900.0, "t"))
    kilograms = bought_from(make.drawn("steel"), 5)
    tonnes = replace(kilograms, exchanges=(replace(kilograms.exchanges[0], amount=0.005),))
    change = change_of(
        make.inventory(kilograms), make.inventory(tonnes), libraries=(LIBRARY, later)
    )
    assert change.causes == only(Driver.FACTOR_VERSION, -0.5)


@pytest.mark.parametrize("wild", [1e-12, 1e-6, 1e6, 1e12])
def test_an_amount_that_slips_by_many_orders_is_still_told(wild: float) -> None:
    def chain(steel: float, bought: float) -> Inventory:
        product = make.process("product", make.bought("steel", bought), make.emission(1))
        return make.inventory(product, make.process("steel", make.emission(steel)))

    before, after = chain(3 * wild, 1e-9 / wild), chain(2.0 / wild, 0.7)
    change, back = change_of(before, after), change_of(after, before)
    largest = max(map(abs, change.causes.values()))
    assert abs(sum(change.causes.values()) - change.kg_co2e) <= 1e-9 * largest
    assert change.causes == pytest.approx({cause: -kg for cause, kg in back.causes.items()})
