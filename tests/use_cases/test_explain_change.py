"""Two versions of a chain as suppliers tell it: each change of a line has its one cause."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from lca_models.impacts.change import Driver
from lca_models.inventory.allocation import AllocationMethod
from service.domain.chain import Chain
from service.domain.errors import UnknownProductError
from service.domain.submission import (
    DeclaredSupply,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    Line,
    MemberProduct,
    NamedMaterial,
    ProcessEmission,
    Transport,
    TransportLeg,
    Waste,
)
from service.use_cases.explain_change import GivenVersion, explain_chain_change
from tests import make

LIBRARY = load_library()


def one_firm(*lines: Line) -> Chain:
    return make.chain_of((make.product(),), (make.submission("product", *lines),))


def causes_of(before: Chain, after: Chain) -> Mapping[Driver, float]:
    versions = (GivenVersion(chain, LIBRARY) for chain in (before, after))
    (change,) = explain_chain_change(*versions, products=["product"]).changes
    assert sum(change.causes.values()) == pytest.approx(change.kg_co2e)
    return change.causes


def power(source: ElectricitySource, kwh: str = "10 kWh", label: str = "meter") -> Electricity:
    technology = None if source is ElectricitySource.GRID else "pv"
    return Electricity(label, make.amount_of(kwh), source, technology)


def leg(mode: str = "road", distance: str = "500 km") -> TransportLeg:
    return TransportLeg(mode, make.amount_of(distance))


def steel(quantity: str, *legs: TransportLeg, factor: str = "steel_hrc") -> Input:
    supply = NamedMaterial(factor)
    return Input("line 1", "Steel coil", make.amount_of(quantity), supply, legs=legs)


def slag(quantity: str, treatment: str = "landfill", *legs: TransportLeg) -> Waste:
    return Waste("slag", "slag", treatment, make.amount_of(quantity), legs)


GRID, SUN = ElectricitySource.GRID, ElectricitySource.ON_SITE
TRUCK = Transport("milk run", TransportLeg("road", Quantity(100, "km"), Quantity(2, "t")))


@pytest.mark.parametrize(
    ("before", "after", "driver"),
    [
        (power(GRID), power(SUN), Driver.ENERGY_MIX),
        (power(GRID), power(GRID, "0.009 MWh", "new meter"), Driver.ENERGY_INTENSITY),
        (
            Fuel("boiler", "natural_gas", make.amount_of("10 m3")),
            Fuel("boiler", "natural_gas", make.amount_of("9 m3")),
            Driver.ENERGY_INTENSITY,
        ),
        (
            Fuel("boiler", "lignite", make.amount_of("1 GJ")),
            Fuel("burner", "anthracite", make.amount_of("1000 MJ")),
            Driver.ENERGY_MIX,
        ),
        (
            Fuel("steam", "heat", make.amount_of("1 GJ")),
            Fuel("steam", "heat", make.amount_of("0.9 GJ")),
            Driver.ENERGY_INTENSITY,
        ),
        (steel("5 kg"), steel("0.004 t"), Driver.MATERIAL_AMOUNTS),
        (steel("5 kg", leg()), steel("4 kg", leg()), Driver.MATERIAL_AMOUNTS),
        (steel("5 kg", leg()), steel("5 kg", leg("rail")), Driver.TRANSPORT),
        (steel("5 kg", leg()), steel("5 kg", leg("road", "300 km")), Driver.TRANSPORT),
        (
            steel("5 kg", leg(), leg("rail")),
            steel("5 kg", leg("rail", "1000 km")),
            Driver.TRANSPORT,
        ),
        (steel("5 kg"), steel("5 kg", factor="steel_plate"), Driver.FACTOR_VERSION),
        (steel("5 kg", factor="unobtainium"), steel("5 kg"), Driver.DATA_COVERAGE),
        (slag("5 kg"), slag("3 kg"), Driver.WASTE),
        (slag("5 kg"), slag("5 kg", "energy_recovery"), Driver.WASTE),
        (
            slag("5 kg", "landfill", leg()),
            slag("5 kg", "landfill", leg("rail")),
            Driver.TRANSPORT,
        ),
        (steel("5 kg"), steel("5 kg", leg()), Driver.TRANSPORT),
        (
            TRUCK,
            replace(TRUCK, leg=replace(TRUCK.leg, mass=Quantity(1, "t"))),
            Driver.MATERIAL_AMOUNTS,
        ),
        (
            ProcessEmission("kiln", "clinker", make.amount_of("5 kg")),
            ProcessEmission("kiln", "clinker", make.amount_of("4 kg")),
            Driver.PROCESS_EMISSIONS,
        ),
        (make.own_emission("5 kg"), make.own_emission("4 kg"), Driver.PROCESS_EMISSIONS),
    ],
)
def test_one_line_that_changes_has_one_cause(before: Line, after: Line, driver: Driver) -> None:
    steady = make.own_emission("1 kg", "N2O")
    assert set(causes_of(one_firm(before, steady), one_firm(after, steady))) == {driver}


def test_a_change_of_one_line_leaves_the_meter_beside_it_alone() -> None:
    # 10 kWh of grid power at two meters are 10 kWh at one.
    meters = (power(GRID, "4 kWh", "hall 1"), power(GRID, "6 kWh", "hall 2"))
    assert causes_of(one_firm(*meters), one_firm(power(GRID))) == {}


def test_power_with_a_certificate_is_energy_mix() -> None:
    certified = Electricity(
        "meter", make.amount_of("10 kWh"), ElectricitySource.CERTIFIED, certificate_id="certificate"
    )
    after = replace(one_firm(certified), certificates=(make.certificate(),))
    assert set(causes_of(one_firm(power(GRID)), after)) == {Driver.ENERGY_MIX}


def bought(product_id: str, *, declared: bool = False) -> Chain:
    """A product of 2 kg steel from one of two mills, or by the footprint that a mill declares."""
    products = (make.product(), make.product("a", "mill a"), make.product("b", "mill b"))
    supply = DeclaredSupply("declared") if declared else MemberProduct(product_id)
    submissions = (
        make.submission("product", make.line(supply, "2 kg", label="steel")),
        make.submission("a", make.own_emission("3 kg")),
        make.submission("b", make.own_emission("2 kg")),
    )
    declarations = (make.declaration(owner="mill a"),)
    return make.chain_of(products, submissions, declarations=declarations)


def test_another_mill_is_a_supplier_switch() -> None:
    assert causes_of(bought("a"), bought("b")) == pytest.approx({Driver.SUPPLIER_SWITCH: -2.0})


def test_a_mill_that_gives_data_after_a_declaration_is_no_supplier_switch() -> None:
    declared = bought("a", declared=True)
    assert set(causes_of(declared, bought("a"))) == {Driver.DATA_COVERAGE}
    assert set(causes_of(declared, bought("b"))) == {Driver.SUPPLIER_SWITCH}


def shared(method: AllocationMethod, by_product_kg: str = "1 kg", kwh: str = "10 kWh") -> Chain:
    products = (make.product(), make.product("by-product"))
    submission = make.submission(
        "product",
        power(GRID, kwh),
        makes=make.output("product", "1 kg", value=3.0),
        co_products=(make.output("by-product", by_product_kg, value=1.0),),
        allocation=method,
    )
    return make.chain_of(products, (submission,))


def test_another_allocation_of_a_run_is_method() -> None:
    by_mass, by_value = shared(AllocationMethod.MASS), shared(AllocationMethod.ECONOMIC)
    assert set(causes_of(by_mass, by_value)) == {Driver.METHOD}


def test_a_longer_run_for_more_of_the_by_product_changes_nothing() -> None:
    small, large = (
        shared(AllocationMethod.MASS, kg, kwh)
        for kg, kwh in (("1 kg", "10 kWh"), ("3 kg", "20 kWh"))
    )
    assert causes_of(small, large) == {}


def test_a_meter_that_comes_to_serve_the_by_product_alone_is_method() -> None:
    def run(serves: str | None) -> Chain:
        meter = power(GRID, "6 kWh", "hall 2")
        lines = (power(GRID, "4 kWh"), replace(meter, notes=replace(meter.notes, serves=serves)))
        made = make.output("by-product", "1 kg")
        submission = make.submission(
            "product", *lines, co_products=(made,), allocation=AllocationMethod.MASS
        )
        return make.chain_of((make.product(), make.product("by-product")), (submission,))

    assert set(causes_of(run(None), run("by-product"))) == {Driver.METHOD}


def test_a_material_that_is_renamed_into_a_gap_is_data_coverage() -> None:
    renamed = replace(steel("5 kg", factor="unobtainium"), name="alloy", label="line 7")
    steady = make.own_emission("1 kg", "N2O")
    causes = causes_of(one_firm(steel("5 kg"), steady), one_firm(renamed, steady))
    assert set(causes) == {Driver.DATA_COVERAGE}


def test_products_are_those_of_the_lead_firm_unless_others_are_named() -> None:
    before, after = GivenVersion(make.chain(2), LIBRARY), GivenVersion(make.chain(3), LIBRARY)
    compared = explain_chain_change(before, after)
    assert [change.product for change in compared.changes] == ["product 1"]
    named = explain_chain_change(before, after, products=["product 3"])
    assert (named.changes[0].kg_co2e, named.changes[0].in_both) == (0.0, False)
    with pytest.raises(UnknownProductError, match="product 4"):
        explain_chain_change(before, after, products=["product 4"])


def test_what_was_sold_adds_volume() -> None:
    before, after = GivenVersion(make.chain(2), LIBRARY), GivenVersion(make.chain(2), LIBRARY)
    (change,) = explain_chain_change(before, after, sold={"product 1": (10, 12)}).changes
    assert change.sales is not None
    assert change.sales.causes == pytest.approx({Driver.VOLUME: 2 * 3.0})
