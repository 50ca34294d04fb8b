"""A user's own file comes back with its errors, and with everything else as it was."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from lca_models.errors import Language
from service.formats.bom.annotate import annotate
from tests.formats import raw_workbook as raw
from tests.formats.bom_files import filled_template, read

WRONG = "FFFFC7CE"
TEXT = (
    "类别,名称,数量,单位,本厂编号\n"
    "产出,框架,100,件,A-1\n"
    "原材料,=cmd|' /C calc'!A0,\"1,5\",kg,=1+1\n"
    "原材料,热轧卷板材,2,stone,@x\n"
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def annotated(content: bytes, name: str, language: Language = Language.ZH) -> bytes:
    return annotate(content, name, read(content, name), language)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def own_workbook() -> bytes:
    """A workbook with formats, a formula, a comment, a second sheet and one wrong amount."""
    book = opened(filled_template(Language.ZH))
    sheet = book["BOM"]
    sheet["D4"] = "33万"
    sheet["D4"].comment = Comment("ask Li", "Wang")
    sheet["AJ1"], sheet["AJ2"] = "本厂编号", "=D2*2"
    sheet["AJ2"].fill = PatternFill("solid", start_color="FF00B050")
    book.create_sheet("台账")["B2"] = "ledger"
    return saved(book)


def test_a_csv_file_comes_back_as_a_workbook_with_its_rows() -> None:
    book = opened(annotated(TEXT.encode("gb18030"), "bom.csv"))
    assert book.sheetnames == ["bom.csv", "错误汇总"]
    sheet = book["bom.csv"]
    assert [cell.value for cell in sheet[1]] == [
        "类别",
        "名称",
        "数量",
        "单位",
        "本厂编号",
        "错误（greenchain）",
    ]
    assert sheet["C3"].value == "1,5"
    assert sheet["C3"].fill.start_color.rgb == WRONG
    assert sheet["C3"].comment is not None
    assert sheet["C3"].comment.text.startswith("“1,5”含逗号，有歧义。")
    assert str(sheet["F3"].value).startswith("数量: “1,5”含逗号，有歧义。")
    assert str(sheet["F4"].value).startswith("单位: 无法识别计量单位“stone”。")
    assert sheet["F2"].value is None


@pytest.mark.parametrize("cell", ["B3", "E3", "E4"])
def test_what_looks_like_a_formula_is_written_as_a_text(cell: str) -> None:
    written = opened(annotated(TEXT.encode(), "bom.csv"))["bom.csv"][cell]
    assert written.data_type == "s"
    assert written.quotePrefix


def test_the_summary_lists_errors_and_proposals() -> None:
    page = opened(annotated(TEXT.encode(), "bom.csv", Language.EN))["Error summary"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "Errors found by greenchain: 2"
    assert rows[3][:5] == ["bom.csv", 3, "数量", "1,5", "“1,5” is ambiguous: the comma."]
    assert [4, "hot-rolled coil", "steel_hrc"] in [row[:3] for row in rows]


def test_a_workbook_stays_the_users_own() -> None:
    book = opened(annotated(own_workbook(), "bom.xlsx"))
    assert book.sheetnames == ["BOM", "说明", "示例", "选项", "台账", "错误汇总"]
    sheet = book["BOM"]
    assert sheet["AJ2"].value == "=D2*2"
    assert sheet["AJ2"].fill.start_color.rgb == "FF00B050"
    assert sheet.freeze_panes == "C2"
    assert len(sheet.data_validations.dataValidation) == 12
    assert book["台账"]["B2"].value == "ledger"
    assert sheet["D4"].fill.start_color.rgb == WRONG
    assert sheet["D4"].comment is not None
    assert sheet["D4"].comment.text.startswith("ask Li\n— greenchain —\n“33万”含有文字。")
    assert sheet["AK1"].value == "错误（greenchain）"
    assert str(sheet["AK4"].value).startswith("数量: “33万”含有文字。")


def test_a_mended_file_loses_the_marks_of_the_earlier_check() -> None:
    book = opened(annotated(own_workbook(), "bom.xlsx"))
    book["BOM"]["D4"] = 330000
    again = opened(annotated(saved(book), "bom.xlsx"))
    sheet = again["BOM"]
    assert again.sheetnames.count("错误汇总") == 1
    assert sheet["D4"].fill.fill_type is None
    assert sheet["D4"].comment is not None
    assert sheet["D4"].comment.text == "ask Li"
    assert sheet["AK4"].value is None
    assert sheet["AL1"].value is None
    assert again["错误汇总"]["A1"].value == "greenchain核查结果：共0处错误"


def test_a_formula_that_reaches_out_becomes_a_text_and_others_stay() -> None:
    inside = raw.amount("<f>cmd|' /C calc'!A0</f><v>2</v>")
    cell = opened(annotated(raw.workbook(inside), "a.xlsx"))["BOM"]["D4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    harmless = raw.amount("<f>1+1</f><v>2</v>")
    assert opened(annotated(raw.workbook(harmless), "a.xlsx"))["BOM"]["D4"].value == "=1+1"


def test_a_workbook_that_cannot_be_carried_over_is_copied_by_its_values() -> None:
    after = '<mergeCells><mergeCell ref="A10:XFD1048576"/></mergeCells>'
    content = raw.workbook(raw.sound_sheet(after=after))
    sheet = opened(annotated(content, "a.xlsx"))["BOM"]
    assert [cell.value for cell in sheet[3]][:5] == ["material", "hot-rolled coil", None, 250, "kg"]
    assert merged_ranges(sheet) == []


def merged_ranges(sheet: Worksheet) -> list[str]:
    return [str(area) for area in sheet.merged_cells.ranges]


def test_a_file_without_headings_still_gets_its_summary() -> None:
    content = b"hello,world\n1,2\n"
    book = opened(annotated(content, "a.csv", Language.EN))
    assert book.sheetnames == ["a.csv", "Error summary"]
    assert book["Error summary"]["E4"].value == (
        "No row of headings was found in the first 15 rows."
    )
