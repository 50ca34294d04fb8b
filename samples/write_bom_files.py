"""Writes the folder of a sample chain from its chain document: `python -m samples.write_bom_files`.

The document is the truth; the folder says the same as suppliers would: workbooks and CSV files, in
Chinese or English, in the encodings and with the delimiters that spreadsheet programs write.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lca_models.errors import Language, Text
from samples.bom_rows import ILLUSTRATIVE, Row, bom_rows
from samples.chain_rows import chain_rows
from service.formats.bom.columns import COLUMNS
from service.formats.bom.table import BOM_SHEET
from service.formats.chain.document import ChainDocument
from service.formats.chain.document_text import read_document_text
from service.formats.chain.reading import validate_document
from service.formats.chain.sheet_columns import SECTIONS
from service.formats.sheets.headings import Column
from service.formats.sheets.template_book import Cell, TemplateBook

HERE = Path(__file__).parent
DOCUMENT = HERE / "xian-electric-truck.chain.yaml"
FOLDER = HERE / "xian-electric-truck"
CHAIN_SHEET = "chain.xlsx"

ZH, EN = Language.ZH, Language.EN
_NOTES_SHEET = Text(en="Notes", zh="说明")


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a program writes a CSV file.

    Args:
        encoding: Encoding of the file.
        delimiter: What stands between two fields.
        backwards: Whether the columns stand in the opposite order.
        own: Heading and value of a further column, which is the supplier's own business.
    """

    encoding: str
    delimiter: str = ","
    backwards: bool = False
    own: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How a supplier fills in its bill of materials: language, and a workbook unless CSV."""

    language: Language
    csv: CsvStyle | None = None


STYLES: Mapping[str, Style] = {
    "e-drive-axle": Style(ZH),
    "traction-motor": Style(ZH),
    "inverter": Style(EN),
    "gear-set": Style(ZH, CsvStyle("gb18030", own=("成本中心", "CX-02"))),
    "axle-housing": Style(ZH, CsvStyle("utf-8", ";")),
    "gearbox-housing": Style(EN, CsvStyle("utf-8-sig")),
    "motor-housing": Style(EN, CsvStyle("utf-8", "\t")),
    "motor-core": Style(ZH),
    "gear-blanks": Style(ZH),
    "control-board": Style(EN),
    "hot-rolled-coil": Style(EN),
    "recycled-aluminium": Style(ZH),
    "electrical-steel": Style(EN, CsvStyle("utf-8-sig", backwards=True)),
    "gear-steel-bar": Style(EN),
    "primary-aluminium": Style(EN, CsvStyle("utf-8", "\t", own=("Cost centre", "POT-1"))),
    "steel-scrap": Style(ZH, CsvStyle("gb18030")),
    "pig-iron": Style(ZH),
    "coke": Style(ZH, CsvStyle("utf-8-sig")),
    "prebaked-anode": Style(EN),
}


def read_document(path: Path = DOCUMENT) -> ChainDocument:
    """The chain document of the sample."""
    return validate_document(read_document_text(path.read_bytes()))


def build_files(document: ChainDocument) -> dict[str, bytes]:
    """Every file of the folder by its name; the same document gives the same bytes."""
    names = {process.product: _file_name(process.product) for process in document.processes}
    products = {product.id: product for product in document.products}
    files = {CHAIN_SHEET: _chain_sheet(document, names)}
    for process in document.processes:
        style = STYLES[process.product]
        rows = bom_rows(process, products, process.period or document.period, style.language)
        files[names[process.product]] = (
            _workbook(rows, style.language)
            if style.csv is None
            else _csv(rows, style.language, style.csv)
        )
    return files


def _file_name(product_id: str) -> str:
    style = STYLES[product_id]
    return f"{product_id}.{style.language.value}.{'xlsx' if style.csv is None else 'csv'}"


def _chain_sheet(document: ChainDocument, names: Mapping[str, str]) -> bytes:
    book = TemplateBook(ZH)
    rows = chain_rows(document, names, ZH)
    for section in SECTIONS:
        book.add_table(section.name.to(ZH), section.columns, rows[section.key])
    _add_statement(book, ZH)
    return book.to_bytes()


def _workbook(rows: Sequence[Row], language: Language) -> bytes:
    book = TemplateBook(language)
    book.add_table(BOM_SHEET, COLUMNS, rows)
    _add_statement(book, language)
    return book.to_bytes()


def _add_statement(book: TemplateBook, language: Language) -> None:
    sentences = [ILLUSTRATIVE.zh, ILLUSTRATIVE.en]
    book.add_notes(_NOTES_SHEET.to(language), ILLUSTRATIVE.to(language), sentences, ())


def _csv(rows: Sequence[Row], language: Language, style: CsvStyle) -> bytes:
    columns = [column for column in COLUMNS if any(_is_filled(row, column) for row in rows)]
    if style.backwards:
        columns.reverse()
    headings = [column.heading.to(language) for column in columns]
    own = () if style.own is None else style.own
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter)
    writer.writerow([ILLUSTRATIVE.to(language)])
    writer.writerow([*headings, *own[:1]])
    for row in rows:
        writer.writerow([*(_said(row.get(column.key)) for column in columns), *own[1:]])
    return text.getvalue().encode(style.encoding)


def _is_filled(row: Row, column: Column) -> bool:
    return row.get(column.key) is not None


def _said(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else f"{value:.15g}"


def main() -> None:
    """Write the folder anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content in build_files(read_document()).items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
