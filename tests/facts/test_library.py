"""The library answers with facts of one version, and refuses with a reason and a cure."""

from dataclasses import replace

import pytest

from lca_models.errors import (
    FactorNotForFootprintsError,
    FactsError,
    UnknownCharacterisationError,
    UnknownFactorError,
    UnknownGasError,
    UnknownUnitError,
)
from lca_models.facts.factors import Use
from lca_models.facts.library import Library, load_library, read_library
from tests.facts import shipped

LIBRARY = load_library()
REBAR = LIBRARY.factors["gb51366-rebar"]
REBAR_ROW = (
    "kg,2.34,,,,,,,,not_stated,CN,2018,1;2;4;1;2,1.237,footprint,gbt_51366_2019,附录D 表D.0.1"
)


def test_an_unknown_factor_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownFactorError) as caught:
        LIBRARY.get_factor("el-pcf-cn-avg-2025")
    told = caught.value.to_text()
    assert told.en == (
        "No emission factor has the id “el-pcf-cn-avg-2025”. "
        "Did you mean el-pcf-cn-avg-2024, el-pcf-cn-avg-2023, el-pcf-cn-pv-2024?"
    )
    assert told.zh.startswith("没有编号为“el-pcf-cn-avg-2025”的排放因子。是否应为：")


def test_an_id_like_no_other_is_sent_to_the_search() -> None:
    with pytest.raises(UnknownFactorError) as caught:
        LIBRARY.get_factor("@@@")
    told = caught.value.to_text()
    assert told.en.endswith("Search the library for the id.")
    assert told.zh.endswith("请先在背景数据库中检索，再填写因子编号。")


def test_a_direct_grid_factor_cannot_enter_a_footprint() -> None:
    with pytest.raises(FactorNotForFootprintsError) as caught:
        LIBRARY.get_footprint_factor("el-co2-cn-sn-2023")
    told = caught.value.to_text()
    assert "is a direct CO2 factor of the grid, for site accounts" in told.en
    assert "use the life-cycle factor “el-pcf-cn-avg-2024”" in told.en
    assert "用于企业核算的电网直接二氧化碳排放因子" in told.zh
    assert "请使用生命周期因子“el-pcf-cn-avg-2024”" in told.zh


def test_a_comparison_value_cannot_enter_a_footprint() -> None:
    with pytest.raises(FactorNotForFootprintsError) as caught:
        LIBRARY.get_footprint_factor("cpcd-cu15")
    told = caught.value.to_text()
    assert "may only be shown beside a result" in told.en
    assert "仅可与结果对照显示" in told.zh


def test_a_characterisation_set_goes_by_its_name_in_any_case() -> None:
    assert LIBRARY.get_characterisation("ar5").name == "AR5"


def test_an_unknown_characterisation_set_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownCharacterisationError) as caught:
        LIBRARY.get_characterisation("AR3")
    told = caught.value.to_text()
    assert told.en.endswith("“AR3”. Use one of: AR4, AR5, AR6.")
    assert told.zh == "没有名为“AR3”的全球变暖潜势因子集。请使用以下之一：AR4, AR5, AR6。"


def test_a_gas_missing_from_a_set_is_not_zero() -> None:
    with pytest.raises(UnknownGasError) as caught:
        LIBRARY.get_characterisation("AR5").factor_of("R290")
    told = caught.value.to_text()
    assert told.en.startswith("AR5 has no global warming potential for the gas “R290”.")
    assert told.zh.startswith("AR5没有气体“R290”的全球变暖潜势。")


def test_the_same_facts_have_the_same_version() -> None:
    assert read_library(shipped.files()).version == LIBRARY.version
    assert len(LIBRARY.version) == 64


def test_line_endings_do_not_change_the_version() -> None:
    crlf = {name: text.replace("\n", "\r\n") for name, text in shipped.files().items()}
    assert read_library(crlf).version == LIBRARY.version


def test_another_value_is_another_version() -> None:
    changed = shipped.library_with(
        "factors.csv",
        f"Rebar,热轧碳钢钢筋,material,steel,cradle_to_gate,{REBAR_ROW}",
        (f"Rebar,热轧碳钢钢筋,material,steel,cradle_to_gate,{REBAR_ROW.replace('2.34', '2.35')}"),
    )
    assert changed.factors["gb51366-rebar"].kg_co2e == 2.35
    assert changed.version != LIBRARY.version


def test_factors_of_ones_own_make_another_version() -> None:
    mine = replace(REBAR, id="my-rebar", kg_co2e=1.0, gases={"CO2e": 1.0})
    hint = replace(mine, id="my-hint", use=Use.CROSS_CHECK)
    extended = LIBRARY.with_factors(mine, hint)
    assert extended.get_footprint_factor("my-rebar").kg_co2e == 1.0
    assert extended.cross_checks["my-hint"] is hint
    assert extended.version != LIBRARY.version
    assert extended.version == LIBRARY.with_factors(hint, mine).version
    assert "my-rebar" not in LIBRARY.factors


def test_a_library_can_be_made_by_hand() -> None:
    library = Library(version="test", factors={REBAR.id: REBAR})
    assert library.get_footprint_factor(REBAR.id) is REBAR
    assert library.find_material("铜") is None


@pytest.mark.parametrize(
    ("old", "new", "en", "zh"),
    [
        ("gbt_51366_2019", "hearsay", "unknown source “hearsay”", "未定义的来源“hearsay”"),
        ("附录D 表D.0.1", " ", "no place in the source", "缺少在来源中的位置"),
        ("not_stated", "AR9", "unknown code “AR9” in gwp_basis", "gwp_basis中的代码“AR9”未定义"),
        ("1;2;4;1;2", "1;2;4;1", "the pedigree needs five marks", "谱系评分须为五项"),
    ],
)
def test_a_row_without_complete_citation_is_refused(old: str, new: str, en: str, zh: str) -> None:
    row = f"cradle_to_gate,{REBAR_ROW}"
    head = "Rebar,热轧碳钢钢筋,material,steel,"
    with pytest.raises(FactsError) as caught:
        shipped.library_with("factors.csv", head + row, head + row.replace(old, new))
    told = caught.value.to_text()
    assert told.en == f"Row “gb51366-rebar”: {en}. Mend the row in the data folder."
    assert told.zh == f"数据行“gb51366-rebar”：{zh}。请补全或更正数据文件中的该行。"


def test_a_row_with_an_unknown_caveat_is_refused() -> None:
    with pytest.raises(FactsError, match="Row “R290 AR6”: unknown caveat “hearsay”"):
        shipped.library_with(
            "characterisation.csv",
            "R290,AR6,0.02,ipcc_ar6_wg1,Table 7.SM.7,recalled",
            "R290,AR6,0.02,ipcc_ar6_wg1,Table 7.SM.7,hearsay",
        )


def test_a_row_with_a_unit_outside_the_list_is_refused() -> None:
    row = "Rebar,热轧碳钢钢筋,material,steel,cradle_to_gate,"
    with pytest.raises(UnknownUnitError) as caught:
        shipped.library_with("factors.csv", f"{row}kg,", f"{row}bushel,")
    told = caught.value.to_text()
    assert told.en.startswith("“bushel” is not a unit we know.")
    assert told.zh.startswith("无法识别计量单位“bushel”。")


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(FactsError, match="Row “gb51366-rebar”: the id is given twice"):
        shipped.library_with("factors.csv", "gb51366-spiral-saw-pipe,", "gb51366-rebar,")
