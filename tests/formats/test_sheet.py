"""A file becomes tables whose rows and columns are the user's own."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import BinaryIO

import pytest
import xlsxwriter

from service.formats.errors import FileTooLargeError, UnreadableFileError, UnsupportedFileError
from service.formats.sheets.file import read_content, read_tables
from service.formats.sheets.table import Fault, Faulty, MergedRange, Percent, Row
from tests.formats import raw_workbook as raw


def written() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("数据")
    sheet.write("C3", "名称")
    sheet.write("D3", 2.5)
    sheet.write("E3", datetime(2025, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - cells have no zone
    sheet.write("F3", 0.07, book.add_format({"num_format": "0%"}))
    sheet.write_boolean("G3", 1)
    sheet.write_formula("H3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("I3", "=1+1", None, 2)
    sheet.write_formula("J3", '="a"', None, "a")
    sheet.merge_range("A9:B10", "note")
    book.add_worksheet("隐藏").hide()
    book.close()
    return buffer.getvalue()


def test_a_workbook_keeps_rows_columns_and_kinds_of_values() -> None:
    table, hidden = read_tables(written(), "a.xlsx").tables
    assert table.name == "数据"
    assert table.rows[0] == Row(
        3,
        (
            None,
            None,
            "名称",
            2.5,
            date(2025, 3, 5),
            Percent(7.0),
            True,
            Faulty(Fault.ERROR, "#DIV/0!"),
            2.0,
            "a",
        ),
    )
    assert table.rows[1] == Row(9, ("note",))
    assert [str(area) for area in table.merged] == ["A9:B10"]
    assert not hidden.visible


def test_a_formula_without_result_is_no_zero() -> None:
    content = raw.workbook(raw.amount("<f>1+1</f><v></v>"))
    last = read_tables(content, "a.xlsx").tables[0].rows[-1]
    assert last.number == 4
    assert last.value_at(3) == Faulty(Fault.UNCALCULATED, "=")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_any_usual_form(encoding: str, name: str, delimiter: str) -> None:
    text = f'类别{delimiter}名称\r\n\r\n原材料{delimiter}"钢{delimiter}㐀\n卷"\r\n'
    file = read_tables(text.encode(encoding), "清单.csv")
    assert file.encoding == name
    assert file.tables[0].name == "清单.csv"
    assert file.tables[0].rows == (
        Row(1, ("类别", "名称")),
        Row(3, ("原材料", f"钢{delimiter}㐀\n卷")),
    )


def test_commas_in_a_note_do_not_hide_the_semicolons_between_columns() -> None:
    text = "a;b;c\n1;2;x, y, z, and more, much more\n3;4;\n"
    assert read_tables(text.encode(), "a.csv").tables[0].rows[1].values[:2] == ("1", "2")


def test_an_open_quote_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableFileError, match="row 2: The row that begins on line 2"):
        read_tables(b'a,b\n"c,d\ne,f\n', "a.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7", "The file is a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "The file is an old workbook (.xls)."),
        (raw.archive({"content.xml": "x"}), "The file is an OpenDocument file (.ods)."),
        (raw.archive({"a.txt": "x"}), "The file is a packed archive."),
    ],
)
def test_another_kind_of_file_is_told_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedFileError) as caught:
        read_tables(content, "a.xlsx")
    assert caught.value.defects[0].reason.en == reason


def test_a_large_file_is_refused_before_it_is_read_whole() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            self.taken += size
            return bytes(size)

    stream = Endless()
    with pytest.raises(FileTooLargeError, match="larger than 20 MB"):
        read_content(as_binary(stream))
    assert stream.taken == 20_000_001


def as_binary(stream: io.RawIOBase) -> BinaryIO:
    return stream  # type: ignore[return-value] # it has the one method that is called


def test_a_sheet_that_reaches_too_far_is_told_how_far() -> None:
    far = raw.sound_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(FileTooLargeError, match="reaches as far as cell XFD1048576"):
        read_tables(raw.workbook(far), "a.xlsx")


def test_a_range_is_written_and_read_as_spreadsheets_do() -> None:
    area = MergedRange.of("AA3:AB10")
    assert area == MergedRange(3, 27, 10, 28)
    assert str(area) == "AA3:AB10"
    assert area.places == 16
