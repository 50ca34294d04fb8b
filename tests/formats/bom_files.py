"""Makes bills of materials for tests: rows as people write them, as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl

from lca_models.errors import Defect, Language
from lca_models.facts.library import load_library
from service.domain.submission import Period, Submission
from service.formats.bom.columns import BY_KEY
from service.formats.bom.reading import BomReading, read_bom
from service.formats.bom.template import write_template

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
OUTPUT: dict[str, object] = {"kind": "output", "name": "Frame", "amount": 100, "unit": "piece"}

BomRow = Mapping[str, object]


def csv_file(*rows: BomRow, language: Language = Language.EN, extra: Sequence[str] = ()) -> bytes:
    """A CSV file with the columns that the rows use; `extra` are columns of the user's own."""
    keys = list({"kind", "name", "amount", "unit"}.union(*rows))
    keys.sort(key=[*BY_KEY, *extra].index)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([BY_KEY[k].heading.to(language) if k in BY_KEY else k for k in keys])
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    return text.getvalue().encode()


def read(content: bytes, name: str = "bom.csv", period: Period | None = YEAR) -> BomReading:
    """What reading the bill of materials of product P1 brings."""
    return read_bom(content, name, load_library(), product_id="P1", default_period=period)


def read_rows(*rows: BomRow) -> BomReading:
    """What reading an output row with these below brings."""
    return read(csv_file(OUTPUT, *rows))


def submission_of(*rows: BomRow) -> Submission:
    """The submission of rows without errors."""
    reading = read_rows(*rows)
    assert reading.submission is not None, [str(defect.to_text().en) for defect in reading.defects]
    return reading.submission


def only_defect(*rows: BomRow) -> Defect:
    """The one thing that is wrong with these rows."""
    defects = read_rows(*rows).defects
    assert len(defects) == 1, [defect.to_text().en for defect in defects]
    return defects[0]


def filled_template(language: Language) -> bytes:
    """The template with its example copied into the sheet to fill in, as a user would."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(language, load_library())))
    example = book["Example" if language is Language.EN else "示例"]
    for row in example.iter_rows(min_row=2):
        for cell in row:
            book["BOM"].cell(cell.row or 0, cell.column or 0, cell.value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
