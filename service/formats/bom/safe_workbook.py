"""Takes out of a user's workbook whatever could reach beyond it when somebody opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.formula import DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from service.formats.bom.marks import is_formula_like
from service.formats.bom.safe_formulas import SafeFormulas

_CHART_FORMULA = re.compile(r"<(?:\w+:)?f>([^<]*)</")


def make_safe(book: Workbook) -> None:
    """Keep the formulas that are known to be harmless; write the others as texts, or drop them."""
    formulas = _drop_names(book)
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            _make_cell_safe(cell, formulas)
        _drop_validations(sheet, formulas)
        _drop_formats(sheet, formulas)
        _drop_table_formulas(sheet, formulas)
        _drop_charts(sheet, formulas)


def cells_of(sheet: Worksheet) -> list[Cell]:
    """The cells that exist; the public iterators would make one for every place in between."""
    kept = sheet._cells  # noqa: SLF001 - openpyxl has no other way to the cells that exist
    return [cell for cell in kept.values() if isinstance(cell, Cell)]


def write_text(cell: Cell, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(text)


def _drop_names(book: Workbook) -> SafeFormulas:
    """Drop the names that are not safe; what remains is what formulas may refer to."""
    sheets = [sheet.title for sheet in book.worksheets]
    plain = SafeFormulas(sheets)
    kept: set[str] = set()
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [n for n, defined in names.items() if not plain.allow(defined.value)]:
            del names[name]
        kept.update(names)
    return SafeFormulas(sheets, kept)


def _make_cell_safe(cell: Cell, formulas: SafeFormulas) -> None:
    if cell.hyperlink is not None:
        cell.hyperlink = None
    if isinstance(cell.value, DataTableFormula):
        write_text(cell, f"=TABLE({cell.value.r1 or ''},{cell.value.r2 or ''})")
        return
    formula = str(getattr(cell.value, "text", cell.value))
    if cell.data_type == "f" and not formulas.allow(formula):
        write_text(cell, formula)
    elif cell.data_type == "s" and is_formula_like(str(cell.value)):
        cell.quotePrefix = True


def _drop_validations(sheet: Worksheet, formulas: SafeFormulas) -> None:
    validations = sheet.data_validations
    validations.dataValidation = [
        validation
        for validation in validations.dataValidation
        if formulas.allow(validation.formula1) and formulas.allow(validation.formula2)
    ]


def _drop_formats(sheet: Worksheet, formulas: SafeFormulas) -> None:
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if all(formulas.allow(formula) for formula in _formulas_of(rule)):
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept


def _formulas_of(rule: Rule) -> Iterator[str]:
    yield from map(str, rule.formula)
    for scale in (rule.colorScale, rule.dataBar, rule.iconSet):
        for bound in getattr(scale, "cfvo", None) or ():
            if bound.val is not None:
                yield str(bound.val)


def _drop_table_formulas(sheet: Worksheet, formulas: SafeFormulas) -> None:
    for table in sheet.tables.values():
        for column in table.tableColumns:
            for name in ("calculatedColumnFormula", "totalsRowFormula"):
                formula = getattr(column, name)
                if formula is not None and not formulas.allow(formula.attr_text):
                    setattr(column, name, None)


def _drop_charts(sheet: Worksheet, formulas: SafeFormulas) -> None:
    charts = getattr(sheet, "_charts")  # noqa: B009 - untyped, and the only way to the charts
    for chart in list(charts):
        text = tostring(chart._write()).decode()  # noqa: SLF001 - nor to what a chart refers to
        if not all(map(formulas.allow, _CHART_FORMULA.findall(text))):
            charts.remove(chart)
