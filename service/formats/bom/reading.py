"""Reads a bill of materials: a file in, activity data or everything that is wrong with it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lca_models.errors import Defect, Text
from lca_models.facts.library import Library
from lca_models.facts.search import Match
from lca_models.inventory.allocation import AllocationMethod
from service.domain.submission import Line, Output, Period, Submission
from service.formats.bom.columns import BY_KEY, USES
from service.formats.bom.context import BomContext
from service.formats.bom.lines import read_line
from service.formats.bom.outputs import (
    read_allocation,
    read_co_product,
    read_output,
    read_period,
)
from service.formats.bom.references import References
from service.formats.bom.table import ERRORS_HEADING, find_bom
from service.formats.bom.words import KIND_NAMES, KINDS, RowKind
from service.formats.sheets.file import read_tables
from service.formats.sheets.headings import HEADING_DEFECTS, Layout
from service.formats.sheets.row_reader import DefectList, RowReader
from service.formats.sheets.table import Row, Table


@dataclass(frozen=True, slots=True)
class BomRow:
    """One row as it was understood.

    Args:
        number: The row as the user counts.
        values: What was read, by the key of the column, numbers in the unit of the row; `matched`
            is the entry of the library that was found by an exact name or id.
    """

    number: int
    values: Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class BomReading:
    """What reading a file brought.

    Args:
        submission: The activity data; None if anything is wrong.
        defects: Everything that is wrong, with sheet, row, column, value and cure.
        proposals: What unmatched names may mean, by row; never applied.
        rows: The rows as they were understood, broken ones included.
        sheet: Name of the sheet that was read.
        layout: Where its columns stand; None if no headings were found.
        encoding: Encoding of a CSV file.
    """

    submission: Submission | None
    defects: tuple[Defect, ...]
    proposals: Mapping[int, tuple[Match, ...]]
    rows: tuple[BomRow, ...]
    sheet: str
    layout: Layout | None
    encoding: str | None = None

    @property
    def unread_headings(self) -> tuple[str, ...]:
        """Headings of columns that are kept but not read."""
        if self.layout is None:
            return ()
        ours = (ERRORS_HEADING.en, ERRORS_HEADING.zh)
        return tuple(heading for heading in self.layout.unread if heading not in ours)


@dataclass(slots=True)
class _Draft:
    defects: DefectList = field(default_factory=DefectList)
    rows: list[BomRow] = field(default_factory=list)
    outputs: list[tuple[int, Output]] = field(default_factory=list)
    co_products: list[Output] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    period: Period | None = None
    allocation: AllocationMethod = AllocationMethod.PACT


def read_bom(
    content: bytes,
    file_name: str,
    library: Library,
    *,
    product_id: str | None,
    default_period: Period | None,
    references: References | None = None,
) -> BomReading:
    """Read the bill of materials of one product.

    Args:
        content: The file, CSV or XLSX.
        file_name: Its name, for messages.
        library: What fuels, modes, treatments and factors are held against.
        product_id: The product that the file is about; None takes what the output row names.
        default_period: The reporting period where the file states none.
        references: What rows may refer to; None takes every reference as it stands.

    Raises:
        FileTooLargeError: The file, or what it unpacks to, is too large.
        UnsupportedFileError: It is neither CSV nor XLSX, or has a password.
        UnreadableFileError: It is empty, damaged, or its encoding cannot be told.
    """
    file = read_tables(content, file_name)
    table, found = find_bom(file.tables)
    draft = _Draft()
    draft.defects.add(*found.defects)
    context = BomContext(library, product_id, references)
    # Rows under doubtful headings would only repeat the same complaint.
    doubtful = any(defect.code in HEADING_DEFECTS for defect in found.defects)
    if found.layout is not None and not doubtful:
        _read_rows(table, found.layout, context, draft, default_period)
    defects = draft.defects.listed()
    return BomReading(
        submission=None if defects else _submission(draft),
        defects=defects,
        proposals=context.proposals,
        rows=tuple(draft.rows),
        sheet=table.name,
        layout=found.layout,
        encoding=file.encoding,
    )


def _read_rows(
    table: Table, layout: Layout, context: BomContext, draft: _Draft, default: Period | None
) -> None:
    for row in table.rows:
        if row.number > layout.heading_row and _is_filled(row, layout):
            _read_row(RowReader(row, layout, BY_KEY, draft.defects), context, draft, default)
    if not draft.rows:
        draft.defects.add(_no_rows(layout))
    elif len(draft.outputs) != 1:
        draft.defects.add(*_not_one_output(layout, draft.outputs))


def _is_filled(row: Row, layout: Layout) -> bool:
    return any(row.value_at(position) is not None for position in layout.columns.values())


def _read_row(row: RowReader, context: BomContext, draft: _Draft, default: Period | None) -> None:
    row.need("kind")
    kind = row.choice("kind", KINDS, KIND_NAMES)
    if kind is not None:
        _refuse_misplaced(row, kind)
        _read_kind(row, kind, context, draft, default)
    draft.rows.append(BomRow(row.number, row.read))


def _read_kind(
    row: RowReader, kind: RowKind, context: BomContext, draft: _Draft, default: Period | None
) -> None:
    if kind is RowKind.OUTPUT:
        draft.outputs.append((row.number, read_output(row, context)))
        draft.period = read_period(row, default)
        draft.allocation = read_allocation(row)
    elif kind is RowKind.CO_PRODUCT:
        draft.co_products.append(read_co_product(row, context))
    else:
        line = read_line(row, kind, context)
        if not row.is_broken:
            draft.lines.append(line)


def _refuse_misplaced(row: RowReader, kind: RowKind) -> None:
    """Refuse a row that lacks what its kind needs, or has what its kind has no use for."""
    for key, use in USES.items():
        if kind in use.needed:
            row.need(key)
        elif kind not in use.allowed and row.has(key) and row.value(key) not in {0.0, "0"}:
            row.complain(
                key,
                "unused-value",
                Text(
                    en="Rows of kind “{kind}” have no “{column}”.",
                    zh="“{kind}”行不使用“{column}”列。",
                ).format(kind=KIND_NAMES[kind], column=BY_KEY[key].heading),
                Text(en="Clear the cell, or correct the kind.", zh="请清空该单元格，或更正类别。"),
            )


def _submission(draft: _Draft) -> Submission | None:
    if draft.period is None:
        return None
    return Submission(
        period=draft.period,
        output=draft.outputs[0][1],
        lines=tuple(draft.lines),
        co_products=tuple(draft.co_products),
        allocation=draft.allocation,
    )


def _no_rows(layout: Layout) -> Defect:
    return Defect(
        "empty-table",
        Text(en="There are no rows below the headings.", zh="表头下方没有数据。"),
        Text(
            en="Enter the output and what it takes to make it.",
            zh="请填写产出行及各项投入。",
        ),
        layout.place(layout.heading_row),
    )


def _not_one_output(layout: Layout, outputs: Sequence[tuple[int, Output]]) -> list[Defect]:
    if not outputs:
        reason = Text(en="No row is the output.", zh="缺少“产出”行。")
        cure = Text(
            en="Add one row of kind “output” with how much is made.",
            zh="请添加一行“产出”，填写产量。",
        )
        return [Defect("not-one-output", reason, cure, layout.place(layout.heading_row, "kind"))]
    first = outputs[0][0]
    return [
        Defect(
            "not-one-output",
            Text(
                en="Row {row} is a second output; the first is row {first}.",
                zh="第{row}行为第二个“产出”，第一个在第{first}行。",
            ).format(row=row, first=first),
            Text(
                en="Keep one output; others are co-products.",
                zh="只保留一行“产出”，其余填为“副产品”。",
            ),
            layout.place(row, "kind"),
            KIND_NAMES[RowKind.OUTPUT].zh,
        )
        for row, _ in outputs[1:]
    ]
