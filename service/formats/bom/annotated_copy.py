"""A new workbook with the values of a file and the errors beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from lca_models.errors import Language
from service.formats.bom.marks import (
    SUMMARY_SHEET,
    Marks,
    Summary,
    is_formula_like,
)
from service.formats.bom.table import ERRORS_HEADING
from service.formats.sheets.table import Faulty, Percent, Table, Value

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 25
_WRONG = {"bg_color": "#FFC7CE"}
_POINTS = 100
_FORMS: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "text": {"quote_prefix": True},
    "day": {"num_format": "yyyy-mm-dd"},
    "percent": {"num_format": "0.00%"},
}
_SUMMARY_WIDTHS = (18, 8, 22, 24, 60, 60)


def write_copy(
    tables: Sequence[Table], marks: Marks, summary: Summary, language: Language
) -> bytes:
    """Write the values of every sheet anew, with the errors.

    Args:
        tables: The sheets of the file.
        marks: What is wrong in the sheet that was read.
        summary: The page with all errors.
        language: Language of the errors.
    """
    buffer = io.BytesIO()
    copy = _Copy(buffer, language)
    for table in tables:
        copy.add(table, marks if table.name == marks.sheet else None)
    copy.add_summary(summary)
    copy.close()
    return buffer.getvalue()


class _Copy:
    def __init__(self, buffer: io.BytesIO, language: Language) -> None:
        self._language = language
        self._book = xlsxwriter.Workbook(buffer, _OPTIONS)
        self._forms = {
            (name, wrong): self._book.add_format({**form, **(_WRONG if wrong else {})})
            for name, form in _FORMS.items()
            for wrong in (False, True)
        }
        self._names: set[str] = set()

    def add(self, table: Table, marks: Marks | None) -> None:
        sheet = self._book.add_worksheet(self._free_name(table.name))
        rows = {row.number: row.values for row in table.rows}
        # The errors of a row that is no longer filled still belong beside it.
        numbers = sorted({*rows, *(marks.by_row if marks is not None else ())})
        for number in numbers:
            for position, value in enumerate(rows.get(number, ()), start=1):
                wrong = marks.by_cell.get((number, position)) if marks else None
                self._write(sheet, number, position, value, wrong)
            if marks is not None:
                self._write_errors(sheet, number, marks)

    def add_summary(self, summary: Summary) -> None:
        sheet = self._book.add_worksheet(self._free_name(SUMMARY_SHEET.to(self._language)))
        for position, width in enumerate(_SUMMARY_WIDTHS):
            sheet.set_column(position, position, width)
        for number, row in enumerate(summary, start=1):
            for position, value in enumerate(row, start=1):
                self._write(sheet, number, position, _plain(value), None)

    def close(self) -> None:
        self._book.close()

    def _write_errors(
        self, sheet: xlsxwriter.worksheet.Worksheet, number: int, marks: Marks
    ) -> None:
        text = marks.by_row.get(number)
        if number == marks.heading_row:
            text = ERRORS_HEADING.to(self._language)
        if text is not None:
            self._write(sheet, number, marks.errors_column, text, None)

    def _write(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        number: int,
        position: int,
        value: Value,
        wrong: str | None,
    ) -> None:
        place = (number - 1, position - 1)
        is_wrong = wrong is not None
        if isinstance(value, str | Faulty):
            text = value.shown if isinstance(value, Faulty) else value
            form = "text" if is_formula_like(text) else "plain"
            sheet.write_string(*place, text, self._forms[form, is_wrong])
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, self._forms["plain", is_wrong])
        elif isinstance(value, date):
            sheet.write_datetime(*place, value, self._forms["day", is_wrong])
        elif isinstance(value, Percent):
            sheet.write_number(*place, value.points / _POINTS, self._forms["percent", is_wrong])
        elif value is not None:
            sheet.write_number(*place, value, self._forms["plain", is_wrong])
        elif is_wrong:
            sheet.write_blank(*place, None, self._forms["plain", is_wrong])
        if is_wrong:
            sheet.write_comment(*place, wrong, {"author": "greenchain", "x_scale": 2})

    def _free_name(self, wanted: str) -> str:
        cut = _FORBIDDEN_IN_NAMES.sub("_", wanted).strip()[:_LONGEST_NAME] or "BOM"
        name, number = cut, 2
        while name.casefold() in self._names:
            name, number = f"{cut} {number}", number + 1
        self._names.add(name.casefold())
        return name


def _plain(value: str | int) -> Value:
    return float(value) if isinstance(value, int) else value or None
