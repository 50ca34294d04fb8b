"""Values stand as published, and agree with what they are made of."""

import csv
import io

import pytest

from lca_models.facts.factors import Factor
from lca_models.facts.library import load_library
from tests.facts import shipped

LIBRARY = load_library()
FACTORS = [*LIBRARY.factors.values(), *LIBRARY.cross_checks.values()]
SPLIT = [factor for factor in FACTORS if factor.has_gas_split]
FUELS = list(csv.DictReader(io.StringIO(shipped.files()["fuel_properties.csv"])))
# The set of global warming potentials behind a published value, where the source has one.
SETS = {"AR6": "AR6", "AR5": "AR5", "co2_only": "AR6", "biogenic_co2": "AR6"}


@pytest.mark.parametrize(
    ("factor_id", "kg_co2e", "unit", "source"),
    [
        ("el-pcf-cn-avg-2024", 0.5777, "kWh", "mee_electricity_pcf_2024"),
        ("el-pcf-cn-wind-2024", 0.0324, "kWh", "mee_electricity_pcf_2024"),
        ("el-co2-cn-sn-2023", 0.6335, "kWh", "mee_grid_co2_2023"),
        ("gb51366-hot-rolled-wide-strip-coil", 2.31, "kg", "gbt_51366_2019"),
        ("tr-gb51366-heavy-diesel-truck-30-t", 0.078, "tkm", "gbt_51366_2019"),
        ("mat-iai-al-2022", 15.1, "kg", "iai_2023"),
        ("heat-default-cn", 110.0, "GJ", "ndrc_sectors_2013"),
        ("wtt-natgas-uk", 0.3366, "m3", "desnz_2025"),
        ("cpcd-cu15", 5.795, "kg", "cpcd_2022"),
    ],
)
def test_a_value_stands_as_published(
    factor_id: str, kg_co2e: float, unit: str, source: str
) -> None:
    factor = LIBRARY.get_factor(factor_id)
    assert (factor.kg_co2e, factor.unit) == (kg_co2e, unit)
    assert factor.citation.source.key == source


def test_a_published_value_equals_its_gases_under_its_own_basis() -> None:
    # Printed with five or six digits.
    different = [f.id for f in SPLIT if under_own_basis(f) != pytest.approx(f.kg_co2e, rel=1e-5)]
    assert len(SPLIT) == 270
    assert different == []


def under_own_basis(factor: Factor) -> float:
    characterisation = LIBRARY.get_characterisation(SETS[factor.gwp_basis])
    return sum(kg * characterisation.factor_of(gas) for gas, kg in factor.gases.items())


def test_a_value_published_without_gases_is_kept_as_co2e() -> None:
    factor = LIBRARY.factors["gb51366-rebar"]
    assert not factor.has_gas_split
    assert factor.gases == {"CO2e": 2.34}
    assert factor.gwp_basis == "not_stated"


def test_biogenic_co2_stands_beside_the_total() -> None:
    firewood = LIBRARY.factors["fuel-firewood-gj-biogenic"]
    assert firewood.kg_co2e == 0.0
    assert firewood.gases == {"CO2_biogenic": 112.0}


@pytest.mark.parametrize("fuel", FUELS, ids=lambda fuel: fuel["factor"])
def test_a_derived_fuel_factor_follows_from_its_heating_value(fuel: dict[str, str]) -> None:
    factor = LIBRARY.factors[fuel["factor"]]
    heat_gj = float(fuel["heat"]) / 1000
    co2 = heat_gj * float(fuel["carbon"]) * float(fuel["oxidation"]) / 100 * 44 / 12
    assert factor.gases["CO2"] == pytest.approx(co2, rel=1e-5)
    assert factor.gases["CH4_fossil"] == pytest.approx(heat_gj * float(fuel["ch4"]) / 1000)
    assert factor.gases["N2O"] == pytest.approx(heat_gj * float(fuel["n2o"]) / 1000)
    assert factor.gases["CO2"] > 0.98 * factor.kg_co2e


def test_the_delivered_average_holds_grid_and_losses() -> None:
    average = LIBRARY.factors["el-pcf-cn-avg-2024"].kg_co2e
    delivery = LIBRARY.factors["el-pcf-cn-tdloss-2024"].kg_co2e
    assert average - delivery == pytest.approx(0.5450)


@pytest.mark.parametrize(
    ("gas", "ar4", "ar5", "ar6"),
    [
        ("CO2", 1, 1, 1),
        ("CH4_fossil", 25, 30, 29.8),
        ("CH4_nonfossil", 25, 28, 27),
        ("CH4_unspecified", 25, 28, 27.9),
        ("N2O", 298, 265, 273),
        ("SF6", 22800, 23500, 25200),
        ("CF4", 7390, 6630, 7380),
        ("HFC134a", 1430, 1300, 1530),
    ],
)
def test_global_warming_potentials_stand_as_published(
    gas: str, ar4: float, ar5: float, ar6: float
) -> None:
    values = [LIBRARY.get_characterisation(name).factor_of(gas) for name in ("AR4", "AR5", "AR6")]
    assert values == [ar4, ar5, ar6]


@pytest.mark.parametrize(
    ("blend", "components"),
    [
        ("R404A", {"HFC125": 0.44, "HFC134a": 0.04, "HFC143a": 0.52}),
        ("R407C", {"HFC32": 0.23, "HFC125": 0.25, "HFC134a": 0.52}),
        ("R410A", {"HFC32": 0.5, "HFC125": 0.5}),
        ("R507A", {"HFC125": 0.5, "HFC143a": 0.5}),
        ("R513A", {"HFC134a": 0.44, "HFO1234yf": 0.56}),
    ],
)
@pytest.mark.parametrize("name", ["AR4", "AR5", "AR6"])
def test_a_blend_weighs_its_components_by_mass(
    name: str, blend: str, components: dict[str, float]
) -> None:
    warming = LIBRARY.get_characterisation(name)
    parts = [share * warming.factor_of(gas) for gas, share in components.items()]
    assert warming.factor_of(blend) == pytest.approx(sum(parts), abs=0.05)


def test_co2e_counts_as_published_and_biogenic_co2_not_at_all() -> None:
    warming = LIBRARY.get_characterisation("AR6")
    assert warming.factor_of("CO2e") == 1.0
    assert warming.factor_of("CO2_biogenic") == 0.0


def test_sulphur_hexafluoride_carries_the_note_on_its_correction() -> None:
    caveats = LIBRARY.get_characterisation("AR6").caveats["SF6"]
    assert any("24 300" in caveat.en and "24300" in caveat.zh for caveat in caveats)
