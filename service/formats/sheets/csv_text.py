"""CSV files: encoding, delimiter and rows, told strictly and in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lca_models.errors import Place, Text
from service.formats.errors import UnreadableFileError
from service.formats.sheets.table import Row, Table, TableFile, TableSize

_DELIMITERS = (",", ";", "\t")
_MAX_RECORD_LENGTH = 500_000
_BLOCK = 1 << 16
_RECORDS_TO_JUDGE = 30
# Excel's own note of the delimiter, on a first line of its own.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# What no text has: a file with these is a program's, not a person's.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS = Text(
    en="Save it as “CSV UTF-8”, or as .xlsx.",
    zh="请另存为“CSV UTF-8（逗号分隔）”或.xlsx。",
)


def read_csv(content: bytes, file_name: str) -> TableFile:
    """Read a CSV file: UTF-8 first, then GB18030; comma, semicolon or tab.

    Raises:
        UnreadableFileError: Its encoding cannot be told, it is not text, or a quote stays open.
        FileTooLargeError: It has too many rows, columns or cells.
    """
    encoding = _find_encoding(content)
    delimiter, skipped = _find_delimiter(content, encoding)
    size = TableSize(file_name)
    rows = []
    for number, record in enumerate(_records(content, encoding, delimiter), start=1 - skipped):
        if number <= 0 or not any(record):
            continue
        values = tuple(field.strip() or None for field in record)
        if any(values):
            size.add(number, values)
            rows.append(Row(number, values))
    return TableFile((Table(file_name, tuple(rows)),), encoding.removesuffix("-sig"))


def _find_encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _undecodable()
    marked = [encoding for mark, encoding in _BY_MARK if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        if _decodes(content, encoding):
            return encoding
    raise _undecodable()


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for start in range(0, len(content), _BLOCK):
            block = content[start : start + _BLOCK]
            text = decoder.decode(block, final=start + _BLOCK >= len(content))
            if _CONTROLS.search(text):
                raise _not_text()
    except UnicodeDecodeError:
        return False
    return True


def _undecodable() -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            en="The encoding of the file is neither UTF-8 nor GB18030.",
            zh="文件编码既不是UTF-8也不是GB18030。",
        ),
        _SAVE_AS,
    )


def _not_text() -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            en="The file is neither a workbook nor text: it has control characters.",
            zh="文件既不是工作簿也不是文本：含有控制字符。",
        ),
        _SAVE_AS,
    )


class _Lines:
    """Lines of a text, counted since the last whole record, so that no record grows for ever."""

    def __init__(self, content: bytes, encoding: str) -> None:
        stream = io.BytesIO(content)
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
        self._number = 0
        self._length = 0
        self.first = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_MAX_RECORD_LENGTH + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._length += len(line)
        if self._length > _MAX_RECORD_LENGTH:
            raise _broken(self.first)
        return line

    def start_record(self) -> None:
        """Note that the next line begins a record."""
        self._length = 0
        self.first = self._number + 1


def _records(content: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    lines = _Lines(content, encoding)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        first = lines.first
        try:
            record = next(reader, None)
        except csv.Error as cause:
            raise _broken(first) from cause
        if record is None:
            return
        lines.start_record()
        yield record


def _broken(line: int) -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            en="The row that begins on line {line} has no end: a quote is open or misplaced, "
            "or a field is too long.",
            zh="从第{line}行开始的记录没有正常结束：引号未闭合、位置不对，或字段过长。",
        ).format(line=line),
        Text(
            en="Close the quote; inside quotes, write a quote twice.",
            zh="请补全引号；引号内的引号须写两次。",
        ),
    ).at(Place(row=line))


def _find_delimiter(content: bytes, encoding: str) -> tuple[str, int]:
    """The delimiter, and how many lines before the first that spreadsheets show."""
    first = next(_Lines(content, encoding), "")
    named = _SEPARATOR_LINE.fullmatch(first)
    if named and named[1] in _DELIMITERS:
        return named[1], 1
    return max(_DELIMITERS, key=lambda d: _regularity(content, encoding, d)), 0


def _regularity(content: bytes, encoding: str, delimiter: str) -> int:
    """How much of the file's beginning falls into columns, by fields beyond the first."""
    try:
        records = list(islice(_records(content, encoding, delimiter), _RECORDS_TO_JUDGE))
    except UnreadableFileError:
        return 0
    widths = Counter(len(record) for record in records if len(record) > 1)
    return max(((width - 1) * count for width, count in widths.items()), default=0)
