"""Defaults point to rows that may enter a footprint, and every name means one thing."""

import itertools
from collections import Counter

import pytest

from lca_models.errors import UnknownActivityError, UnknownGasError
from lca_models.facts.choices import Activity, Fuel, GapMaterial, Material
from lca_models.facts.gases import Gas
from lca_models.facts.library import load_library
from lca_models.facts.names import fold

LIBRARY = load_library()
ACTIVITIES: list[Activity] = [
    *LIBRARY.transport_modes.values(),
    *LIBRARY.treatments.values(),
    *LIBRARY.processes.values(),
    *LIBRARY.electricity.technologies.values(),
]
NAMED: list[list[Material | GapMaterial | Fuel | Activity | Gas]] = [
    [*LIBRARY.materials.values(), *LIBRARY.gaps.values()],
    [*LIBRARY.fuels.values()],
    [*LIBRARY.transport_modes.values()],
    [*LIBRARY.treatments.values()],
    [*LIBRARY.electricity.technologies.values()],
    [*LIBRARY.gases.values()],
]


def test_every_default_may_enter_a_footprint() -> None:
    chosen = [
        LIBRARY.heat,
        LIBRARY.water_supply,
        LIBRARY.electricity.grid,
        LIBRARY.electricity.delivery,
        *(material.factor for material in LIBRARY.materials.values()),
        *(activity.factor for activity in ACTIVITIES),
        *(fuel.combustion for fuel in LIBRARY.fuels.values()),
        *(fuel.upstream for fuel in LIBRARY.fuels.values() if fuel.upstream),
    ]
    for factor_id in chosen:
        LIBRARY.get_footprint_factor(factor_id)


def test_nothing_but_recycling_is_between_the_two_forms_of_a_material() -> None:
    for forms in LIBRARY.recycled_forms.items():
        primary, recycled = map(LIBRARY.get_supply_factor, forms)
        alike = [
            (f.unit, f.citation.source, f.geography, f.valid_year, f.boundary, f.gwp_basis)
            for f in (primary, recycled)
        ]
        assert alike[0] == alike[1], forms


def test_a_site_account_has_factors_of_its_own() -> None:
    electricity = LIBRARY.electricity
    assert electricity.site_location == "el-co2-cn-sn-2023"
    assert electricity.site_residual == "el-co2-cn-2023-exclmkt"


@pytest.mark.parametrize("named", NAMED, ids=lambda named: type(named[0]).__name__)
def test_a_name_means_one_thing(
    named: list[Material | GapMaterial | Fuel | Activity | Gas],
) -> None:
    folded = [
        {fold(name) for name in (entry.key, entry.name.en, entry.name.zh, *entry.aliases)}
        for entry in named
    ]
    counts = Counter(itertools.chain.from_iterable(folded))
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("fuel", LIBRARY.fuels.values(), ids=lambda fuel: fuel.key)
def test_a_fuel_is_burnt_and_supplied_in_the_same_unit(fuel: Fuel) -> None:
    combustion = LIBRARY.get_factor(fuel.combustion)
    assert combustion.boundary == "combustion_direct"
    if fuel.upstream:
        upstream = LIBRARY.get_factor(fuel.upstream)
        assert upstream.category == "fuel_upstream"
        assert upstream.unit == combustion.unit


def test_fuels_without_a_fitting_supply_factor_are_known_to_have_none() -> None:
    without = {fuel.key for fuel in LIBRARY.fuels.values() if fuel.upstream is None}
    assert without == {
        "lignite",
        "other_washed_coal",
        "briquette",
        "coke",
        "coke_oven_gas",
        "blast_furnace_gas",
        "converter_gas",
        "other_coal_gas",
        "refinery_gas",
        "crude_oil",
        "other_petroleum",
        "coal_tar",
        "crude_benzol",
    }


def test_the_heat_of_a_fuel_is_known() -> None:
    assert LIBRARY.find_fuel("natural gas").mj_per_unit == 38.931
    assert LIBRARY.find_fuel("diesel").mj_per_unit == 42.652


@pytest.mark.parametrize("activity", LIBRARY.transport_modes.values(), ids=lambda a: a.key)
def test_transport_is_counted_by_the_tonne_kilometre(activity: Activity) -> None:
    assert LIBRARY.get_factor(activity.factor).unit == "tkm"


