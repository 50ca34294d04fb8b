"""What must be known of a sheet before its cells may be read: its extent, and cells not to trust.

The reader of cells lays a sheet out as a full rectangle, gives 0 or nothing for a formula that was
never calculated, nothing for an error, and loses the percent sign. One streaming pass finds these.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError, damaged
from service.formats.sheets.book import Book
from service.formats.sheets.reading_budget import ReadingBudget
from service.formats.sheets.table import (
    LAST_ROW,
    Fault,
    Faulty,
    MergedRange,
    column_letters,
    to_place,
)
from service.formats.sheets.xml_text import Attributes, walk

_MAX_AREA = 2_000_000
_MAX_FAULTY = 20_000
_MAX_MERGED = 10_000
_KEPT_TEXT = 40  # enough to tell a number, an index or an error
_TEXT_TYPES = {"s", "str", "inlineStr"}


@dataclass(slots=True)
class Scan:
    """What one pass over a sheet has found; rows and columns count from 1.

    Args:
        filled: Cells with a value that can be trusted.
        last_row: Last row with a value.
        last_column: Rightmost column with a value.
        faulty: Cells whose value cannot be trusted, by row and column.
        percent: Columns shown with a percent sign, by row.
        merged: Merged ranges.
    """

    filled: int = 0
    last_row: int = 0
    last_column: int = 0
    faulty: dict[int, dict[int, Faulty]] = field(default_factory=lambda: defaultdict(dict))
    percent: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    merged: list[MergedRange] = field(default_factory=list)


def scan_sheet(name: str, part: bytes, book: Book, budget: ReadingBudget) -> Scan:
    """Find how far a sheet reaches and which of its cells cannot be trusted.

    Raises:
        UnreadableFileError: The part is no well-formed sheet.
        FileTooLargeError: It reaches too far, or holds too much.
    """
    scanner = _Scanner(name, book, budget)
    walk(part, budget, scanner.start, scanner.text)
    scanner.close_cell()
    scan = scanner.scan
    if scan.last_row * scan.last_column > _MAX_AREA:
        raise _too_wide(name, f"{column_letters(scan.last_column)}{scan.last_row}")
    return scan


class _Scanner:
    def __init__(self, name: str, book: Book, budget: ReadingBudget) -> None:
        self._name = name
        self._book = book
        self._budget = budget
        self._faulty = 0
        self._row = 0
        self._column = 0
        self._open = False
        self._forget_cell()
        self.scan = Scan()

    def _forget_cell(self) -> None:
        self._type = "n"
        self._style = "0"
        self._formula = False
        self._value = False
        self._reading = False
        self._text = ""
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take note of an element."""
        self._reading = name in {"v", "t"}
        if name == "c":
            self.close_cell()
            self._open_cell(attributes)
        elif name == "row":
            self.close_cell()
            self._open_row(attributes)
        elif name in {"v", "is"}:
            self._value = True
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self.close_cell()
            self._add_merged(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        """Take note of text inside a value."""
        if self._reading:
            self._length += len(data)
            if len(self._text) < _KEPT_TEXT:
                self._text += data[:_KEPT_TEXT]

    def _open_row(self, attributes: Attributes) -> None:
        stated = attributes.get("r")
        row = self._row + 1 if stated is None else _to_row(stated)
        if row <= self._row:
            raise damaged()
        self._row, self._column = row, 0

    def _open_cell(self, attributes: Attributes) -> None:
        self._forget_cell()
        self._open = True
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        stated = attributes.get("r")
        row, column = (self._row, self._column + 1) if stated is None else to_place(stated)
        # A reader that trusts the order would lose cells that come out of it.
        if row != self._row or column <= self._column:
            raise damaged()
        self._column = column

    def close_cell(self) -> None:
        """Judge the cell that has been read."""
        if not self._open:
            return
        self._open = False
        text = self._text.strip()
        if self._type == "e":
            self._mark(Faulty(Fault.ERROR, text))
        elif self._formula and self._is_uncalculated(text):
            self._mark(Faulty(Fault.UNCALCULATED, "="))
        elif self._value and (text or self._type in _TEXT_TYPES):
            self._count(text)
        self._reading = False

    def _is_uncalculated(self, text: str) -> bool:
        if self._type == "str":
            return not self._value
        return not text or (text == "0" and self._book.calculates_on_load)

    def _mark(self, faulty: Faulty) -> None:
        self._faulty += 1
        if self._faulty > _MAX_FAULTY:
            raise _too_faulty(self._name)
        self.scan.faulty[self._row][self._column] = faulty
        self._extend()

    def _count(self, text: str) -> None:
        length = self._shared_length(text) if self._type == "s" else self._length
        self._extend(length)
        if length:
            self.scan.filled += 1
        if self._type not in _TEXT_TYPES and self._style in self._book.percent_styles:
            self.scan.percent[self._row].add(self._column)

    def _extend(self, length: int = 0) -> None:
        self._budget.spend_value(length)
        self.scan.last_row = self._row
        self.scan.last_column = max(self.scan.last_column, self._column)

    def _shared_length(self, text: str) -> int:
        if not text.isdecimal() or int(text) >= len(self._book.string_lengths):
            raise damaged()
        return self._book.string_lengths[int(text)]

    def _add_merged(self, reference: str) -> None:
        self.scan.merged.append(MergedRange.of(reference))
        if len(self.scan.merged) > _MAX_MERGED:
            raise damaged()


def _to_row(stated: str) -> int:
    try:
        row = int(stated)
    except ValueError:
        raise damaged() from None
    if not 0 < row <= LAST_ROW:
        raise damaged()
    return row


def _too_wide(name: str, last: str) -> FileTooLargeError:
    return FileTooLargeError(
        Text(
            en="Sheet “{sheet}” reaches as far as cell {last}.",
            zh="工作表“{sheet}”的内容一直延伸到单元格{last}。",
        ).format(sheet=name, last=last),
        Text(
            en="Delete the blank rows and columns in between, and what stands far away.",
            zh="请删除中间的空白行和空白列，以及远处的多余内容。",
        ),
        value=last,
    )


def _too_faulty(name: str) -> FileTooLargeError:
    return FileTooLargeError(
        Text(
            en="Sheet “{sheet}” has more than {most} formulas without a result.",
            zh="工作表“{sheet}”中没有计算结果的公式超过{most}个。",
        ).format(sheet=name, most=_MAX_FAULTY),
        Text(
            en="Open it in a spreadsheet program, let it calculate, and save it.",
            zh="请用表格软件打开，完成计算后保存。",
        ),
    )
