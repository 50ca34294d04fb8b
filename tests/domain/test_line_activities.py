"""Every kind of line draws on what the method says, worked by hand from published factors."""

import pytest

from lca_models.activities.electricity import ElectricityView
from lca_models.errors import FactorNotForFootprintsError
from lca_models.facts.library import load_library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity
from lca_models.impacts.impact import Impact
from service.domain.product import Product
from service.domain.submission import (
    BackgroundSupply,
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
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

LIBRARY = load_library()
# Published values, kg CO2e per unit, as the shipped library has them.
COIL, REBAR, LORRY_30T, RAIL = 2.31, 2.34, 0.078, 0.01
GRID, WIND, DELIVERY = 0.5777, 0.0324, 0.0327
GAS_BURNT, GAS_SUPPLY = 2.16441, 0.3366
GAS_MJ = 38.931
LANDFILL = 0.520533
ROUND = 1e-5  # burnt gas is the sum of its gases, and was published rounded


def solve(*lines: Line, other: Product | None = None) -> Impact:
    """One kilogram of a product with these lines, beside a supplier of 2 kg CO2 a unit."""
    part = other or make.product("part", "supplier")
    makes = make.output("part", f"1 {part.declared.unit}")
    chain = make.chain_of(
        (make.product(), part),
        (
            make.submission("product", *lines),
            make.submission("part", make.own_emission("2 kg"), makes=makes),
        ),
        declarations=(make.declaration(gases={"CO2": 3.0}, primary_data_share=0.5),),
        certificates=(make.certificate(),),
    )
    return calculate_footprints(chain, LIBRARY).footprints["product"].impact


def leg(mode: str, km: float, mass: str | None = None) -> TransportLeg:
    carried = None if mass is None else make.amount_of(mass)
    return TransportLeg(mode, Quantity(km, "km"), carried)


def bought(
    quantity: str = "1 kg", *, loss_share: float = 0.0, legs: tuple[TransportLeg, ...] = ()
) -> Line:
    return Input(
        label="part",
        name="part",
        quantity=make.amount_of(quantity),
        supply=MemberProduct("part"),
        loss_share=loss_share,
        legs=legs,
    )


WORKED: dict[str, tuple[Line, dict[Stage, float]]] = {
    "a material by its name": (
        make.line(NamedMaterial("热轧卷板"), "3 kg"),
        {Stage.MATERIALS: 3 * COIL},
    ),
    "a factor by its id": (
        make.line(BackgroundSupply("gb51366-rebar"), "2 t"),
        {Stage.MATERIALS: 2000 * REBAR},
    ),
    "packaging": (
        make.line(NamedMaterial("热轧卷板"), "2 kg", packaging=True),
        {Stage.PACKAGING: 2 * COIL},
    ),
    "a member's product": (bought("4 kg"), {Stage.MATERIALS: 8.0}),
    "a declared footprint": (
        make.line(DeclaredSupply("declared"), "500 g"),
        {Stage.MATERIALS: 1.5},
    ),
    # 0.8 kg net of a fifth lost is 1 kg gross
    "losses on the way": (bought("0.8 kg", loss_share=0.2), {Stage.MATERIALS: 2.0}),
    # the gross kilogram travels 100 km by road and 1000 km by rail
    "losses that travel": (
        bought("0.8 kg", loss_share=0.2, legs=(leg("road", 100), leg("铁路", 1000))),
        {
            Stage.MATERIALS: 2.0,
            Stage.TRANSPORT_INBOUND: 0.001 * (100 * LORRY_30T + 1000 * RAIL),
        },
    ),
    "a leg with a mass of its own": (
        bought("1 kg", legs=(leg("road", 100, "3 t"),)),
        {Stage.MATERIALS: 2.0, Stage.TRANSPORT_INBOUND: 300 * LORRY_30T},
    ),
    "freight of no single input": (
        Transport("freight", leg("road", 250, "2 t")),
        {Stage.TRANSPORT_INBOUND: 500 * LORRY_30T},
    ),
    "gas by volume": (
        Fuel("gas", "天然气", Quantity(10, "m3")),
        {Stage.ENERGY: 10 * (GAS_BURNT + GAS_SUPPLY)},
    ),
    "gas by energy": (
        Fuel("gas", "natural gas", Quantity(10 * GAS_MJ / 1000, "GJ")),
        {Stage.ENERGY: 10 * (GAS_BURNT + GAS_SUPPLY)},
    ),
    "power from the grid": (
        Electricity("power", Quantity(1, "MWh"), ElectricitySource.GRID),
        {Stage.ENERGY: 1000 * GRID},
    ),
    "power from the own roof": (
        Electricity("power", Quantity(10, "kWh"), ElectricitySource.ON_SITE, technology="风电"),
        {Stage.ENERGY: 10 * WIND},
    ),
    "power with certificates": (
        Electricity(
            "power",
            Quantity(10, "kWh"),
            ElectricitySource.CERTIFIED,
            certificate_id="certificate",
        ),
        {Stage.ENERGY: 10 * (WIND + DELIVERY)},
    ),
    "an own emission": (make.own_emission("2 kg", "甲烷（化石）"), {Stage.DIRECT: 2 * 29.8}),
    "waste and its way out": (
        Waste("waste", "waste", "填埋", Quantity(3, "kg"), legs=(leg("road", 100),)),
        {Stage.WASTE: 3 * LANDFILL + 0.3 * LORRY_30T},
    ),
}


@pytest.mark.parametrize(("line", "stages"), WORKED.values(), ids=WORKED)
def test_a_line_is_worth_what_it_draws_on(line: Line, stages: dict[Stage, float]) -> None:
    impact = solve(line)
    found = {stage: kg_co2e for stage, kg_co2e in impact.by_stage.items() if kg_co2e}
    assert found == pytest.approx(stages, rel=ROUND)
    assert impact.kg_co2e == pytest.approx(sum(stages.values()), rel=ROUND)
    assert impact.gaps == ()


def test_pieces_travel_with_the_mass_of_a_piece() -> None:
    # 4 pieces of 25 kg, 100 km by road: 10 tkm.
    piece = make.product("part", "supplier", "piece", mass_kg=25.0)
    impact = solve(bought("4 piece", legs=(leg("road", 100),)), other=piece)
    assert impact.by_stage[Stage.TRANSPORT_INBOUND] == pytest.approx(10 * LORRY_30T)
    assert impact.by_stage[Stage.MATERIALS] == pytest.approx(8.0)


def test_a_mass_of_pieces_is_so_many_pieces() -> None:
    piece = make.product("part", "supplier", "piece", mass_kg=25.0)
    assert solve(bought("100 kg"), other=piece).kg_co2e == pytest.approx(8.0)


@pytest.mark.parametrize("name", ["heat", "Steam", "热力", "蒸汽"])
def test_heat_counts_combustion_and_leaves_its_supply_open(name: str) -> None:
    impact = solve(Fuel("steam", name, Quantity(2, "GJ")))
    assert impact.by_stage[Stage.ENERGY] == pytest.approx(220.0)
    assert [(gap.amount, gap.unit) for gap in impact.gaps] == [(2.0, "GJ")]


def test_air_freight_leaves_the_making_of_its_fuel_open() -> None:
    impact = solve(Transport("flight", leg("air", 1000, "1 t")))
    assert impact.kg_co2e == pytest.approx(531.3)
    assert [(gap.amount, gap.unit) for gap in impact.gaps] == [(1000.0, "tkm")]


@pytest.mark.parametrize("process", ["clinker", "熟料煅烧", "proc-clinker-cn"])
def test_a_process_emits_on_site_by_its_published_factor(process: str) -> None:
    impact = solve(ProcessEmission("kiln", process, Quantity(2, "t")))
    assert impact.by_stage[Stage.DIRECT] == pytest.approx(2000 * 0.535)
    assert impact.by_organisation[0].on_site_kg_co2e == pytest.approx(1070)


PARTIAL = {
    "fuel-natgas-stationary": "Give the line as a fuel.",
    "proc-pigiron": "Give the line as a direct emission of your own process.",
    "tr-defra-air-long": "Give the line as transport.",
    "el-pcf-cn-wind-2024": "Give the line as electricity.",
    "el-pcf-cn-td-2024": "Give the line as electricity.",
    "heat-default-cn": "Give the line as heat.",
    "fuel-firewood-gj-biogenic": "Give the line as a fuel.",
    "cmm-underground-mid": "Give the line as a direct emission by gas.",
    "steel-product-carbon": "Give the CO2 that is left after the balance as a direct emission.",
}


@pytest.mark.parametrize(("factor_id", "cure"), PARTIAL.items(), ids=PARTIAL)
def test_a_factor_of_a_part_never_stands_for_something_bought(factor_id: str, cure: str) -> None:
    with pytest.raises(FactorNotForFootprintsError) as caught:
        LIBRARY.get_supply_factor(factor_id)
    assert cure in caught.value.to_text().en
    assert f"“{factor_id}”" in caught.value.to_text().zh


def test_a_deduction_is_no_process_either() -> None:
    with pytest.raises(FactorNotForFootprintsError, match="deduction from a carbon balance"):
        LIBRARY.find_process("steel-product-carbon")


def test_a_fuel_without_a_published_supply_leaves_that_part_open() -> None:
    impact = solve(Fuel("coke", "焦炭", Quantity(2, "t")))
    assert impact.kg_co2e == pytest.approx(2000 * 2.88054, rel=ROUND)
    (gap,) = impact.gaps
    assert (gap.line, gap.amount, gap.unit, gap.upper_kg_co2e) == ("coke", 2.0, "t", None)


def test_a_material_without_an_open_value_is_a_gap_with_a_bound() -> None:
    # Copper: comparison values of 5.795 and 4.23 kg CO2e/kg; the higher bounds it.
    impact = solve(make.line(NamedMaterial("铜"), "2 t"))
    assert impact.kg_co2e == 0
    (gap,) = impact.gaps
    assert (gap.amount, gap.unit) == (2.0, "t")
    assert gap.upper_kg_co2e == pytest.approx(2000 * 5.795)


def test_a_name_that_is_only_similar_is_a_gap_without_a_bound() -> None:
    impact = solve(make.line(NamedMaterial("热轧卷板材料"), "2 kg"))
    assert impact.kg_co2e == 0
    assert [(gap.amount, gap.upper_kg_co2e) for gap in impact.gaps] == [(2.0, None)]


def test_what_burns_on_site_is_told_apart_from_its_supply() -> None:
    (firm,) = solve(Fuel("gas", "天然气", Quantity(10, "m3"))).by_organisation
    assert firm.on_site_kg_co2e == pytest.approx(10 * GAS_BURNT, rel=ROUND)
    assert firm.purchased_kg_co2e == pytest.approx(10 * GAS_SUPPLY)


def test_shares_of_primary_data_come_from_members_and_declarations() -> None:
    # 2 measured at a supplier, 3 declared with half, 0.5777 from the grid.
    impact = solve(
        bought(),
        make.line(DeclaredSupply("declared"), label="declared"),
        Electricity("power", Quantity(1, "kWh"), ElectricitySource.GRID),
    )
    assert impact.primary_data_share == pytest.approx((2 + 1.5) / 5.5777)


EQUAL: list[tuple[Line, Line]] = [
    (bought("1 t"), bought("1000 kg")),
    (bought("1 t"), bought("1000000 克")),
    (
        Electricity("power", Quantity(1, "MWh"), ElectricitySource.GRID),
        Electricity("power", Quantity(3.6, "GJ"), ElectricitySource.GRID),
    ),
    (
        Electricity("power", Quantity(1000, "度"), ElectricitySource.GRID),
        Electricity("power", Quantity(3600, "兆焦"), ElectricitySource.GRID),
    ),
    (
        Electricity("power", Quantity(0.1, "万千瓦时"), ElectricitySource.GRID),
        Electricity("power", Quantity(1000, "kWh"), ElectricitySource.GRID),
    ),
    (Fuel("g", "gas", Quantity(1000, "L")), Fuel("g", "gas", Quantity(1, "标准立方米"))),
    (Fuel("g", "gas", Quantity(1, "tce")), Fuel("g", "gas", Quantity(29.3076, "GJ"))),
    (Fuel("s", "heat", Quantity(1, "百万千焦")), Fuel("s", "heat", Quantity(1000, "MJ"))),
    (
        Transport("f", leg("road", 100, "2 t")),
        Transport("f", TransportLeg("road", Quantity(1e5, "m"), Quantity(2000, "kg"))),
    ),
]


@pytest.mark.parametrize(("first", "second"), EQUAL)
def test_the_unit_in_which_an_amount_is_told_changes_nothing(first: Line, second: Line) -> None:
    assert solve(first).kg_co2e == pytest.approx(solve(second).kg_co2e, rel=1e-12)


def test_views_of_electricity_are_named_as_the_standards_name_them() -> None:
    assert [view.value for view in ElectricityView] == ["market_based", "location_based"]
