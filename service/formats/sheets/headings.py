"""Headings of a table: which column is which, in either language, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lca_models.errors import Defect, Language, Place, Text
from service.formats.sheets.cells import narrow
from service.formats.sheets.table import MergedRange, Row, Table, column_letters

# Errors of the headings themselves: what stands below cannot be read while they last.
HEADING_DEFECTS = {"no-headings", "missing-heading", "duplicate-heading", "unclear-heading"}
_ROWS_BEFORE = 15
_RECOGNISED_AT_LEAST = 3
_UNIT_AFTER = re.compile(r"\s*[(（].*")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that people fill in.

    Args:
        key: Its name in the code and in JSON.
        heading: Its heading in both languages.
        note: What to enter, in both languages.
        aliases: Other headings that are read as this column.
        required: Whether the table is of no use without it.
        numeric: Whether it holds numbers, so that a near miss of its heading is an error.
        width: Comfortable width in characters.
        choices: What a drop-down offers, in both languages.
    """

    key: str
    heading: Text
    note: Text
    aliases: tuple[str, ...] = ()
    required: bool = False
    numeric: bool = False
    width: int = 14
    choices: tuple[Text, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that may stand above the column."""
        zh, en = self.heading.zh, self.heading.en
        return (self.key, zh, en, zh + en, en + zh, *self.aliases)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand.

    Args:
        sheet: Name of the table.
        heading_row: Row of the headings, as the user counts.
        columns: Column counted from 0, by key.
        headings: The heading as the user wrote it, by key.
        unread: Headings that are not ours; their columns are kept, but not read.
    """

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    unread: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """The language to name columns in that the table does not have."""
        english = all(heading.isascii() for heading in self.headings.values())
        return Language.EN if english else Language.ZH

    def place(self, row: int | None = None, key: str | None = None) -> Place:
        """A place in the table, by the heading that the user wrote."""
        return Place(sheet=self.sheet, row=row, column=self.headings.get(key or "", key))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for headings brought: a layout, or why there is none."""

    layout: Layout | None
    defects: tuple[Defect, ...] = field(default=())


def fold_heading(text: str) -> str:
    """A heading without case, width, spaces and signs: `损耗率（％）` and `损耗率(%)` are one."""
    return _SIGNS.sub("", narrow(text).casefold())


def find_heading_row(table: Table, columns: Sequence[Column]) -> Row | None:
    """The first of the upper rows in which at least three columns are recognised."""
    names = _keys_by_name(columns)
    for row in table.rows[:_ROWS_BEFORE]:
        keys = {names.get(fold_heading(v)) for v in row.values if isinstance(v, str)} - {None}
        if len(keys) >= min(_RECOGNISED_AT_LEAST, len(columns)):
            return row
    return None


def find_layout(table: Table, columns: Sequence[Column]) -> Found:
    """Find the headings of a table and everything that is wrong with them."""
    row = find_heading_row(table, columns)
    if row is None:
        return Found(None, (_no_headings(table, columns),))
    names = _keys_by_name(columns)
    positions: dict[str, list[int]] = {}
    unread: list[str] = []
    for position, value in enumerate(row.values):
        if isinstance(value, str):
            key = names.get(fold_heading(value))
            if key is not None:
                positions.setdefault(key, []).append(position)
            elif fold_heading(value):
                unread.append(value)
    layout = Layout(
        sheet=table.name,
        heading_row=row.number,
        columns={key: found[0] for key, found in positions.items()},
        headings={key: str(row.values[found[0]]) for key, found in positions.items()},
        unread=tuple(unread),
    )
    defects = (
        *_doubled(layout, positions),
        *_missing(layout, columns),
        *_near_misses(layout, columns),
        *_merged(layout, table.merged),
    )
    return Found(layout, defects)


def _keys_by_name(columns: Sequence[Column]) -> dict[str, str]:
    return {fold_heading(name): column.key for column in columns for name in column.names}


def _no_headings(table: Table, columns: Sequence[Column]) -> Defect:
    needed = [column.heading for column in columns if column.required]
    return Defect(
        "no-headings",
        Text(
            en="No row of headings was found in the first {rows} rows.",
            zh="在前{rows}行中未找到表头。",
        ).format(rows=_ROWS_BEFORE),
        Text(
            en=f"Use the headings of the template: {', '.join(h.en for h in needed)} …",
            zh=f"请使用模板的表头：{'、'.join(h.zh for h in needed)}等。",
        ),
        Place(sheet=table.name),
    )


def _doubled(layout: Layout, positions: Mapping[str, Sequence[int]]) -> list[Defect]:
    return [
        Defect(
            "duplicate-heading",
            Text(
                en="The columns {letters} all have the heading “{heading}”.",
                zh="{letters}列的表头均为“{heading}”。",
            ).format(
                letters=", ".join(column_letters(p + 1) for p in found),
                heading=layout.headings[key],
            ),
            Text(en="Keep one of them.", zh="请只保留其中一列。"),
            layout.place(layout.heading_row, key),
            layout.headings[key],
        )
        for key, found in positions.items()
        if len(found) > 1
    ]


def _missing(layout: Layout, columns: Sequence[Column]) -> list[Defect]:
    return [
        Defect(
            "missing-heading",
            Text(en="There is no column “{name}”.", zh="缺少“{name}”列。").format(
                name=column.heading
            ),
            Text(en="Add a column with this heading.", zh="请添加该列，或使用模板中的表头。"),
            layout.place(layout.heading_row),
        )
        for column in columns
        if column.required and column.key not in layout.columns
    ]


def _near_misses(layout: Layout, columns: Sequence[Column]) -> list[Defect]:
    """Columns of numbers whose heading is ours with something added: skipping one loses numbers."""
    wanted = [c for c in columns if c.numeric and c.key not in layout.columns]
    return [
        _near_miss(layout, column, heading)
        for column in wanted
        for heading in layout.unread
        if fold_heading(heading).startswith(_stems(column))
    ]


def _stems(column: Column) -> tuple[str, ...]:
    """The names of a column without its unit in brackets."""
    names = (column.heading.zh, column.heading.en)
    return tuple(fold_heading(_UNIT_AFTER.sub("", name)) for name in names)


def _near_miss(layout: Layout, column: Column, heading: str) -> Defect:
    place = Place(sheet=layout.sheet, row=layout.heading_row, column=heading)
    return Defect(
        "unclear-heading",
        Text(
            en="The heading “{heading}” looks like “{name}”, but is not the same.",
            zh="表头“{heading}”与“{name}”相近但不一致。",
        ).format(heading=heading, name=column.heading),
        Text(
            en="Write “{name}” if it is meant, with the values in that unit; else rename it.",
            zh="若即此列，请改为“{name}”并按其单位填写；否则请改用其他列名。",
        ).format(name=column.heading),
        place,
        heading,
    )


def _merged(layout: Layout, merged: Sequence[MergedRange]) -> list[Defect]:
    ours = {position + 1 for position in layout.columns.values()}
    return [
        Defect(
            "merged-cells",
            Text(en="The cells {range} are merged.", zh="单元格{range}已合并。").format(
                range=found
            ),
            Text(
                en="Unmerge them and fill in every row on its own.",
                zh="请取消合并，并逐行填写。",
            ),
            layout.place(found.first_row),
            str(found),
        )
        for found in merged
        if found.last_row >= layout.heading_row
        and ours & set(range(found.first_column, found.last_column + 1))
    ]
