"""How long a bill of materials of 10,000 rows takes to be a draft, against reading and inserting.

Ours is the upload over HTTP in this process: the workbook is guarded, scanned and read, every row
checked, every line kept. The reference reads the cells of the same workbook with calamine and
inserts them as rows in one statement. It checks nothing: not whether the file is a bomb, not
whether a percentage lost its sign, not whether a unit fits.
"""

from __future__ import annotations

import io
import itertools
import sys
from functools import partial
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks._measuring import peak_mb, report, seconds_by_turns
from benchmarks._members import Stage, list_materials, open_stage
from tests.members import Seat
from tests.network_makers import YEAR_ASKED

ROWS = 10_000
_CREATED = 201
_HEADINGS = ("Kind", "Name", "Amount", "Unit", "Transport mode", "Distance (km)")


def main() -> None:
    """Print one measurement a line."""
    with open_stage() as stage:
        maker = stage.service.join("Maker")
        workbook = write_workbook(list_materials(stage.service.wiring.library))
        upload, insert = partial(draft, maker, workbook), partial(read_and_insert, stage, workbook)
        with stage.connect() as connection:
            columns = ", ".join(f"c{place} text" for place in range(len(_HEADINGS)))
            connection.execute(f"create table plain_row (place int, {columns})".encode())
        peak = peak_mb(upload)
        ours, reference = seconds_by_turns(upload, insert)
    report("service.upload", f"{ROWS:,} rows", ours, reference, peak=peak)


def write_workbook(materials: list[str]) -> bytes:
    """A workbook with an output and so many materials, each with its transport."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("BOM")
    sheet.append(_HEADINGS)
    sheet.append(("output", "Frame", 1000, "piece"))
    named = itertools.islice(itertools.cycle(materials), ROWS - 1)
    for number, material in enumerate(named):
        sheet.append(("material", material, 0.5 + number % 100, "kg", "road", 120))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def draft(maker: Seat, workbook: bytes) -> None:
    """Upload it for a new product, for which no version is open."""
    code = str(next(_NUMBERS))
    product = {"code": code, "name": {"zh": code, "en": code}, "declared_unit": "piece"}
    product_id = maker.post("/v1/products", json=product).json()["id"]
    path = f"/v1/products/{product_id}/submissions/bom"
    answer = maker.post(path, files={"file": ("bom.xlsx", workbook)}, params=YEAR_ASKED)
    if answer.status_code != _CREATED:
        sys.exit(f"The upload answered {answer.status_code}: {answer.text[:500]}")


def read_and_insert(stage: Stage, workbook: bytes) -> None:
    """Read every cell and insert every row, unchecked."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    places = range(len(_HEADINGS))
    columns: list[list[Any]] = [[] for _ in places]
    for row in sheet.to_python():
        for place in places:
            columns[place].append(str(row[place]))
    with stage.connect() as connection:
        connection.execute(_INSERT, [list(range(len(columns[0]))), *columns])


_NUMBERS = itertools.count()
_INSERT = b"""
insert into plain_row
select * from unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                     %s::text[])
"""


if __name__ == "__main__":
    main()
