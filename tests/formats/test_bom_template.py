"""The template of a bill of materials helps people to fill it in, and is read as it stands."""

from __future__ import annotations

import io

import openpyxl
import pytest

from lca_models.errors import Language
from lca_models.facts.library import load_library
from lca_models.facts.names import fold
from service.formats.bom.columns import BY_KEY, COLUMNS, USES
from service.formats.bom.template import write_csv_template, write_template
from service.formats.bom.words import KINDS, RowKind
from service.formats.sheets.headings import fold_heading
from tests.formats.bom_files import read


def opened(language: Language) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_template(language, load_library())))


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        (Language.EN, ["BOM", "Notes", "Example", "Lists"]),
        (Language.ZH, ["BOM", "说明", "示例", "选项"]),
    ],
)
def test_the_template_has_a_sheet_to_fill_notes_an_example_and_lists(
    language: Language, sheets: list[str]
) -> None:
    book = opened(language)
    assert book.sheetnames == sheets
    headings = [cell.value for cell in book["BOM"][1]]
    assert headings == [column.heading.to(language) for column in COLUMNS]
    assert book["BOM"].freeze_panes == "C2"


@pytest.mark.parametrize("language", list(Language))
def test_closed_choices_have_drop_downs_whose_words_are_read(language: Language) -> None:
    book = opened(language)
    rules = {str(rule.sqref): rule.formula1 for rule in book["BOM"].data_validations.dataValidation}
    assert len(rules) == 12
    kind = [formula for cells, formula in rules.items() if cells.startswith("A2")]
    sheet_name = "Lists" if language is Language.EN else "选项"
    assert kind == [f"'{sheet_name}'!$A$1:$A$10"]
    lists = book[sheet_name]
    first = [lists.cell(row, 1).value for row in range(1, 11)]
    assert {KINDS[fold(str(word))] for word in first} == set(RowKind)


def test_an_unfilled_template_is_told_to_be_empty() -> None:
    defects = read(write_template(Language.ZH, load_library()), "bom.xlsx").defects
    assert [d.reason.zh for d in defects] == ["表头下方没有数据。"]


def test_the_template_is_the_same_file_whenever_it_is_written() -> None:
    library = load_library()
    assert write_template(Language.ZH, library) == write_template(Language.ZH, library)


def test_the_csv_template_opens_in_a_spreadsheet_and_is_read() -> None:
    content = write_csv_template(Language.ZH)
    assert content.startswith(b"\xef\xbb\xbf")
    assert [d.code for d in read(content).defects] == ["empty-table"]


def test_every_column_says_which_rows_use_it() -> None:
    assert list(USES) == [column.key for column in COLUMNS]
    assert all(use.needed <= use.allowed for use in USES.values())


def test_no_two_columns_share_a_heading() -> None:
    seen: dict[str, str] = {}
    for column in COLUMNS:
        for name in column.names:
            assert seen.setdefault(fold_heading(name), column.key) == column.key, name
    assert len(seen) > len(BY_KEY)
