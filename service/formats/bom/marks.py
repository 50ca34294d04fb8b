"""What to write into a file that has errors: by cell, by row, and as a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.errors import Defect, Language, Text
from lca_models.facts.search import Match
from service.formats.bom.reading import BomReading
from service.formats.bom.table import ERRORS_HEADING
from service.formats.sheets.cells import clean
from service.formats.sheets.headings import Layout, fold_heading
from service.formats.sheets.table import Table

SUMMARY_SHEET = Text(en="Error summary", zh="错误汇总")
SUMMARY_TITLE = Text(
    en="Errors found by greenchain: {count}", zh="greenchain核查结果：共{count}处错误"
)
_COLUMNS = (
    Text(en="Sheet", zh="工作表"),
    Text(en="Row", zh="行"),
    Text(en="Column", zh="列"),
    Text(en="Value", zh="填写内容"),
    Text(en="What is wrong", zh="问题"),
    Text(en="What would mend it", zh="更正方法"),
)
_PROPOSALS = (
    Text(
        en="Names that the library may mean (choose one yourself)", zh="名称匹配建议（请自行选择）"
    ),
    Text(en="Row", zh="行"),
    Text(en="Library entry", zh="数据库条目"),
    Text(en="Id", zh="编号"),
)
# Cells that begin with one of these can be taken for a formula: they are written as texts.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Summary = list[list[str | int]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is written where; rows and columns count from 1.

    Args:
        sheet: Sheet that was read.
        heading_row: Row of its headings, None if none were found.
        errors_column: Column of the errors.
        by_cell: Text for each wrong cell.
        by_row: Text for the errors column, by row.
    """

    sheet: str
    heading_row: int | None
    errors_column: int
    by_cell: Mapping[tuple[int, int], str]
    by_row: Mapping[int, str]


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula when somebody edits or imports it."""
    return text.startswith(_FORMULA_SIGNS)


def find_marks(reading: BomReading, table: Table, language: Language) -> Marks:
    """What to write into the sheet that was read."""
    positions = _positions(reading.layout, table)
    by_cell: dict[tuple[int, int], list[str]] = defaultdict(list)
    by_row: dict[int, list[str]] = defaultdict(list)
    for defect in reading.defects:
        row, column = defect.place.row, defect.place.column
        if row is None or defect.place.sheet != reading.sheet:
            continue
        said = _sentence(defect, language)
        by_row[row].append(f"{clean(column)}: {said}" if column else said)
        if column in positions:
            by_cell[row, positions[column]].append(said)
    return Marks(
        sheet=reading.sheet,
        heading_row=None if reading.layout is None else reading.layout.heading_row,
        errors_column=_errors_column(reading.layout, table),
        by_cell={place: "\n".join(said) for place, said in by_cell.items()},
        by_row={row: "\n".join(said) for row, said in by_row.items()},
    )


def summarise(reading: BomReading, language: Language) -> Summary:
    """The page with all errors, and what unmatched names may mean."""
    title = SUMMARY_TITLE.format(count=len(reading.defects)).to(language)
    rows: Summary = [[title], [], [text.to(language) for text in _COLUMNS]]
    rows += [_summary_row(defect, language) for defect in reading.defects]
    if reading.proposals:
        rows += [[], [_PROPOSALS[0].to(language)], [t.to(language) for t in _PROPOSALS[1:]]]
        rows += [
            [row, _name(match, language), match.id]
            for row, matches in sorted(reading.proposals.items())
            for match in matches
        ]
    return rows


def _summary_row(defect: Defect, language: Language) -> list[str | int]:
    place = defect.place
    return [
        clean(place.sheet or ""),
        "" if place.row is None else place.row,
        clean(place.column or ""),
        clean(defect.value or ""),
        clean(defect.reason.to(language)),
        clean(defect.cure.to(language)),
    ]


def _name(match: Match, language: Language) -> str:
    return match.entry.name.to(language)


def _sentence(defect: Defect, language: Language) -> str:
    joint = " " if language is Language.EN else ""
    return clean(f"{defect.reason.to(language)}{joint}{defect.cure.to(language)}")


def _positions(layout: Layout | None, table: Table) -> dict[str | None, int]:
    """Columns from 1 by the heading that the user wrote."""
    if layout is None:
        return {}
    heading = next(row for row in table.rows if row.number == layout.heading_row)
    return {
        value: position
        for position, value in reversed(list(enumerate(heading.values, start=1)))
        if isinstance(value, str)
    }


def _errors_column(layout: Layout | None, table: Table) -> int:
    """The column of an earlier check, else the first behind everything that the sheet holds."""
    ours = {fold_heading(ERRORS_HEADING.en), fold_heading(ERRORS_HEADING.zh)}
    for heading, position in _positions(layout, table).items():
        if heading is not None and fold_heading(heading) in ours:
            return position
    widest = max((len(row.values) for row in table.rows), default=0)
    merged = max((area.last_column for area in table.merged), default=0)
    return max(widest, merged) + 1
