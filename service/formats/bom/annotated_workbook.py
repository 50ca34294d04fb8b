"""A user's own workbook with the errors written into it, everything else as it was."""

from __future__ import annotations

import io
import warnings

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lca_models.errors import Language
from service.formats.bom.marks import (
    SUMMARY_SHEET,
    SUMMARY_TITLE,
    Marks,
    Summary,
)
from service.formats.bom.safe_workbook import cells_of, make_safe, write_text
from service.formats.bom.table import ERRORS_HEADING

_AUTHOR = "greenchain"
_WRONG = PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE")
# Between a comment of the user and ours below it.
_OURS_BELOW = "\n— greenchain —\n"
_ERRORS_WIDTH = 60
_COMMENT_WIDTH, _COMMENT_HEIGHT = 360, 140
_SUMMARY_WIDTHS = {"A": 18, "B": 8, "C": 22, "D": 24, "E": 60, "F": 60}


class AnnotationFailedError(Exception):
    """The workbook holds something that cannot be carried over; its values still can be copied."""


def annotate_workbook(content: bytes, marks: Marks, summary: Summary, language: Language) -> bytes:
    """Write the errors into a workbook.

    Raises:
        AnnotationFailedError: The workbook cannot be carried over.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it drops, such as extensions
            return _annotate(content, marks, summary, language)
    # What openpyxl raises over a strange workbook is anything: it has no error of its own.
    except Exception as cause:
        raise AnnotationFailedError from cause


def _annotate(content: bytes, marks: Marks, summary: Summary, language: Language) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, rich_text=True)
    make_safe(book)
    sheet = book[marks.sheet]
    for cell in cells_of(sheet):
        _clear_earlier(cell)
    for (row, column), text in marks.by_cell.items():
        _mark(sheet.cell(row, column), text)
    _write_errors(sheet, marks, language)
    _write_summary(book, summary, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _clear_earlier(cell: Cell) -> None:
    """Take away what an earlier check has left."""
    if cell.comment is None:
        return
    theirs, below, _ = cell.comment.text.partition(_OURS_BELOW)
    if not below and cell.comment.author != _AUTHOR:
        return
    cell.comment = Comment(theirs, cell.comment.author) if below else None
    if cell.fill.start_color.rgb == _WRONG.start_color.rgb:
        cell.fill = PatternFill()


def _mark(cell: Cell | MergedCell, text: str) -> None:
    if not isinstance(cell, Cell):
        return
    author, said = _AUTHOR, text
    if cell.comment is not None:
        author, said = cell.comment.author, cell.comment.text + _OURS_BELOW + text
    cell.comment = Comment(said, author, height=_COMMENT_HEIGHT, width=_COMMENT_WIDTH)
    cell.fill = _WRONG


def _write_errors(sheet: Worksheet, marks: Marks, language: Language) -> None:
    column = marks.errors_column
    for cell in cells_of(sheet):
        if cell.column == column and cell.row != marks.heading_row:
            cell.value = None
    if marks.heading_row is not None:
        heading = sheet.cell(marks.heading_row, column)
        _write_text(heading, ERRORS_HEADING.to(language))
        heading.font = Font(bold=True)
    for row, text in marks.by_row.items():
        if row != marks.heading_row:
            place = sheet.cell(row, column)
            _write_text(place, text)
            place.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = _ERRORS_WIDTH


def _write_summary(book: Workbook, summary: Summary, language: Language) -> None:
    for sheet in book.worksheets:
        if _is_earlier_summary(sheet):
            book.remove(sheet)
    page = book.create_sheet(SUMMARY_SHEET.to(language))
    for number, row in enumerate(summary, start=1):
        for position, value in enumerate(row, start=1):
            cell = page.cell(number, position)
            if isinstance(value, str):
                _write_text(cell, value)
                cell.alignment = Alignment(wrap_text=position > 1, vertical="top")
            else:
                cell.value = value
    for letter, width in _SUMMARY_WIDTHS.items():
        page.column_dimensions[letter].width = width


def _is_earlier_summary(sheet: Worksheet) -> bool:
    stem = {SUMMARY_TITLE.en.partition("{")[0], SUMMARY_TITLE.zh.partition("{")[0]}
    named = sheet.title.startswith((SUMMARY_SHEET.en, SUMMARY_SHEET.zh))
    return named and str(sheet["A1"].value).startswith(tuple(stem))


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    if isinstance(cell, Cell):
        write_text(cell, text)
