"""Gives a user's own file back with its errors written into it."""

from __future__ import annotations

from contextlib import suppress

from lca_models.errors import GreenchainError, Language
from service.formats.bom.annotated_copy import write_copy
from service.formats.bom.annotated_workbook import AnnotationFailedError, annotate_workbook
from service.formats.bom.marks import find_marks, summarise
from service.formats.bom.reading import BomReading
from service.formats.sheets.archive import Archive
from service.formats.sheets.file import read_tables
from service.formats.sheets.reading_budget import ReadingBudget
from service.formats.sheets.table import MergedRange
from service.formats.sheets.xml_text import Attributes, walk

# A workbook with its formats takes some fifteen times its unpacked size in memory.
_MAX_KEPT_BYTES = 3_000_000
# What openpyxl lays out cell by cell, and how many cells that may make.
_LAID_OUT = {"mergeCell", "hyperlink", "comment"}
_MAX_PLACES = 50_000
_ZIP = b"PK\x03\x04"
_XML = (".xml", ".rels", ".vml")


def annotate(content: bytes, file_name: str, reading: BomReading, language: Language) -> bytes:
    """The file with its errors: on each wrong cell, in a column of their own, and on one page.

    A workbook stays the user's workbook, with its sheets, formats and formulas. A CSV file becomes
    a workbook, and so does a workbook that is too large or too odd to be kept as it is: then the
    values of all its sheets are kept, without their formats.

    Args:
        content: The file that was read.
        file_name: Its name.
        reading: What reading it brought.
        language: Language of the errors.
    """
    tables = read_tables(content, file_name).tables
    table = next(table for table in tables if table.name == reading.sheet)
    marks = find_marks(reading, table, language)
    summary = summarise(reading, language)
    if content.startswith(_ZIP) and _can_be_kept(content):
        with suppress(AnnotationFailedError):
            return annotate_workbook(content, marks, summary, language)
    return write_copy(tables, marks, summary, language)


def _can_be_kept(content: bytes) -> bool:
    """Whether openpyxl can hold the workbook: it makes a cell for every place of a range."""
    archive = Archive(content)
    parts = [name for name in archive.names if name.lower().endswith(_XML)]
    if sum(archive.size_of(name) for name in parts) > _MAX_KEPT_BYTES:
        return False
    budget, places = ReadingBudget(), [0]

    def start(name: str, attributes: Attributes) -> None:
        if name in _LAID_OUT:
            places[0] += MergedRange.of(attributes.get("ref", "")).places

    try:
        for part in parts:
            walk(archive.read(part), budget, start)
    except GreenchainError:
        return False
    return places[0] <= _MAX_PLACES
