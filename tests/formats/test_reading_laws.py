"""Laws of reading: whatever stands in the cells, there is a reading; a large file takes seconds."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from contextlib import suppress

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.errors import GreenchainError, Language
from service.formats.bom.annotate import annotate
from service.formats.bom.columns import COLUMNS
from service.formats.bom.words import KIND_NAMES
from tests.formats.bom_files import OUTPUT, csv_file, read

_WORDS = st.sampled_from(
    [
        *(name.zh for name in KIND_NAMES.values()),
        *("kg", "t", "kWh", "m3", "tkm", "件", "1", "2.5", "0", "-1", "1e400", "100%", "0.5"),
        *("road", "铁路", "landfill", "CO2", "grid", "绿证", "wind", "mass", "实测", "天然气"),
        *("原铝", "铜", "product:P2", "declared:", "el-co2-cn-sn-2023", "2025-01-01", "=1+1", "/"),
    ]
)
_CELLS = st.one_of(st.just(""), _WORDS, st.text(max_size=12))
_WIDTH = len(COLUMNS)
_ROWS = st.lists(st.lists(_CELLS, min_size=_WIDTH, max_size=_WIDTH), min_size=1, max_size=6)


@given(_ROWS)
@settings(max_examples=150, deadline=None)
def test_any_cells_are_read_or_told_and_can_be_annotated(rows: Sequence[Sequence[str]]) -> None:
    given_rows = [dict(zip((c.key for c in COLUMNS), row, strict=True)) for row in rows]
    content = csv_file(OUTPUT, *given_rows, language=Language.ZH)
    with suppress(GreenchainError):  # control characters are refused with the file
        law_holds(content)


def law_holds(content: bytes) -> None:
    reading = read(content)
    assert (reading.submission is None) == bool(reading.defects)
    assert annotate(content, "bom.csv", reading, Language.EN).startswith(b"PK")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", "类别,名称,数量,单位\n".encode()):
        with suppress(GreenchainError):
            assert read(start + content).defects


def test_ten_thousand_rows_are_read_within_seconds() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("BOM")
    sheet.write_row(0, 0, [column.heading.zh for column in COLUMNS])
    sheet.write_row(1, 0, ["产出", "框架", None, 100, "件"])
    line = ["原材料", "热轧卷板", None, 2.5, "kg", 3, 10, 20, "公路", 120, "铁路", 800]
    for number in range(2, 10_002):
        sheet.write_row(number, 0, line)
    book.close()
    start = time.perf_counter()
    reading = read(buffer.getvalue(), "bom.xlsx")
    spent = time.perf_counter() - start
    assert reading.submission is not None
    assert len(reading.submission.lines) == 10_000
    assert spent < 10
