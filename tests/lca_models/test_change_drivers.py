"""Each single deed between two versions of a chain shows up under its driver and no other."""

from dataclasses import replace

import pytest

from lca_models.facts.stages import Stage
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import Inventory, Process
from tests import make
from tests.lca_models.two_versions import (
    MILL,
    OTHER_MILL,
    bought_from,
    carried,
    causes_of,
    change_of,
    need,
    only,
    powered,
)


def test_solar_for_grid_power_is_energy_mix() -> None:
    causes = causes_of(powered(("grid", 10)), powered(("grid", 4), ("pv", 6)))
    assert causes == only(Driver.ENERGY_MIX, -3.0)


def test_less_of_the_same_power_is_energy_intensity() -> None:
    mixed = powered(("grid", 6), ("pv", 4))
    assert causes_of(mixed, powered(("grid", 3), ("pv", 2))) == only(Driver.ENERGY_INTENSITY, -2.0)


def test_less_and_greener_power_is_split_by_logarithmic_means() -> None:
    # 10 kWh at 0.6 become 5 kWh at 0.3: each halves the 6 kg, so each has half of the 4.5 kg.
    causes = causes_of(powered(("grid", 10)), powered(("grid", 2), ("pv", 3)))
    assert causes == pytest.approx({Driver.ENERGY_INTENSITY: -2.25, Driver.ENERGY_MIX: -2.25})


def test_certified_power_is_one_cover_with_what_delivers_it() -> None:
    drawn = (make.drawn(n, 10, line="green", stage=Stage.ENERGY) for n in ("pv", "delivery"))
    covers = need("electricity", 10, "pv", "delivery", line="green", cover="certified pv")
    green = replace(make.process("product", *drawn), needs=(covers,))
    assert causes_of(powered(("grid", 10)), green) == only(Driver.ENERGY_MIX, 1.5 - 6.0)


def test_less_steel_is_material_efficiency() -> None:
    causes = causes_of(bought_from(make.drawn("steel"), 5), bought_from(make.drawn("steel"), 4))
    assert causes == only(Driver.MATERIAL_AMOUNTS, -2.0)


def test_rail_for_road_is_transport() -> None:
    assert causes_of(carried("road", 2, 50), carried("rail", 2, 50)) == only(Driver.TRANSPORT, -8.0)


def test_a_longer_way_is_transport() -> None:
    assert causes_of(carried("road", 2, 50), carried("road", 2, 70)) == only(Driver.TRANSPORT, 4.0)


def test_less_freight_on_the_same_way_is_material_efficiency() -> None:
    causes = causes_of(carried("road", 2, 50), carried("road", 1, 50))
    assert causes == only(Driver.MATERIAL_AMOUNTS, -5.0)


def test_another_supplier_is_a_supplier_switch() -> None:
    causes = causes_of(
        bought_from(make.bought("mill's steel")),
        bought_from(make.bought("other mill's steel")),
        MILL,
        OTHER_MILL,
    )
    assert causes == only(Driver.SUPPLIER_SWITCH, -1.0)


def test_a_new_supplier_is_compared_price_against_price() -> None:
    change = change_of(
        make.inventory(bought_from(make.bought("mill's steel")), MILL),
        make.inventory(bought_from(make.bought("other mill's steel")), OTHER_MILL),
    )
    assert change.causes == only(Driver.SUPPLIER_SWITCH, -1.0)


def test_less_from_another_supplier_is_both() -> None:
    # 2 kg at 3 become 1 kg at 2: L(6, 2) = 4 / ln 3, times ln 2 and ln 1.5.
    causes = causes_of(
        bought_from(make.bought("mill's steel"), 2),
        bought_from(make.bought("other mill's steel"), 1),
        MILL,
        OTHER_MILL,
    )
    assert causes == pytest.approx(
        {Driver.MATERIAL_AMOUNTS: -2.5237190142858297, Driver.SUPPLIER_SWITCH: -1.4762809857141703}
    )


def test_what_a_supplier_two_tiers_up_did_is_supplier_improvement() -> None:
    def chain(kwh: float) -> Inventory:
        ore = replace(powered(("grid", kwh)), product="ore", organisation="mine")
        steel = make.process("steel", make.bought("ore", 2))
        return make.inventory(make.process("product", make.bought("steel", 3)), steel, ore)

    change = change_of(chain(5), chain(4))
    assert change.causes == only(Driver.SUPPLIER_IMPROVEMENT, 3 * 2 * -0.6)
    assert change.supplied == only(Driver.ENERGY_INTENSITY, -3.6)
    (mine,) = change.organisations
    assert (mine.organisation, mine.causes) == ("mine", only(Driver.ENERGY_INTENSITY, -3.6))