def test_cross_checks_beside_a_gap_exist() -> None:
    for gap in LIBRARY.gaps.values():
        assert len(LIBRARY.list_cross_checks(gap)) == len(gap.cross_checks)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("热轧卷板", "steel_hrc"),
        ("热轧 宽带钢", "steel_hrc"),
        ("gb51366-hot-rolled-wide-strip-coil", "steel_hrc"),
        ("ＨＤＰＥ", "hdpe"),
        ("Hot-Rolled Coil", "steel_hrc"),
        ("螺纹钢", "steel_rebar"),
        ("电炉钢", "steel_scrap_eaf"),
        ("电解铝", "aluminium_primary"),
        ("硫酸镍", "nickel_sulfate"),
        ("PA 66", "pa66"),
        ("再生铝", "aluminium_secondary"),
    ],
)
def test_a_material_goes_by_the_names_of_the_trade(text: str, key: str) -> None:
    material = LIBRARY.find_material(text)
    assert material is not None
    assert material.key == key


def test_steel_from_scrap_is_not_the_old_electric_furnace_value() -> None:
    material = LIBRARY.find_material("电炉钢")
    assert isinstance(material, Material)
    assert material.factor == "mat-wsa-eaf-2021"


@pytest.mark.parametrize(
    "text",
    [
        "铜",
        "再生铜",
        "锌",
        "铅",
        "镁",
        "硫酸镍",
        "碳酸锂",
        "三元正极材料",
        "磷酸铁锂",
        "石墨负极",
        "多晶硅",
        "尼龙66",
        "ABS",
        "PET",
        "不锈钢",
        "再生铝",
        "瓦楞纸板",
        "橡胶",
        "工业气体",
        "氧气",
        "氮气",
    ],
)
def test_a_material_without_a_good_open_factor_is_a_gap(text: str) -> None:
    assert isinstance(LIBRARY.find_material(text), GapMaterial)


def test_a_name_that_is_only_similar_is_no_material() -> None:
    assert LIBRARY.find_material("热轧卷板 3.0mm") is None


def test_activities_go_by_chinese_and_english_names() -> None:
    assert LIBRARY.find_fuel("天然气").key == "natural_gas"
    assert LIBRARY.find_transport_mode("公路").key == "road"
    assert LIBRARY.find_transport_mode("road_18t").factor == "tr-gb51366-heavy-diesel-truck-18-t"
    assert LIBRARY.find_treatment("回收").key == "recycling"
    assert LIBRARY.find_generation("光伏").factor == "el-pcf-cn-pv-2024"


def test_an_unknown_activity_is_told_what_exists() -> None:
    with pytest.raises(UnknownActivityError) as caught:
        LIBRARY.find_transport_mode("骆驼")
    told = caught.value.to_text()
    assert "“骆驼” is not a transport mode we know." in told.en
    assert "road, road_46t" in told.en
    assert "无法识别运输方式“骆驼”。" in told.zh
    assert "铁路（rail）" in told.zh


@pytest.mark.parametrize("find", ["find_fuel", "find_treatment", "find_generation"])
def test_every_kind_of_activity_refuses_what_it_does_not_know(find: str) -> None:
    with pytest.raises(UnknownActivityError, match="“phlogiston” is not a"):
        getattr(LIBRARY, find)("phlogiston")


@pytest.mark.parametrize(
    ("text", "gas"),
    [
        ("CO₂", "CO2"),
        ("二氧化碳", "CO2"),
        ("CH4", "CH4_unspecified"),
        ("甲烷", "CH4_unspecified"),
        ("R-410A", "R410A"),
        ("HFC-134a", "HFC134a"),
        ("sf6", "SF6"),
        ("二氧化碳当量", "CO2e"),
    ],
)
def test_a_gas_goes_by_formula_and_name(text: str, gas: str) -> None:
    assert LIBRARY.find_gas(text) == gas


def test_an_unknown_gas_is_refused_by_name() -> None:
    with pytest.raises(UnknownGasError) as caught:
        LIBRARY.find_gas("瘴气")
    told = caught.value.to_text()
    assert told.en.startswith("We know no gas “瘴气”. Use one of: CO2, ")
    assert told.zh.startswith("无法识别气体“瘴气”。请使用以下气体之一：CO2, ")
