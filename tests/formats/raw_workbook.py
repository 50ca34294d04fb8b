"""Builds workbooks part by part, so that a test can put anything into any of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)

HEADINGS = ("kind", "name", "source", "amount", "unit", "transport_mode", "distance_km", "note")
OUTPUT = ("output", "Frame", "", 100, "piece")
STEEL = ("material", "hot-rolled coil", "", 250, "kg")
SOUND = (HEADINGS, OUTPUT, STEEL)

PARTS: Mapping[str, str] = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK_TYPE}"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="BOM" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def letters(column: int) -> str:
    """Letters of a column counted from 1."""
    head, tail = divmod(column - 1, 26)
    return (letters(head) if head else "") + chr(65 + tail)


def cell(reference: str, value: str | float) -> str:
    """One cell with a text or a number."""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def row(number: int, values: Sequence[str | float]) -> str:
    """One row of texts and numbers; empty texts are left out."""
    cells = [cell(f"{letters(i)}{number}", v) for i, v in enumerate(values, start=1) if v != ""]
    return f'<row r="{number}">{"".join(cells)}</row>'


def rows(*tables: Sequence[str | float]) -> str:
    """Rows from the first on."""
    return "".join(row(number, values) for number, values in enumerate(tables, start=1))


def sheet(data: str, after: str = "") -> str:
    """A worksheet with rows, and with what stands behind them."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def sound_sheet(*further: str, after: str = "") -> str:
    """A sound bill of materials, with further rows as XML from row 4 on."""
    return sheet(rows(*SOUND) + "".join(further), after)


def amount(inside: str, attributes: str = "") -> str:
    """A sound bill of materials with one more row, whose amount is given as XML."""
    before = cell("A4", "material") + cell("B4", "hot-rolled coil")
    given = f'<c r="D4" {attributes}>{inside}</c>'
    return sound_sheet(f'<row r="4">{before}{given}{cell("E4", "kg")}</row>')


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts, the same to the byte every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = method
            target.writestr(entry, part)
    return buffer.getvalue()


def workbook(first_sheet: str | bytes, **parts: str | bytes) -> bytes:
    """A workbook with one sheet.

    Args:
        first_sheet: The sheet as XML.
        parts: Further parts or other contents of known ones: `strings`, `styles`, `book`,
            `relations`.
    """
    names = {
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
    }
    given = {names[key]: part for key, part in parts.items()}
    return archive({**PARTS, "xl/worksheets/sheet1.xml": first_sheet, **given})


def book_of(names: Sequence[str], states: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The workbook part and its relations for several sheets, all in parts of their own."""
    hidden = states or {}
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" r:id="r{i}" '
        f'state="{hidden.get(name, "visible")}"/>'
        for i, name in enumerate(names, start=1)
    )
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    )


def book_with(sheets: Mapping[str, str], states: Mapping[str, str] | None = None) -> bytes:
    """A workbook with several sheets by name."""
    book, relations = book_of(list(sheets), states)
    parts = {f"xl/worksheets/sheet{i}.xml": s for i, s in enumerate(sheets.values(), start=1)}
    own = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations}
    return archive({**PARTS, **own, **parts})


def many(count: int, template: str, start: int = 1) -> Iterator[str]:
    """A piece of XML many times over, with its number in it."""
    return (template.format(n=number) for number in range(start, start + count))


def many_columns(count: int) -> Iterator[str]:
    """As many cells of row 4."""
    return (cell(f"{letters(column)}4", 1) for column in range(1, count + 1))
