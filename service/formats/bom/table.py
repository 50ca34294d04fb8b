"""Which sheet of a file is the bill of materials, and what its headings are."""

from __future__ import annotations

from collections.abc import Sequence

from lca_models.errors import Defect, Place, Text
from service.formats.bom.columns import COLUMNS
from service.formats.sheets.headings import Found, find_heading_row, find_layout, fold_heading
from service.formats.sheets.table import Table

BOM_SHEET = "BOM"
# The column that an earlier check has added to the file.
ERRORS_HEADING = Text(en="Errors (greenchain)", zh="错误（greenchain）")
EXAMPLE_SHEET = Text(en="Example", zh="示例")
_OWN_NAMES = {fold_heading(name) for name in (BOM_SHEET, "物料清单", "bill of materials")}
_EXAMPLE_NAMES = {fold_heading(name) for name in (EXAMPLE_SHEET.en, EXAMPLE_SHEET.zh)}
_TELLING = ("kind", "amount")


def find_bom(tables: Sequence[Table]) -> tuple[Table, Found]:
    """The sheet to read with its headings, or everything that keeps it from being read."""
    likely = [table for table in tables if _looks_like_bom(table)]
    visible = [t for t in likely if t.visible and fold_heading(t.name) not in _EXAMPLE_NAMES]
    hidden = [table for table in likely if not table.visible and _has_rows(table)]
    named = [table for table in visible if fold_heading(table.name) in _OWN_NAMES]
    chosen = next(iter(named or visible), None)
    defects = [_hidden(table) for table in hidden]
    if chosen is None:
        table, why = _nothing_to_read(tables)
        return table, Found(None, (*defects, *why))
    defects += [_further(table, chosen) for table in visible if table is not chosen]
    found = find_layout(chosen, COLUMNS)
    return chosen, Found(found.layout, (*defects, *found.defects))


def _looks_like_bom(table: Table) -> bool:
    if find_heading_row(table, COLUMNS) is None:
        return False
    layout = find_layout(table, COLUMNS).layout
    return layout is not None and all(key in layout.columns for key in _TELLING)


def _has_rows(table: Table) -> bool:
    heading = find_heading_row(table, COLUMNS)
    return heading is not None and table.rows[-1].number > heading.number


def _nothing_to_read(tables: Sequence[Table]) -> tuple[Table, tuple[Defect, ...]]:
    shown = [t for t in tables if t.visible and fold_heading(t.name) not in _EXAMPLE_NAMES]
    named = [table for table in shown if fold_heading(table.name) in _OWN_NAMES]
    filled = [table for table in shown if table.rows]
    table = next(iter(named or filled or shown), tables[0])
    if table.rows and table in shown:
        return table, find_layout(table, COLUMNS).defects
    empty = Defect(
        "empty-table",
        Text(en="No sheet holds a bill of materials.", zh="文件中没有物料清单。"),
        Text(
            en="Fill in the sheet “{sheet}” of the template.", zh="请填写模板中的“{sheet}”工作表。"
        ).format(sheet=BOM_SHEET),
        Place(sheet=table.name),
    )
    return table, (empty,)


def _hidden(table: Table) -> Defect:
    return Defect(
        "hidden-sheet",
        Text(
            en="The hidden sheet “{sheet}” looks like a bill of materials.",
            zh="隐藏的工作表“{sheet}”疑似物料清单。",
        ).format(sheet=table.name),
        Text(en="Show it or delete it.", zh="请取消隐藏或删除该工作表。"),
        Place(sheet=table.name),
    )


def _further(table: Table, chosen: Table) -> Defect:
    return Defect(
        "several-tables",
        Text(
            en="Both “{first}” and “{second}” look like bills of materials.",
            zh="“{first}”和“{second}”均疑似物料清单。",
        ).format(first=chosen.name, second=table.name),
        Text(
            en="Send one file for each product, with one bill of materials in it.",
            zh="请每个产品单独一个文件，文件中只保留一份物料清单。",
        ),
        Place(sheet=table.name),
    )
