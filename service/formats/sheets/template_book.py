"""A workbook for people to fill in: headings with notes, drop-downs, frozen panes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from lca_models.errors import Language, Text
from service.formats.sheets.headings import Column
from service.formats.sheets.table import column_letters

Cell = str | float | date | None

_LISTS_SHEET = Text(en="Lists", zh="选项")
_ROWS_WITH_LISTS = 2_000
_A4 = 9
_NOTE_WIDTHS = (26, 34, 90)
# The same template is the same file, to the byte, whenever it is written.
_WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E2EFDA"}
_REQUIRED = _HEADING | {"bg_color": "#A9D08E"}
_OUT_OF_LIST = Text(
    en="This is not in the list. Keep it only if it is another name for one of the list.",
    zh="不在可选列表中。仅当其为列表中某项的别名时保留。",
)


class TemplateBook:
    """A workbook that grows sheet by sheet.

    Args:
        language: Language of headings, notes and lists.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, _OPTIONS)
        self._book.set_properties({"created": _WRITTEN_ON})
        self._heading = self._book.add_format(_HEADING)
        self._required = self._book.add_format(_REQUIRED)
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        # A quote prefix keeps a text a text even after somebody has edited the cell.
        self._text = self._book.add_format({"quote_prefix": True})
        self._lists: dict[tuple[str, ...], int] = {}

    def add_table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Mapping[str, Cell]] = (),
        choices: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Add a table: headings with notes, drop-downs, and rows if there are any.

        Args:
            name: Name of the sheet.
            columns: Its columns in order.
            rows: Values by the key of the column.
            choices: Further drop-downs by the key of the column.
        """
        sheet = self._add_sheet(name)
        sheet.freeze_panes(1, 2)
        for position, column in enumerate(columns):
            heading = self._required if column.required else self._heading
            sheet.set_column(position, position, column.width)
            sheet.write_string(0, position, column.heading.to(self._language), heading)
            sheet.write_comment(0, position, column.note.to(self._language), {"x_scale": 2})
            listed = tuple(choice.to(self._language) for choice in column.choices)
            self._offer(sheet, position, listed or tuple((choices or {}).get(column.key, ())))
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(columns):
                self._write(sheet, number, position, row.get(column.key))

    def add_notes(
        self,
        name: str,
        title: str,
        sentences: Sequence[str],
        table: Sequence[Sequence[str]],
    ) -> None:
        """Add a page of notes: a title, sentences, and a table whose first row is its heading."""
        sheet = self._add_sheet(name)
        for position, width in enumerate(_NOTE_WIDTHS):
            sheet.set_column(position, position, width)
        sheet.write_string(0, 0, title, self._title)
        for number, sentence in enumerate(sentences, start=2):
            sheet.write_string(number, 0, sentence)
        start = len(sentences) + 3
        for number, row in enumerate(table, start=start):
            for position, value in enumerate(row):
                form = self._heading if number == start else self._wrapped
                sheet.write_string(number, position, value, form)

    def to_bytes(self) -> bytes:
        """The finished workbook."""
        if self._lists:
            sheet = self._book.add_worksheet(_LISTS_SHEET.to(self._language))
            for values, position in self._lists.items():
                sheet.set_column(position, position, 28)
                sheet.write_column(0, position, values)
        self._book.close()
        return self._buffer.getvalue()

    def _add_sheet(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        """A sheet whose columns fit on one page across when it is printed."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _offer(
        self, sheet: xlsxwriter.worksheet.Worksheet, position: int, values: tuple[str, ...]
    ) -> None:
        if not values:
            return
        column = column_letters(self._lists.setdefault(values, len(self._lists)) + 1)
        listed = f"='{_LISTS_SHEET.to(self._language)}'!${column}$1:${column}${len(values)}"
        rule = {
            "validate": "list",
            "source": listed,
            "error_type": "warning",
            "error_message": _OUT_OF_LIST.to(self._language),
        }
        sheet.data_validation(1, position, _ROWS_WITH_LISTS, position, rule)

    def _write(
        self, sheet: xlsxwriter.worksheet.Worksheet, number: int, position: int, value: Cell
    ) -> None:
        if isinstance(value, date):
            sheet.write_datetime(number, position, value, self._day)
        elif isinstance(value, str):
            sheet.write_string(number, position, value, self._text)
        elif value is not None:
            sheet.write_number(number, position, value)
