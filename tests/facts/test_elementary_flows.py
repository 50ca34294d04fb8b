"""Databases name gases in many ways; what warms the climate is known by any of them."""

import pytest

from lca_models.errors import UnknownGasError
from lca_models.facts.elementary_flows import ElementaryFlow, GasFlow, load_elementary_flows
from lca_models.facts.library import load_library

FLOWS = load_elementary_flows()


def flow(name: str, compartment: str = "air", cas: str = "", unit: str = "kg") -> ElementaryFlow:
    return ElementaryFlow(name, compartment, cas, unit)


@pytest.mark.parametrize(
    ("given", "gas", "kg"),
    [
        (flow("Carbon dioxide, fossil", "air::urban air close to ground"), "CO2", 1.0),
        (flow("carbon dioxide", "Emissions::Emissions to air"), "CO2", 1.0),
        (flow("Carbon dioxide, land transformation"), "CO2", 1.0),
        (flow("Carbon dioxide, to soil or biomass stock", "soil"), "CO2", -1.0),
        (flow("carbon dioxide (land use change)", "Resources::Resources from air"), "CO2", -1.0),
        (flow("carbon dioxide (land use change)", "Emissions::Emissions to air"), "CO2", 1.0),
        (flow("Carbon dioxide, non-fossil"), "CO2_biogenic", 1.0),
        (flow("Carbon dioxide, in air", "natural resource::in air"), "CO2_biogenic", -1.0),
        (flow("Carbon dioxide, in air", ""), "CO2_biogenic", -1.0),
        (flow("Methane, biogenic"), "CH4_nonfossil", 1.0),
        (flow("Methane, from soil or biomass stock"), "CH4_fossil", 1.0),
        (flow("Methane"), "CH4_unspecified", 1.0),
        (flow("Dinitrogen monoxide", unit="gram"), "N2O", 0.001),
        (flow("Some other name", cas="811-97-2"), "HFC134a", 1.0),
        (flow("HFC-365mfc"), "HFC365mfc", 1.0),
        (flow("CO₂"), "CO2", 1.0),
        (flow("二氧化碳", "大气"), "CO2", 1.0),
        (flow("六氟化硫"), "SF6", 1.0),
        (flow("N2O"), "N2O", 1.0),
    ],
)
def test_a_gas_is_known_by_name_place_and_number(
    given: ElementaryFlow, gas: str, kg: float
) -> None:
    assert FLOWS.find_gas(given) == GasFlow(gas, kg)


@pytest.mark.parametrize(
    "given",
    [
        flow("Methane, dichloro-, HCC-30", "water::surface water", "75-09-2"),
        flow("Gas, natural", "natural resource::in ground"),
        flow("Carbon monoxide, fossil"),
        flow("Hydrogen fluoride"),
        flow("Fluoranthene"),
        flow("Methanesulfonic acid"),
        flow("NMVOC, non-methane volatile organic compounds"),
        flow("非甲烷总烃"),
        flow("Dinitrogen tetroxide"),
        flow("Ethane, 1,1,2-trichloro-", cas="79-00-5"),
    ],
)
def test_what_is_no_greenhouse_gas_is_none(given: ElementaryFlow) -> None:
    assert FLOWS.find_gas(given) is None


@pytest.mark.parametrize(
    "given",
    [
        flow("Chloroform"),
        flow("Trichloromethane", cas="67-66-3"),
        flow("Carbon dioxide, geogenic"),
        flow("Carbon dioxide, fossil", "Resources::Resources from air"),
        flow("Methane, peat oxidation"),
        flow("HFE-7100"),
        flow("Perfluorooctane"),
        flow("CO2, fossil"),
        flow("CO2 eq"),
        flow("CH4, peat"),
        flow("Dinitrogen oxide"),
        flow("Laughing gas"),
        flow("Refrigerant R410A"),
        flow("Freon-22"),
        flow("Carbon tetrachloride"),
        flow("Tetrafluoropropene"),
        flow("生物质二氧化碳（燃烧）"),
        flow("Kohlendioxid", cas="124-38-9"),
        flow("Sumpfgas", cas="74-82-8"),
        flow("CO2, in air", "natural resource::in air"),
        flow("Carbon dioxide, stored", "soil"),
    ],
)
def test_what_may_warm_the_climate_is_never_a_silent_zero(given: ElementaryFlow) -> None:
    with pytest.raises(UnknownGasError, match="warms the climate, and we have no gas that fits"):
        FLOWS.find_gas(given)


def test_every_gas_of_the_table_is_one_of_ours() -> None:
    gases = {gas for gas, _ in FLOWS.named.values()} | set(FLOWS.by_cas.values())
    assert gases <= set(load_library().gases)
