"""What comes back to a user reaches nowhere when it is opened: only harmless formulas live on."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from lca_models.errors import Language
from service.formats.bom.annotate import annotate
from service.formats.bom.safe_formulas import SafeFormulas
from tests.formats.bom_files import filled_template, read

FORMULAS = SafeFormulas(["BOM", "台账", "a b's"], ["units"])
FETCHED = '=IMAGE("http://evil/x.png")'


@pytest.mark.parametrize(
    "formula",
    [
        *("=1+1", "=D2*2", "=SUM($A$1:B2)", "=ROUND(D2/3, 2)", "=IF(A1>0,\"N/A\",'台账'!B2)"),
        *("=台账!A:A", "='a b''s'!$1:$2", "=SUBTOTAL(9,D2:D9)%", "=units", "=TRUE", "=1.5E-3"),
        *("=-A1^2&B1", "", None),
    ],
)
def test_sums_over_the_workbooks_own_cells_are_allowed(formula: str | None) -> None:
    assert FORMULAS.allow(formula)


@pytest.mark.parametrize(
    "formula",
    [
        *(FETCHED, '=_xlfn.IMAGE("http://evil/x")', "='http://evil/[b.csv]S'!A1", "=[1]S!A1"),
        *('=INDIRECT("A1")', '=DDE("cmd";"/C calc";"x")', "=cmd|'/C calc'!A0", "=QUERY(A1)"),
        *('=FILTERXML(A1,"//x")', '=WEBSERVICE("http://evil")', '=HYPERLINK("x")', "=Other!A1"),
        *("='\\\\evil\\s\\[b.xlsx]S'!A1", "=A1#", "=A1//2", "=OFFSET(A1,1,1)", "=unknown"),
        *("=SUM(IMAGE(A1))", "=BOM:台账!A1", "='BOM:台账'!A1", "={1,2}", "=@SUM(A1)", '="open'),
        *("=SUM (A1)(IMAGE (A1))", "='file:///etc/passwd'#$BOM.A1", "=IMPORTDATA(A1)", "=T[x]"),
    ],
)
def test_all_else_is_refused(formula: str) -> None:
    assert not FORMULAS.allow(formula)


def given_back(book: openpyxl.Workbook) -> openpyxl.Workbook:
    buffer = io.BytesIO()
    book.save(buffer)
    content = buffer.getvalue()
    marked = annotate(content, "a.xlsx", read(content, "a.xlsx"), Language.EN)
    return openpyxl.load_workbook(io.BytesIO(marked))


def rule_of(formulas: list[str]) -> Rule:
    return Rule("expression", formula=formulas)


def own_workbook() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(filled_template(Language.EN)))


def test_a_formula_that_is_not_known_to_be_harmless_becomes_a_text() -> None:
    book = own_workbook()
    book["BOM"]["AE2"], book["BOM"]["AE3"] = FETCHED, "=SUM(D2:D3)"
    sheet = given_back(book)["BOM"]
    assert (sheet["AE2"].value, sheet["AE2"].data_type) == (FETCHED, "s")
    assert (sheet["AE3"].value, sheet["AE3"].data_type) == ("=SUM(D2:D3)", "f")


def test_links_are_dropped_and_their_words_stay() -> None:
    book = own_workbook()
    book["BOM"]["AE2"] = "click"
    book["BOM"]["AE2"].hyperlink = "http://evil/"
    cell = given_back(book)["BOM"]["AE2"]
    assert (cell.value, cell.hyperlink) == ("click", None)


def test_validations_formats_and_names_that_fetch_are_dropped() -> None:
    book = own_workbook()
    sheet = book["BOM"]
    before = len(sheet.data_validations.dataValidation)
    sheet.add_data_validation(DataValidation("custom", formula1=FETCHED[1:], sqref="AE2"))
    sheet.conditional_formatting.add("AE2:AE3", rule_of([FETCHED[1:]]))
    sheet.conditional_formatting.add("AF2:AF3", rule_of(["AF2>1"]))
    book.defined_names["evil"] = DefinedName("evil", attr_text=FETCHED[1:])
    back = given_back(book)
    assert len(back["BOM"].data_validations.dataValidation) == before
    assert "AF2:AF3" in {str(area.sqref) for area in back["BOM"].conditional_formatting}
    assert "AE2:AE3" not in {str(area.sqref) for area in back["BOM"].conditional_formatting}
    assert "evil" not in back.defined_names


@pytest.mark.parametrize(("source", "kept"), [("'BOM'!$D$2:$D$3", 1), ("'[1]S'!$A$1:$A$2", 0)])
def test_a_chart_of_another_file_is_dropped(source: str, kept: int) -> None:
    book = own_workbook()
    chart = BarChart()
    chart.series.append(Series(Reference(range_string="BOM!$D$2:$D$3")))
    chart.series[0].val.numRef.f = source
    sheet: Any = book["BOM"]
    sheet.add_chart(chart, "AH2")
    back: Any = given_back(book)["BOM"]
    assert len(back._charts) == kept
