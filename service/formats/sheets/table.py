"""A table as we hand it on: cells of one sheet, by row and column, in bounded size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError, damaged

MAX_FILE_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 500_000
MAX_CELL_LENGTH = 32_767  # the most that a cell of Excel holds

LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_LETTERS = 26
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Fault(StrEnum):
    """Why the value of a cell cannot be trusted."""

    UNCALCULATED = "uncalculated"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Faulty:
    """A cell without a value to trust: a formula never calculated, or one that failed."""

    fault: Fault
    shown: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number shown with a percent sign; `points` is what the reader of the sheet sees."""

    points: float


Value = str | float | bool | date | Percent | Faulty | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row with content; trailing empty cells may be missing.

    Args:
        number: As the user's program counts it, from 1.
        values: Values from column A on.
    """

    number: int
    values: tuple[Value, ...]

    def value_at(self, column: int) -> Value:
        """The value in a column counted from 0, None beyond the end of the row."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one; rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def of(cls, reference: str) -> MergedRange:
        """A range as a spreadsheet writes it, `B3:C5` or `B3`.

        Raises:
            UnreadableFileError: It is no range of a sheet.
        """
        first, _, last = reference.partition(":")
        top, left = to_place(first)
        bottom, right = to_place(last or first)
        return cls(top, left, bottom, right)

    @property
    def places(self) -> int:
        """How many cells it covers."""
        rows = self.last_row - self.first_row + 1
        return rows * (self.last_column - self.first_column + 1)

    def __str__(self) -> str:
        """The range as a spreadsheet writes it: `B3:C5`."""
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or a whole CSV file.

    Args:
        name: Name of the sheet; of a CSV file, its file name.
        rows: Rows with content, in order.
        visible: Whether the user sees the sheet.
        merged: Merged ranges.
    """

    name: str
    rows: tuple[Row, ...]
    visible: bool = True
    merged: tuple[MergedRange, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFile:
    """What a file holds.

    Args:
        tables: Its sheets in order.
        encoding: Encoding of a CSV file, None for a workbook.
    """

    tables: tuple[Table, ...]
    encoding: str | None = None


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: `A`, `Z`, `AA`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def to_place(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell as a spreadsheet writes it.

    Raises:
        UnreadableFileError: It is no cell of a sheet.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged()
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    row = int(match[2])
    if column > _LAST_COLUMN or row > LAST_ROW:
        raise damaged()
    return row, column


class TableSize:
    """Counts what has been read, and refuses the row that is too much.

    Args:
        name: Name of the sheet, for the message.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = 0
        self._cells = 0

    def add(self, number: int, values: Sequence[Value]) -> None:
        """Count one row with content.

        Raises:
            FileTooLargeError: Too many rows, columns or cells, or a cell that is too long.
        """
        self._rows += 1
        self._cells += sum(1 for value in values if value is not None)
        checks = (
            (self._rows, MAX_ROWS, Text(en="rows with content", zh="行非空数据")),
            (len(values), MAX_COLUMNS, Text(en="columns", zh="列")),
            (self._cells, MAX_CELLS, Text(en="filled cells", zh="个非空单元格")),
            (_longest(values), MAX_CELL_LENGTH, Text(en="characters in a cell", zh="字的单元格")),
        )
        for found, most, what in checks:
            if found > most:
                raise self._refusal(number, most, what)

    def _refusal(self, number: int, most: int, what: Text) -> FileTooLargeError:
        return FileTooLargeError(
            Text(
                en="Sheet “{sheet}” has more than {most} {what} (reached in row {row}).",
                zh="工作表“{sheet}”含有超过{most}{what}（见第{row}行）。",
            ).format(sheet=self._name, most=most, what=what, row=number),
            Text(
                en="Keep only the bill of materials in the file, or split it into several files.",
                zh="请在文件中仅保留物料清单，或拆分为多个文件。",
            ),
        )


def _longest(values: Sequence[Value]) -> int:
    return max((len(value) for value in values if isinstance(value, str)), default=0)