def test_what_happened_at_another_process_of_the_firm_is_its_own() -> None:
    def chain(kwh: float) -> Inventory:
        part = replace(powered(("grid", kwh)), product="part", organisation="firm")
        product = make.process("product", make.bought("part"), organisation="firm")
        return make.inventory(product, part)

    assert change_of(chain(5), chain(4)).causes == only(Driver.ENERGY_INTENSITY, -0.6)


@pytest.mark.parametrize("later", ["epd", "epd of the next year"])
def test_a_footprint_that_its_owner_declares_anew_is_supplier_improvement(later: str) -> None:
    def chain(declaration: str, kg_co2e: float) -> Inventory:
        declared = make.declared(declaration, kg_co2e, organisation="mill")
        return make.inventory(bought_from(make.relied_on(declaration), 2), declared=(declared,))

    change = change_of(chain("epd", 2.0), chain(later, 1.5))
    assert change.causes == only(Driver.SUPPLIER_IMPROVEMENT, -1.0)
    assert [firm.organisation for firm in change.organisations] == ["mill"]


def treated(kg: float, treatment: str = "landfill") -> Process:
    drawn = make.drawn(treatment, kg, line="slag", stage=Stage.WASTE)
    covers = need("slag", kg, treatment, line="slag", stage=Stage.WASTE, cover=treatment)
    return replace(make.process("product", drawn), needs=(covers,))


def test_less_waste_or_another_treatment_is_waste_treatment() -> None:
    assert causes_of(treated(5), treated(3)) == only(Driver.WASTE, -0.8)
    assert causes_of(treated(5), treated(5, "steel")) == only(Driver.WASTE, 8.0)


def test_what_a_process_emits_less_is_process_emissions() -> None:
    before = make.process("product", make.emission(5), make.emission(0.5, "SF6"))
    after = make.process("product", make.emission(3), make.emission(0.5, "SF6"))
    assert causes_of(before, after) == only(Driver.PROCESS_EMISSIONS, -2.0)


def test_more_removal_is_process_emissions_too() -> None:
    before = make.process("product", make.emission(5), make.emission(-1, line="caught"))
    after = make.process("product", make.emission(5), make.emission(-2, line="caught"))
    assert causes_of(before, after) == only(Driver.PROCESS_EMISSIONS, -1.0)


def test_a_fuel_is_one_cover_with_its_supply() -> None:
    def burning(m3: float, per_mj: float) -> Process:
        names = ("gas burnt", "gas supplied")
        drawn = (make.drawn(name, m3, line="gas", stage=Stage.ENERGY) for name in names)
        covers = need("fuel", m3 * per_mj, *names, line="gas", cover="gas")
        return replace(make.process("product", *drawn), needs=(covers,))

    assert causes_of(burning(4, 36), burning(3, 36)) == only(Driver.ENERGY_INTENSITY, -2.5)
    assert causes_of(burning(4, 36), burning(3, 48)) == only(Driver.FACTOR_VERSION, -2.5)


def test_what_goes_back_to_its_maker_counts_with_every_round() -> None:
    # One unit of the product needs 1 / (1 - 0.5) = 2 units of its own making.
    def chain(kwh: float) -> Inventory:
        product = powered(("grid", kwh))
        again = make.bought("product", 0.5)
        return make.inventory(replace(product, exchanges=(*product.exchanges, again)))

    assert change_of(chain(5), chain(4)).causes == only(Driver.ENERGY_INTENSITY, -1.2)


def test_sales_split_into_volume_and_what_changed_per_unit() -> None:
    # 100 x 6 kg become 120 x 5.4 kg: 5.7 x 20 by volume, 110 x -0.6 by energy.
    change = change_of(
        make.inventory(powered(("grid", 10))),
        make.inventory(powered(("grid", 9))),
        sold={"product": (100, 120)},
    )
    assert change.sales is not None
    causes = {Driver.VOLUME: 114.0, Driver.ENERGY_INTENSITY: -66.0}
    assert change.sales.causes == pytest.approx(causes)
    assert sum(causes.values()) == pytest.approx(120 * 5.4 - 100 * 6)
