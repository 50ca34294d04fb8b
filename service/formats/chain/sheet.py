"""Reads a chain sheet: who takes part, what they make, and which file holds which activity data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lca_models.errors import Defect, Place, Text
from service.domain.chain import Certificate, Declaration
from service.domain.organisation import Organisation
from service.domain.product import Product
from service.domain.submission import Period
from service.formats.chain.sheet_columns import (
    CERTIFICATES,
    CHAIN,
    DECLARATIONS,
    ORGANISATIONS,
    PRODUCTS,
    SECTIONS,
    Section,
)
from service.formats.chain.sheet_rows import (
    ChainRow,
    read_certificate,
    read_chain,
    read_declaration,
    read_organisation,
    read_product,
)
from service.formats.sheets.file import read_tables
from service.formats.sheets.headings import HEADING_DEFECTS, Layout, find_layout, fold_heading
from service.formats.sheets.row_reader import DefectList, RowReader
from service.formats.sheets.table import Row, Table

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ChainSheet:
    """A chain as a sheet says it: everything but the activity data.

    Args:
        id: Key of the chain.
        name: Name in both languages.
        lead_id: The lead firm.
        period: The reporting period.
        organisations: Members.
        products: Their products.
        declarations: Declared footprints.
        certificates: Green-power certificates.
        bom_files: Name of the file with the bill of materials, by product; products without one
            have not answered.
        remark: Anything a reader of the result must know.
    """

    id: str
    name: Text
    lead_id: str
    period: Period
    organisations: tuple[Organisation, ...]
    products: tuple[Product, ...]
    declarations: tuple[Declaration, ...]
    certificates: tuple[Certificate, ...]
    bom_files: Mapping[str, str]
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class ChainSheetReading:
    """What reading a chain sheet brought: the sheet, or everything that is wrong with it."""

    sheet: ChainSheet | None
    defects: tuple[Defect, ...]
    encoding: str | None = None


def read_chain_sheet(content: bytes, file_name: str) -> ChainSheetReading:
    """Read a chain sheet: a workbook with a sheet a table, or a CSV file with titled parts.

    In a CSV file each table stands below a line that holds nothing but its name, such as
    `企业` or `Firms`.

    Args:
        content: The file, CSV or XLSX.
        file_name: Its name, for messages.

    Raises:
        FileTooLargeError: The file, or what it unpacks to, is too large.
        UnsupportedFileError: It is neither CSV nor XLSX, or has a password.
        UnreadableFileError: It is empty, damaged, or its encoding cannot be told.
    """
    file = read_tables(content, file_name)
    tables = file.tables if file.encoding is None else _split(file.tables[0])
    reader = _Reader(tables, file_name)
    sheet = reader.read()
    defects = reader.defects.listed()
    return ChainSheetReading(None if defects else sheet, defects, file.encoding)


def _split(table: Table) -> tuple[Table, ...]:
    """The titled parts of a CSV file as tables of their own."""
    parts: list[tuple[str, list[Row]]] = []
    for row in table.rows:
        title = _title_of(row)
        if title is not None:
            parts.append((title, []))
        elif parts:
            parts[-1][1].append(row)
    return tuple(Table(name, tuple(rows)) for name, rows in parts)


def _title_of(row: Row) -> str | None:
    filled = [value for value in row.values if value is not None]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    title = filled[0]
    return title if any(fold_heading(title) in section.names for section in SECTIONS) else None


@dataclass(frozen=True, slots=True)
class _Placed:
    """An id that was given, and where."""

    key: str
    row: RowReader


@dataclass(slots=True)
class _Ids:
    given: list[_Placed] = field(default_factory=list)

    def keys(self) -> set[str]:
        return {placed.key for placed in self.given}


class _Reader:
    def __init__(self, tables: Sequence[Table], file_name: str) -> None:
        self._tables = tables
        self._file_name = file_name
        self.defects = DefectList()
        self._ids: dict[str, _Ids] = {section.key: _Ids() for section in SECTIONS}
        self._references: list[_Placed] = []
        self._files: list[_Placed] = []

    def read(self) -> ChainSheet | None:
        chains = self._rows(CHAIN, read_chain)
        organisations = self._rows(ORGANISATIONS, read_organisation)
        products = self._rows(PRODUCTS, read_product)
        declarations = self._rows(DECLARATIONS, read_declaration)
        certificates = self._rows(CERTIFICATES, read_certificate)
        self._refuse_several_chains()
        self._refuse_repeated()
        self._refuse_unknown_firms()
        chain: ChainRow | None = chains[0] if chains else None
        if chain is None:
            return None
        return ChainSheet(
            id=chain.id,
            name=chain.name,
            lead_id=chain.lead_id,
            period=chain.period,
            organisations=tuple(organisations),
            products=tuple(made.product for made in products),
            declarations=tuple(declarations),
            certificates=tuple(certificates),
            bom_files={m.product.id: m.bom_file for m in products if m.bom_file is not None},
            remark=chain.remark,
        )

    def _rows(self, section: Section, read: Callable[[RowReader], _Read | None]) -> list[_Read]:
        table = self._find_table(section)
        layout = None if table is None else self._find_layout(table, section)
        if table is None or layout is None:
            return []
        columns = {column.key: column for column in section.columns}
        found: list[_Read] = []
        filled = 0
        for row in table.rows:
            if row.number > layout.heading_row and _is_filled(row, layout):
                filled += 1
                reader = RowReader(row, layout, columns, self.defects)
                made = read(reader)
                self._note_ids(section, reader)
                if made is not None:
                    found.append(made)
        if section.required and not filled:
            self.defects.add(_empty(table, section))
        return found

    def _find_table(self, section: Section) -> Table | None:
        named = [t for t in self._tables if fold_heading(t.name) in section.names]
        hidden = [table for table in named if not table.visible and table.rows]
        self.defects.add(*(_hidden(table) for table in hidden))
        shown = [table for table in named if table.visible]
        self.defects.add(*(_further(table, section) for table in shown[1:]))
        if not shown and not hidden and section.required:
            self.defects.add(_no_section(self._file_name, section))
        return shown[0] if shown else None

    def _find_layout(self, table: Table, section: Section) -> Layout | None:
        if not table.rows and not section.required:
            return None
        found = find_layout(table, section.columns)
        self.defects.add(*found.defects)
        doubtful = any(defect.code in HEADING_DEFECTS for defect in found.defects)
        return None if doubtful else found.layout

    def _note_ids(self, section: Section, row: RowReader) -> None:
        for key in ("id", "organisation", "lead", "bom_file"):
            value = row.read.get(key)
            if not isinstance(value, str):
                continue
            if key == "id":
                self._ids[section.key].given.append(_Placed(value, row))
            elif key == "bom_file":
                self._files.append(_Placed(value, row))
            else:
                self._references.append(_Placed(key, row))

    def _refuse_several_chains(self) -> None:
        for placed in self._ids[CHAIN.key].given[1:]:
            placed.row.complain(
                "id",
                "several-chains",
                Text(en="A chain sheet is about one chain.", zh="一份供应链表只能描述一条供应链。"),
                Text(en="Keep one row.", zh="请只保留一行。"),
            )

    def _refuse_repeated(self) -> None:
        for ids in self._ids.values():
            _refuse_repeated(ids.given, "id", Text(en="id", zh="编号"))
        _refuse_repeated(self._files, "bom_file", Text(en="file", zh="文件"))

    def _refuse_unknown_firms(self) -> None:
        known = self._ids[ORGANISATIONS.key].keys()
        for placed in self._references:
            firm = placed.row.read[placed.key]
            if known and firm not in known:
                placed.row.complain(
                    placed.key,
                    "unknown-reference",
                    Text(
                        en="There is no firm with the id “{id}”.", zh="没有编号为“{id}”的企业。"
                    ).format(id=firm),
                    Text(
                        en="Add it to the firms, or correct the id.",
                        zh="请在企业表中补充，或更正编号。",
                    ),
                )


def _refuse_repeated(given: Sequence[_Placed], key: str, what: Text) -> None:
    first: dict[str, int] = {}
    for placed in given:
        if placed.key in first:
            placed.row.complain(
                key,
                "duplicate",
                Text(
                    en="The {what} “{id}” already stands in row {row}.",
                    zh="{what}“{id}”在第{row}行已出现。",
                ).format(what=what, id=placed.key, row=first[placed.key]),
                Text(en="Give each its own.", zh="请分别使用不同的值。"),
            )
        first.setdefault(placed.key, placed.row.number)


def _is_filled(row: Row, layout: Layout) -> bool:
    return any(row.value_at(position) is not None for position in layout.columns.values())


def _empty(table: Table, section: Section) -> Defect:
    return Defect(
        "empty-table",
        Text(en="The table “{name}” has no rows.", zh="“{name}”表没有数据。").format(
            name=section.name
        ),
        Text(en="Fill it in.", zh="请填写。"),
        Place(sheet=table.name),
    )


def _hidden(table: Table) -> Defect:
    return Defect(
        "hidden-sheet",
        Text(en="The sheet “{sheet}” is hidden.", zh="工作表“{sheet}”被隐藏。").format(
            sheet=table.name
        ),
        Text(en="Show it or delete it.", zh="请取消隐藏或删除该工作表。"),
        Place(sheet=table.name),
    )


def _further(table: Table, section: Section) -> Defect:
    return Defect(
        "several-tables",
        Text(en="The table “{name}” is there twice.", zh="“{name}”表出现多次。").format(
            name=section.name
        ),
        Text(en="Put all rows into one.", zh="请合并为一张表。"),
        Place(sheet=table.name),
    )


def _no_section(file_name: str, section: Section) -> Defect:
    return Defect(
        "missing-table",
        Text(en="There is no table “{name}”.", zh="缺少“{name}”表。").format(name=section.name),
        Text(
            en="Add a sheet of that name; in a CSV file, a line with that name above the headings.",
            zh="请添加同名工作表；CSV文件请在表头上方单独一行写明表名。",
        ),
        Place(sheet=file_name),
    )
