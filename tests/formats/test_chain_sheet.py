"""A chain sheet says who takes part, what they make and which file holds which activity data."""

from __future__ import annotations

from datetime import date

import pytest

from lca_models.errors import Language, Place, Text
from lca_models.facts.units import Quantity
from service.domain.chain import Certificate, Declaration, Verification
from service.domain.organisation import Identifier, IdentifierScheme, Organisation, Role, Site
from service.domain.product import Product
from service.domain.submission import Period
from service.formats.chain.sheet import ChainSheet, read_chain_sheet
from service.formats.chain.sheet_template import write_chain_template
from tests.formats import raw_workbook as raw

CSV = """供应链
编号,名称,链主,统计期开始,统计期结束,备注
C1,示例链,A,2025-01-01,2025-12-31,虚构

企业
编号,中文名称,英文名称,统一社会信用代码,其他标识类型,其他标识编号,角色,厂址名称,省份
A,甲,Alpha,{uscc},,,链主；供应商,总厂,陕西省
B,乙,,,LEI,5493001KJTIIGC8Y1R12,再生企业,,CN-SC

产品
编号,企业编号,名称,声明单位数量,声明单位,每声明单位质量(kg),物料清单文件,筛选替代值
P1,A,框架,,件,28.5,frame.xlsx,
P2,B,铝,1000,kg,,,原铝

声明
编号,声明方,名称,单位,kg CO2e,GWP来源,有效期开始,有效期结束,初级数据占比(%),声明出处,核查情况
D1,丙,焊丝,kg,2.4,AR6,2025-01-01,2026-12-31,40,第3页,第三方核查

绿证
编号,企业编号,电量,单位,发电技术
G1,A,150,MWh,风电
"""
# The code of Tsinghua University, as it stands in the public register.
USCC = "12100000400000624D"


def read_text(text: str) -> ChainSheet:
    reading = read_chain_sheet(text.encode(), "chain.csv")
    assert reading.sheet is not None, [defect.to_text().en for defect in reading.defects]
    return reading.sheet


def test_a_csv_file_with_titled_parts_is_a_whole_chain() -> None:
    assert read_text(CSV.format(uscc=USCC)) == ChainSheet(
        id="C1",
        name=Text("示例链", "示例链"),
        lead_id="A",
        period=Period(date(2025, 1, 1), date(2025, 12, 31)),
        organisations=(
            Organisation(
                "A",
                Text("Alpha", "甲"),
                Identifier(IdentifierScheme.USCC, USCC),
                (Role.LEAD, Role.SUPPLIER),
                (Site("1", "总厂", "CN-SN"),),
            ),
            Organisation(
                "B",
                Text("乙", "乙"),
                Identifier(IdentifierScheme.LEI, "5493001KJTIIGC8Y1R12"),
                (Role.RECYCLER,),
                (Site("1", "CN-SC", "CN-SC"),),
            ),
        ),
        products=(
            Product("P1", "A", Text("框架", "框架"), Quantity(1, "piece"), 28.5),
            Product("P2", "B", Text("铝", "铝"), Quantity(1000, "kg"), screening="原铝"),
        ),
        declarations=(
            Declaration(
                id="D1",
                owner="丙",
                name=Text("焊丝", "焊丝"),
                unit="kg",
                gases={"CO2e": 2.4},
                gwp_basis="AR6",
                valid_from=date(2025, 1, 1),
                valid_until=date(2026, 12, 31),
                primary_data_share=0.4,
                statement="第3页",
                verification=Verification.THIRD_PARTY,
            ),
        ),
        certificates=(Certificate("G1", "A", 150_000.0, "风电"),),
        bom_files={"P1": "frame.xlsx"},
        remark=Text("虚构", "虚构"),
    )


@pytest.mark.parametrize("language", list(Language))
def test_the_template_is_a_chain_that_can_be_read(language: Language) -> None:
    reading = read_chain_sheet(write_chain_template(language), "chain.xlsx")
    assert reading.defects == ()
    assert reading.sheet is not None
    assert [product.id for product in reading.sheet.products] == ["FRAME", "AL-CROSS-MEMBER"]
    assert reading.sheet.bom_files == {"FRAME": "frame.xlsx"}
    assert reading.sheet.certificates[0].energy_kwh == 150_000
    assert reading.sheet.period == Period(date(2025, 1, 1), date(2025, 12, 31))


def test_everything_wrong_is_told_at_once() -> None:
    text = """chain
id,name,lead id,period start,period end
C1,x,Z,2025-12-31,2025-01-01
firms
firm id,name,unified social credit code,role,province
A,alpha,91610131MA6X2B3C40,boss,Atlantis
A,beta,,,
products
product id,firm id,name,declared unit,bill of materials
P1,A,x,km,../evil.csv
P2,Y,,kg,a.csv
P3,A,x,kg,a.csv
"""
    reading = read_chain_sheet(text.encode(), "chain.csv")
    assert reading.sheet is None
    assert [(d.place.row, d.place.column, d.code) for d in reading.defects] == [
        (3, "period end", "invalid-period"),
        (6, "unified social credit code", "invalid-identifier"),
        (6, "role", "unknown-choice"),
        (6, "province", "invalid-identifier"),
        (7, "unified social credit code", "missing-value"),
        (10, "declared unit", "unknown-unit"),
        (10, "bill of materials", "invalid-file-name"),
        (11, "name", "missing-value"),
        (7, "firm id", "duplicate"),
        (12, "bill of materials", "duplicate"),
        (3, "lead id", "unknown-reference"),
        (11, "firm id", "unknown-reference"),
    ]


def test_a_file_without_the_tables_is_told_which_are_missing() -> None:
    defects = read_chain_sheet(b"a,b\n1,2\n", "chain.csv").defects
    assert [d.reason.en for d in defects] == [
        "There is no table “Chain”.",
        "There is no table “Firms”.",
        "There is no table “Products”.",
    ]
    assert defects[0].place == Place(sheet="chain.csv")


def test_a_hidden_table_and_a_second_chain_are_refused() -> None:
    chain = raw.sheet(
        raw.rows(
            ("id", "name", "lead", "period start", "period end"),
            ("C1", "x", "A", "2025-01-01", "2025-12-31"),
            ("C2", "x", "A", "2025-01-01", "2025-12-31"),
        )
    )
    firms = raw.sheet(raw.rows(("id", "name", "uscc"), ("A", "x", USCC)))
    products = raw.sheet(raw.rows(("id", "name", "mass kg"), ("P1", "x", 2)))
    sheets = {"Chain": chain, "Firms": firms, "Products": products}
    defects = read_chain_sheet(raw.book_with(sheets, {"Firms": "hidden"}), "chain.xlsx").defects
    assert [d.reason.en for d in defects] == [
        "The sheet “Firms” is hidden.",
        "There is no column “Firm id”.",
        "There is no column “Declared unit”.",
        "A chain sheet is about one chain.",
    ]
