"""What the engine and the activities refuse is told in both languages, with a cure."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from lca_models import errors
from lca_models.activities.drawn import ActivityLine
from lca_models.activities.electricity import ElectricityView, draw_certified, draw_on_site
from lca_models.activities.end_of_life import draw_treatment
from lca_models.activities.energy import draw_fuel, draw_heat
from lca_models.activities.materials import draw_material
from lca_models.activities.transport import draw_transport
from lca_models.calculate import calculate
from lca_models.errors import InventoryError
from lca_models.facts.library import load_library, read_library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity, convert, find_declared_unit, find_unit
from lca_models.inventory.processes import DeclaredFootprint, Exchange, Gap, Process
from tests import make
from tests.facts import shipped

SHIPPED = load_library()
LINE = ActivityLine("line", Stage.ENERGY)
KG, KWH, KM = Quantity(1, "kg"), Quantity(1, "kWh"), Quantity(1, "km")
NAN, INFINITE = float("nan"), float("inf")


def solving(
    *processes: Process, declared: tuple[DeclaredFootprint, ...] = (), gwps: str = "AR6"
) -> Callable[[], object]:
    inventory = make.inventory(*processes, declared=declared)
    return lambda: calculate(inventory, SHIPPED, characterisation=gwps)


def with_wrong_unit() -> object:
    texts = shipped.files()
    changed = texts["factors.csv"].replace("life_cycle,kWh,0.6205", "life_cycle,bushel,0.6205")
    return read_library({**texts, "factors.csv": changed})


def without_source() -> object:
    texts = shipped.files()
    changed = texts["factors.csv"].replace("mee_electricity_pcf_2023,附件 表", "nobody,附件 表", 1)
    return read_library({**texts, "factors.csv": changed})


CASES: list[tuple[Callable[[], object], type[errors.GreenchainError], str, str]] = [
    (
        lambda: find_unit("bushel"),
        errors.UnknownUnitError,
        "“bushel” is not a unit we know. Use one of: kg, g, t,",
        "无法识别计量单位“bushel”。请使用以下单位之一：kg, g, t,",
    ),
    (
        lambda: find_declared_unit("MWh"),
        errors.UnknownUnitError,
        "“MWh” cannot be the declared unit of a product. Use one of: kg (kilogram),",
        "“MWh”不能作为产品的声明单位。请使用以下声明单位之一：kg (kilogram),",
    ),
    (
        lambda: convert(1, "吨", "kWh"),
        errors.UnitMismatchError,
        (
            "The unit “吨” measures mass, but an amount in “kWh” (energy) is expected. "
            "Give the amount in kWh."
        ),
        "单位“吨”表示质量，此处应填写以“kWh”计的能量。请改用kWh填写。",
    ),
    (
        lambda: Quantity(NAN, "kg"),
        errors.InvalidAmountError,
        "The amount nan is not a number of a possible size. Give a number;",
        "数量nan不是合理范围内的数值。请填写数字，",
    ),
    (
        lambda: Quantity(-INFINITE, "kg"),
        errors.InvalidAmountError,
        "The amount -inf is not a number of a possible size. Give a number;",
        "数量-inf不是合理范围内的数值。请填写数字，",
    ),
    (
        lambda: Quantity(1e16, "kg"),
        errors.InvalidAmountError,
        "The amount 1e+16 is not a number of a possible size.",
        "数量1e+16不是合理范围内的数值。",
    ),
    (
        lambda: Quantity(1e-16, "t"),
        errors.InvalidAmountError,
        "The amount 1e-16 is not a number of a possible size.",
        "数量1e-16不是合理范围内的数值。",
    ),
    (
        solving(make.process("a", make.drawn("gb51366-rebarr"))),
        errors.UnknownFactorError,
        "No emission factor has the id “gb51366-rebarr”. Did you mean gb51366-rebar",
        "没有编号为“gb51366-rebarr”的排放因子。是否应为：gb51366-rebar",
    ),
    (
        solving(make.process("a", make.drawn("el-co2-cn-sn-2023"))),
        errors.FactorNotForFootprintsError,
        (
            "“el-co2-cn-sn-2023” is a direct CO2 factor of the grid, for site accounts; it leaves "
            "out the life cycle of electricity. In a footprint use the life-cycle factor "
            "“el-pcf-cn-avg-2024”."
        ),
        (
            "“el-co2-cn-sn-2023”是用于企业核算的电网直接二氧化碳排放因子，不含电力的生命周期排放。"
            "计算产品碳足迹请使用生命周期因子“el-pcf-cn-avg-2024”。"
        ),
    ),
    (
        solving(make.process("a", make.drawn("cpcd-cu15"))),
        errors.FactorNotForFootprintsError,
        "“cpcd-cu15” may only be shown beside a result; its terms do not let it enter one.",
        "“cpcd-cu15”仅可与结果对照显示，其使用条款不允许参与计算。",
    ),
    (
        lambda: draw_fuel(SHIPPED, LINE, "peat", KG),
        errors.UnknownActivityError,
        "“peat” is not a fuel we know. Use one of: bituminous_coal,",
        "无法识别燃料“peat”。请使用以下之一：烟煤（bituminous_coal）、",
    ),
    (
        lambda: draw_transport(SHIPPED, LINE, "camel", KG, KM),
        errors.UnknownActivityError,
        "“camel” is not a transport mode we know. Use one of: road,",
        "无法识别运输方式“camel”。请使用以下之一：",
    ),
    (
        lambda: draw_treatment(SHIPPED, LINE, "river", KG),
        errors.UnknownActivityError,
        "“river” is not a waste treatment we know. Use one of: landfill,",
        "无法识别废弃物处理方式“river”。请使用以下之一：",
    ),
    (
        lambda: draw_on_site(SHIPPED, LINE, "hamsters", KWH),
        errors.UnknownActivityError,
        "“hamsters” is not a way of generating electricity we know. Use one of: coal,",
        "无法识别发电方式“hamsters”。请使用以下之一：",
    ),
    (
        lambda: draw_certified(SHIPPED, LINE, "hamsters", KWH, ElectricityView.MARKET),
        errors.UnknownActivityError,
        "“hamsters” is not a way of generating electricity we know.",
        "无法识别发电方式“hamsters”。",
    ),
    (
        lambda: draw_heat(SHIPPED, LINE, KG),
        errors.UnitMismatchError,
        "The unit “kg” measures mass, but an amount in “GJ” (energy) is expected.",
        "单位“kg”表示质量，此处应填写以“GJ”计的能量。",
    ),
    (
        lambda: draw_material(SHIPPED, LINE, "HRC", KWH),
        errors.UnitMismatchError,
        "The unit “kWh” measures energy, but an amount in “kg” (mass) is expected.",
        "单位“kWh”表示能量，此处应填写以“kg”计的质量。",
    ),
    (
        lambda: draw_fuel(SHIPPED, LINE, "diesel", Quantity(1, "piece")),
        errors.UnitMismatchError,
        "The unit “piece” measures count, but an amount in “kg” (mass) is expected.",
        "单位“piece”表示计件，此处应填写以“kg”计的质量。",
    ),
    (
        lambda: SHIPPED.find_gas("phlogiston"),
        errors.UnknownGasError,
        "We know no gas “phlogiston”. Use one of: CO2,",
        "无法识别气体“phlogiston”。请使用以下气体之一：CO2,",
    ),
    (
        solving(make.process("a", make.emission(1, "phlogiston"))),
        errors.UnknownGasError,
        "AR6 has no global warming potential for the gas “phlogiston”.",
        "AR6没有气体“phlogiston”的全球变暖潜势。",
    ),
    (
        solving(make.process("a", make.emission()), gwps="AR7"),
        errors.UnknownCharacterisationError,
        "There is no set of global warming potentials “AR7”. Use one of: AR4, AR5, AR6.",
        "没有名为“AR7”的全球变暖潜势因子集。请使用以下之一：AR4, AR5, AR6。",
    ),
    (
        solving(),
        errors.InventoryError,
        "There is no process to calculate. Give the activity data of one product.",
        "没有可计算的过程。请至少提供一个产品的活动数据。",
    ),
    (
        solving(make.process("a"), make.process("a")),
        errors.InventoryError,
        "“a” is made by two processes. Give each product one process.",
        "“a”由两个过程生产。每个产品只能有一个过程。",
    ),
    (
        solving(make.process("a", make.bought("b"))),
        errors.InventoryError,
        (
            "Product “a” draws on “b”, which nothing makes. "
            "Add its process or leave the line as a gap."
        ),
        "产品“a”使用了“b”，但没有任何过程生产它。请补充其过程，或将该明细列为缺口。",
    ),
    (
        solving(make.process("a", make.relied_on("b"))),
        errors.InventoryError,
        "Product “a” draws on “b”, which nothing makes.",
        "产品“a”使用了“b”，但没有任何过程生产它。",
    ),
    (
        solving(make.process("a"), declared=(make.declared("d"), make.declared("d"))),
        errors.InventoryError,
        "“d” is made by two processes.",
        "“d”由两个过程生产。",
    ),
    (
        solving(make.process("a", organisation="甲", amount=0)),
        errors.InventoryError,
        (
            "Product “a” of “甲” has the impossible amount 0. Amounts are finite, inputs not below "
            "zero, outputs above zero."
        ),
        "“甲”的产品“a”含有无效数量0。数量须为有限数值，投入不得为负，产出须大于零。",
    ),
    (
        without_source,
        errors.FactsError,
        "unknown source “nobody”. Mend the row in the data folder.",
        "未定义的来源“nobody”。请补全或更正数据文件中的该行。",
    ),
    (
        with_wrong_unit,
        errors.UnknownUnitError,
        "“bushel” is not a unit we know.",
        "无法识别计量单位“bushel”。",
    ),
]


@pytest.mark.parametrize(
    ("act", "kind", "en", "zh"), CASES, ids=[f"{n} {case[1].code}" for n, case in enumerate(CASES)]
)
def test_a_refusal_says_what_is_wrong_and_what_mends_it(
    act: Callable[[], object], kind: type[errors.GreenchainError], en: str, zh: str
) -> None:
    with pytest.raises(kind) as caught:
        act()
    told = caught.value.to_text()
    assert en in told.en
    assert zh in told.zh
    assert str(caught.value) == told.en
    assert all(defect.code == kind.code for defect in caught.value.defects)


ELSEWHERE = {
    errors.AllocationError: "test_allocation.py",
    errors.LicenceError: "test_brought_background.py",
    errors.UnproductiveLoopError: "test_loops.py",
}


def test_every_error_of_the_science_is_read_by_a_test() -> None:
    rules = set(errors.RuleBrokenError.__subclasses__())
    ours = {rule for rule in rules if rule.__module__ == errors.__name__}
    assert ours == {case[1] for case in CASES} | ELSEWHERE.keys()
    for rule in ours:
        assert rule.title.en
        assert rule.title.zh


@pytest.mark.parametrize("number", [NAN, INFINITE, -INFINITE])
@pytest.mark.parametrize(
    "process",
    [
        lambda number: make.process("a", make.emission(number), organisation="甲"),
        lambda number: make.process("a", make.drawn("gb51366-rebar", number), organisation="甲"),
        lambda number: make.process("a", make.gap("g", number), organisation="甲"),
        lambda number: make.process("a", make.gap("g", 1, number), organisation="甲"),
        lambda number: make.process("a", amount=number, organisation="甲"),
    ],
    ids=["emission", "input", "gap", "bound of a gap", "output"],
)
def test_no_number_that_is_none_enters_a_calculation(
    process: Callable[[float], Process], number: float
) -> None:
    with pytest.raises(errors.InventoryError, match=r"Product “a” of “甲” has the impossible"):
        calculate(make.inventory(process(number)), SHIPPED)


@pytest.mark.parametrize(
    "part", [make.bought("b", -1), make.bought("a", -0.1), make.gap("gap", -1)]
)
def test_what_a_member_makes_is_never_taken_below_zero(part: Exchange | Gap) -> None:
    with pytest.raises(errors.InventoryError, match="impossible amount -"):
        calculate(make.inventory(make.process("a", part), make.process("b")), SHIPPED)


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (make.declared("d", gases={"CO2": NAN}, organisation="甲"), "nan"),
        (make.declared("d", gases={"CO2": 1, "N2O": INFINITE}, organisation="甲"), "inf"),
        (make.declared("d", organisation="甲", primary_data_share=1.01), "1.01"),
        (make.declared("d", organisation="甲", primary_data_share=-0.01), "-0.01"),
        (make.declared("d", organisation="甲", primary_data_share=NAN), "nan"),
        (replace(make.declared("d", organisation="甲"), gases={}), "—"),
    ],
)
def test_a_declared_footprint_without_a_possible_value_is_refused(
    declared: DeclaredFootprint, value: str
) -> None:
    inventory = make.inventory(make.process("a", make.relied_on("d")), declared=(declared,))
    with pytest.raises(errors.InventoryError) as caught:
        calculate(inventory, SHIPPED)
    told = caught.value.to_text()
    assert told.en.startswith(f"The footprint “d” declared by “甲” has no possible value ({value})")
    assert told.zh.startswith(f"“甲”声明的碳足迹“d”没有有效数值（{value}）。请至少填写")


def test_results_beyond_all_numbers_are_no_results() -> None:
    # Twelve firms, each takes 1e30 of the next: 1e360.
    tiers = [make.process(f"{n}", make.bought(f"{n + 1}", 1e30)) for n in range(12)]
    inventory = make.inventory(*tiers, make.process("12", make.emission(1)))
    with pytest.raises(InventoryError, match="multiply beyond any measure") as caught:
        calculate(inventory, SHIPPED)
    assert "连乘后超出可计算范围" in caught.value.to_text().zh


BEYOND_MEASURE = {
    "a gap": (
        make.process("a", make.gap(amount=1e200)),
        make.process("b", make.bought("a", 1e200)),
    ),
    "the bound of a gap": (make.process("a", make.gap(amount=1e200, upper=1e200)),),
    "what cancels out": (
        make.process("a", make.emission(1.5e308, line="x"), make.emission(-1.5e308, line="y")),
    ),
    "units of a run": (make.process("a", make.emission(1), amount=1e-310),),
}


@pytest.mark.parametrize("processes", BEYOND_MEASURE.values(), ids=BEYOND_MEASURE.keys())
def test_no_part_of_a_result_is_beyond_all_numbers(processes: tuple[Process, ...]) -> None:
    with pytest.raises(InventoryError, match="multiply beyond any measure"):
        calculate(make.inventory(*processes), SHIPPED)


def test_removals_that_almost_cancel_out_are_no_fault_of_ours() -> None:
    inventory = make.inventory(
        make.process("a", make.emission(1e9 + 0.1), make.emission(-1e9), amount=3),
        make.process("b", make.bought("a", 0.7), make.emission(0.123)),
    )
    assert calculate(inventory, SHIPPED).impacts["a"].kg_co2e == pytest.approx(0.1 / 3, rel=1e-5)
