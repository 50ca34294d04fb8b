"""Workbooks (XLSX): guarded, scanned, then read sheet by sheet."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from service.formats.errors import damaged
from service.formats.sheets.archive import Archive
from service.formats.sheets.book import Book, SheetPart, read_book
from service.formats.sheets.reading_budget import ReadingBudget
from service.formats.sheets.scan import Scan, scan_sheet
from service.formats.sheets.table import Percent, Row, Table, TableSize, Value

_Cell = float | str | bool | time | date | datetime | timedelta
_POINTS = 100
_POINT_DIGITS = 10  # 0.07 in a cell is 7 %, not 7.000000000000001 %


def read_xlsx(content: bytes) -> tuple[Table, ...]:
    """Read every worksheet of a workbook.

    Raises:
        UnreadableFileError: It is damaged.
        UnsupportedFileError: It is another kind of archive, or has macros or a password.
        FileTooLargeError: It holds more than we read.
    """
    archive = Archive(content)
    budget = ReadingBudget()
    book = read_book(archive, budget)
    scans = _scan_all(archive, book, budget)
    workbook = _load(archive.copy(book.parts))
    return tuple(
        _read_sheet(workbook, sheet, scan) for sheet, scan in zip(book.sheets, scans, strict=True)
    )


def _scan_all(archive: Archive, book: Book, budget: ReadingBudget) -> list[Scan]:
    return [scan_sheet(sheet.name, archive.read(sheet.part), book, budget) for sheet in book.sheets]


def _load(copy: io.BytesIO) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(copy)
    except CalamineError as cause:
        raise damaged() from cause


def _read_sheet(workbook: CalamineWorkbook, part: SheetPart, scan: Scan) -> Table:
    try:
        sheet = workbook.get_sheet_by_name(part.name)
        by_number = _values(sheet, scan)
    except CalamineError as cause:
        raise damaged() from cause
    size = TableSize(part.name)
    rows = []
    for number in sorted(by_number):
        row = Row(number, by_number[number])
        size.add(number, row.values)
        rows.append(row)
    return Table(part.name, tuple(rows), part.visible, tuple(scan.merged))


def _values(sheet: CalamineSheet, scan: Scan) -> dict[int, tuple[Value, ...]]:
    by_number: dict[int, tuple[Value, ...]] = {}
    if sheet.start is None and scan.filled:
        raise damaged()  # what was seen in the scan was not read: an encoding it does not know
    top, left = sheet.start or (0, 0)
    for number, cells in enumerate(sheet.to_python(), start=top + 1):
        values = [None] * left + [_to_value(cell) for cell in cells]
        trimmed = _with_marks(number, values, scan)
        if trimmed:
            by_number[number] = trimmed
    for number in scan.faulty.keys() - by_number.keys():
        by_number[number] = _with_marks(number, [], scan)
    return by_number


def _with_marks(number: int, values: list[Value], scan: Scan) -> tuple[Value, ...]:
    """The row with percents and faults in place, and without the empty cells at its end."""
    for column in scan.percent.get(number, ()):
        value = values[column - 1]
        if isinstance(value, float):
            values[column - 1] = Percent(round(value * _POINTS, _POINT_DIGITS))
    for column, faulty in scan.faulty.get(number, {}).items():
        values.extend([None] * (column - len(values)))
        values[column - 1] = faulty
    return _trim(values)


def _trim(values: Sequence[Value]) -> tuple[Value, ...]:
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return tuple(values[:end])


def _to_value(cell: _Cell) -> Value:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float | int):
        # What overflows is told as it stands: a spreadsheet cannot hold it either.
        return float(cell) if math.isfinite(cell) else str(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(" ")
    return cell if isinstance(cell, date) else str(cell)
