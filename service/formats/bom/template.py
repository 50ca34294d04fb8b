"""Writes the template of a bill of materials: a workbook with notes and an example, or CSV."""

from __future__ import annotations

import codecs
import csv
import io

from lca_models.errors import Language, Text
from lca_models.facts.library import Library
from service.formats.bom.columns import COLUMNS, USES
from service.formats.bom.example import example_rows
from service.formats.bom.table import BOM_SHEET, EXAMPLE_SHEET
from service.formats.bom.words import KIND_NAMES, RowKind
from service.formats.sheets.template_book import TemplateBook

_NOTES_SHEET = Text(en="Notes", zh="说明")
_TITLE = Text(en="Bill of materials: how to fill it in", zh="物料清单填写说明")
_SENTENCES = (
    Text(
        "One file is one product and one reporting period. Fill in the sheet “BOM”.",
        "每个文件对应一种产品和一个统计期，请填写“BOM”工作表。",
    ),
    Text(
        "The output row says how much one run makes (a year, a month or a batch); every other row "
        "says what that run took.",
        "产出行填写一个批次（一年、一个月或一批）的产量，其余各行填写该批次的投入与排放。",
    ),
    Text(
        "Columns may stand in any order, headings in either language; further columns of your own "
        "are kept and not read.",
        "列的顺序不限，中英文表头均可；自行添加的列会保留但不读取。",
    ),
    Text(
        "Numbers with a decimal point and without separators of thousands: 1234.5. Percentages as "
        "5 or 5%.",
        "数字使用小数点，不加千位分隔符，如1234.5；百分比填写5或5%。",
    ),
    Text(
        "Do not merge cells. Formulas are read by their last calculated result.",
        "请勿合并单元格；公式按最近一次计算结果读取。",
    ),
    Text(
        "The sheet with the example is illustrative and is never read.",
        "示例工作表仅供参考，系统不会读取。",
    ),
)
_TABLE_HEADING = (
    Text(en="Column", zh="列"),
    Text(en="Required for", zh="哪些类别必填"),
    Text(en="Meaning", zh="填写内容"),
)
_EVERY = Text(en="every row", zh="所有行")
_OPTIONAL = Text(en="optional", zh="选填")


def write_template(language: Language, library: Library) -> bytes:
    """The template as a workbook (XLSX), with drop-downs, notes and an example.

    Args:
        language: Language of headings, notes and lists; either is read.
        library: Transport modes, treatments, technologies and gases that the lists offer.
    """
    choices = _choices(language, library)
    book = TemplateBook(language)
    book.add_table(BOM_SHEET, COLUMNS, (), choices)
    book.add_notes(
        _NOTES_SHEET.to(language),
        _TITLE.to(language),
        [sentence.to(language) for sentence in _SENTENCES],
        _notes_table(language),
    )
    rows = example_rows(language, library)
    book.add_table(EXAMPLE_SHEET.to(language), COLUMNS, rows, choices)
    return book.to_bytes()


def write_csv_template(language: Language) -> bytes:
    """The template as one line of headings, in UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO()
    csv.writer(text).writerow([column.heading.to(language) for column in COLUMNS])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _choices(language: Language, library: Library) -> dict[str, list[str]]:
    modes = [mode.name.to(language) for mode in library.transport_modes.values()]
    technologies = library.electricity.technologies.values()
    return {
        "transport_mode": modes,
        "transport_mode_2": modes,
        "treatment": [treatment.name.to(language) for treatment in library.treatments.values()],
        "technology": [technology.name.to(language) for technology in technologies],
        "gas": list(library.gases),
    }


def _notes_table(language: Language) -> list[tuple[str, str, str]]:
    heading = [text.to(language) for text in _TABLE_HEADING]
    rows = [
        (
            column.heading.to(language),
            _needed_by(USES[column.key].needed, language),
            column.note.to(language),
        )
        for column in COLUMNS
    ]
    return [(heading[0], heading[1], heading[2]), *rows]


def _needed_by(kinds: frozenset[RowKind], language: Language) -> str:
    if not kinds:
        return _OPTIONAL.to(language)
    if kinds == frozenset(RowKind):
        return _EVERY.to(language)
    joint = ", " if language is Language.EN else "、"
    return joint.join(name.to(language) for kind, name in KIND_NAMES.items() if kind in kinds)
