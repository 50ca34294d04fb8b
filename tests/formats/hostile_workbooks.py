"""Hostile and odd workbooks: cells, formulas, merged ranges, sheets that hide or reach too far."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.formats import raw_workbook as raw
from tests.formats.hostile_texts import READS, Case

_PERCENT_STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><numFmts count="1"><numFmt numFmtId="170" '
    'formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/>'
    '<xf numFmtId="170"/></cellXfs></styleSheet>'
)
_DATE_STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>"
)


def workbook_cases() -> Iterator[Case]:
    """Every workbook whose archive is sound and whose content is not."""
    yield from _cells()
    yield from _extents()
    yield from _blank_formats()
    yield from _orders()
    yield from _sheets()
    yield from _relations()
    yield from _strings()


def _cells() -> Iterator[Case]:
    given = {
        "formula-never-calculated": ("<f>1+1</f>", "", "invalid-cell"),
        "formula-with-empty-value": ("<f>1+1</f><v></v>", "", "invalid-cell"),
        "formula-of-text-never-calculated": ("<f>A1</f>", 't="str"', "invalid-cell"),
        "formula-with-value": ("<f>1+1</f><v>2</v>", "", READS),
        "formula-to-another-program": ("<f>cmd|' /C calc'!A0</f><v>2</v>", "", READS),
        "error-cell": ("<v>#REF!</v>", 't="e"', "invalid-cell"),
        "failed-formula": ("<f>1/0</f><v>#DIV/0!</v>", 't="e"', "invalid-cell"),
        "overflow-in-a-cell": ("<v>1e400</v>", "", "invalid-cell"),
        "not-a-number-in-a-cell": ("<v>NaN</v>", "", "invalid-cell"),
        "word-in-a-number": ("<v>abc</v>", "", "invalid-cell"),
        "truth-as-amount": ("<v>1</v>", 't="b"', "invalid-cell"),
        "truth-of-seven": ("<v>7</v>", 't="b"', "unreadable-file"),
        "style-out-of-range": ("<v>5</v>", 's="99999"', READS),
        "unknown-type-of-cell": ("<v>5</v>", 't="zzz"', "unreadable-file"),
        "iso-date-as-amount": ("<v>2025-01-01T00:00:00</v>", 't="d"', "invalid-cell"),
        "text-number-with-comma": ("<v>1,5</v>", 't="str"', "invalid-cell"),
    }
    for name, (inside, attributes, code) in given.items():
        sheet = raw.amount(inside, attributes)
        yield f"{name}.xlsx", code, partial(raw.workbook, sheet)
    left = raw.amount("<f>1+1</f><v>0</v>")
    book = raw.PARTS["xl/workbook.xml"].replace(
        "</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>'
    )
    yield "formula-left-to-the-reader.xlsx", "invalid-cell", lambda: raw.workbook(left, book=book)
    for style, value in (("1", "0.12"), ("2", "0.5")):
        sheet = raw.amount(f"<v>{value}</v>", f's="{style}"')
        yield (
            f"percent-format-{style}.xlsx",
            "invalid-cell",
            partial(raw.workbook, sheet, styles=_PERCENT_STYLES),
        )
    for name, serial in (("date", "45658"), ("late-date", "9999999"), ("early-date", "-400")):
        sheet = raw.amount(f"<v>{serial}</v>", 's="1"')
        yield (
            f"{name}-as-amount.xlsx",
            "invalid-cell" if name == "date" else "",
            partial(raw.workbook, sheet, styles=_DATE_STYLES),
        )


def _extents() -> Iterator[Case]:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "last-cell-of-all.xlsx", "file-too-large", lambda: raw.workbook(raw.sound_sheet(far))
    wide = f'<row r="4">{"".join(raw.many_columns(16_384))}</row>'
    yield (
        "sixteen-thousand-columns.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(wide)),
    )
    blank = '<row r="{n}" ht="15" customHeight="1"/>'
    yield (
        "a-million-blank-rows.xlsx",
        READS,
        lambda: raw.workbook(raw.sound_sheet(*raw.many(1_000_000, blank, start=4))),
    )
    styled = '<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>'
    yield (
        "a-million-formatted-rows.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(*raw.many(900_000, styled, start=4))),
    )
    gap = '<row r="900000"><c r="A900000" t="inlineStr"><is><t>x</t></is></c></row>'
    yield "far-below.xlsx", "file-too-large", lambda: raw.workbook(raw.sound_sheet(gap))
    full = '<row r="{n}"><c r="A{n}"><v>1</v></c></row>'
    yield (
        "thirty-thousand-rows.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(*raw.many(30_000, full, start=4))),
    )
    bare = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    yield (
        "cells-without-references.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(bare * 6_000)),
    )
    formulas = '<row r="{n}"><c r="A{n}"><f>1</f></c></row>'
    yield (
        "formulas-beyond-count.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(*raw.many(25_000, formulas, start=4))),
    )


def _blank_formats() -> Iterator[Case]:
    """Wrong rows beside as many blank formats as a workbook may have that is kept as it is."""
    wrong = raw.row(4, ("treasure", "x", "", 1, "kg"))
    blank = "".join(f'<c r="{raw.letters(column)}{{n}}"/>' for column in range(1, 101))
    cells = raw.many(1_950, f'<row r="{{n}}">{blank}</row>', start=5)
    yield (
        "formatted-cells.xlsx",
        "unknown-choice",
        partial(raw.workbook, raw.sound_sheet(wrong, *cells)),
    )
    heights = raw.many(70_000, '<row r="{n}" ht="15" customHeight="1"/>', start=5)
    yield (
        "formatted-rows.xlsx",
        "unknown-choice",
        partial(raw.workbook, raw.sound_sheet(wrong, *heights)),
    )


def _orders() -> Iterator[Case]:
    given = {
        "rows-out-of-order": '<row r="2"><c r="A2"><v>1</v></c></row>',
        "cells-out-of-order": '<row r="4"><c r="B4"><v>1</v></c><c r="A4"><v>2</v></c></row>',
        "cell-twice": '<row r="4"><c r="A4"><v>1</v></c><c r="A4"><v>2</v></c></row>',
        "cell-of-another-row": '<row r="4"><c r="A9"><v>1</v></c></row>',
        "column-beyond-all": '<row r="4"><c r="ZZZZZZ4"><v>1</v></c></row>',
        "column-zzz": '<row r="4"><c r="ZZZ4"><v>1</v></c></row>',
        "row-zero": '<row r="0"><c r="A0"><v>1</v></c></row>',
        "row-beyond-all": '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        "negative-row": '<row r="-1"><c r="A-1"><v>1</v></c></row>',
        "reference-without-letters": '<row r="4"><c r="44"><v>1</v></c></row>',
        "merged-without-range": "</sheetData><mergeCells><mergeCell/></mergeCells><sheetData>",
    }
    for name, inside in given.items():
        sheet = raw.sound_sheet(inside)
        yield f"{name}.xlsx", "unreadable-file", partial(raw.workbook, sheet)
    for name, area, code in (
        ("merged-amounts", "D2:D3", "merged-cells"),
        ("merged-headings", "A1:B1", "merged-cells"),
        ("everything-merged", "A1:XFD1048576", "merged-cells"),
        ("merged-elsewhere", "M1:N40", READS),
    ):
        after = f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
        yield f"{name}.xlsx", code, partial(raw.workbook, raw.sound_sheet(after=after))
    merged = "".join(raw.many(20_000, '<mergeCell ref="A{n}:B{n}"/>'))
    after = f"<mergeCells>{merged}</mergeCells>"
    yield (
        "twenty-thousand-merged.xlsx",
        "unreadable-file",
        lambda: raw.workbook(raw.sound_sheet(after=after)),
    )


def _sheets() -> Iterator[Case]:
    sound = raw.sound_sheet()
    blank = raw.sheet("")
    yield "no-cells.xlsx", "empty-table", lambda: raw.workbook(blank)
    for state in ("hidden", "veryHidden"):
        yield (
            f"{state}-only-sheet.xlsx",
            "hidden-sheet",
            partial(raw.book_with, {"BOM": sound, "front": blank}, {"BOM": state}),
        )
    yield (
        "hidden-second-table.xlsx",
        "hidden-sheet",
        lambda: raw.book_with({"BOM": sound, "old": sound}, {"old": "hidden"}),
    )
    yield (
        "hidden-lists.xlsx",
        READS,
        lambda: raw.book_with(
            {"BOM": sound, "lists": raw.sheet(raw.rows(("a", "b")))}, {"lists": "hidden"}
        ),
    )
    yield "two-tables.xlsx", "several-tables", lambda: raw.book_with({"BOM": sound, "more": sound})
    yield "only-the-example.xlsx", "empty-table", lambda: raw.book_with({"Example": sound})
    yield (
        "ninety-sheets.xlsx",
        READS,
        lambda: raw.book_with({"BOM": sound} | {f"s{n}": blank for n in range(90)}),
    )
    yield (
        "two-hundred-sheets.xlsx",
        "unreadable-file",
        lambda: raw.book_with({f"s{n}": blank for n in range(200)}),
    )


def _relations() -> Iterator[Case]:
    sound = raw.sound_sheet()
    book, relations = raw.book_of(["BOM", "BOM"])
    yield (
        "same-name-twice.xlsx",
        "unreadable-file",
        lambda: raw.workbook(sound, book=book, relations=relations),
    )
    odd, odd_relations = raw.book_of(["=1+1/[x]:*?" + "n" * 300])
    yield (
        "odd-sheet-name.xlsx",
        READS,
        lambda: raw.workbook(sound, book=odd, relations=odd_relations),
    )
    outside = raw.PARTS["xl/_rels/workbook.xml.rels"]
    for name, target in (
        ("sheet-elsewhere", "../../../etc/passwd"),
        ("sheet-missing", "worksheets/none.xml"),
        ("sheet-is-the-workbook", "workbook.xml"),
    ):
        changed = outside.replace("worksheets/sheet1.xml", target)
        code = "empty-table" if target == "workbook.xml" else "unreadable-file"
        yield f"{name}.xlsx", code, partial(raw.workbook, sound, relations=changed)
    external = outside.replace('Target="work', 'TargetMode="External" Target="work')
    yield (
        "sheet-on-the-web.xlsx",
        "unreadable-file",
        lambda: raw.workbook(sound, relations=external),
    )
    empty = f'<workbook xmlns="{raw.MAIN}"><sheets/></workbook>'
    yield "no-sheets.xlsx", "unreadable-file", lambda: raw.workbook(sound, book=empty)


def _strings() -> Iterator[Case]:
    shared = '<c r="A{n}" t="s"><v>0</v></c>'
    uses = "".join(raw.many(15_000, f'<row r="{{n}}">{shared}</row>', start=4))
    bomb = f'<sst xmlns="{raw.MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    yield (
        "shared-text-bomb.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(uses), strings=bomb),
    )
    many = f'<sst xmlns="{raw.MAIN}">{"<si><t/></si>" * 990_000}</sst>'
    yield (
        "a-million-empty-texts.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(), strings=many),
    )
    for name, index in (("beyond", "9"), ("negative", "-1"), ("word", "x")):
        one = f'<row r="4"><c r="A4" t="s"><v>{index}</v></c></row>'
        yield (
            f"shared-text-{name}.xlsx",
            "unreadable-file",
            partial(raw.workbook, raw.sound_sheet(one), strings=bomb),
        )
    long = raw.row(4, ("material", "y" * 40_000, "", 1, "kg"))
    yield "cell-too-long.xlsx", "file-too-large", lambda: raw.workbook(raw.sound_sheet(long))
    signs = raw.row(4, ("material", '=HYPERLINK("http://x")', "", 1, "kg", "", "", "@x"))
    yield "text-like-a-formula.xlsx", READS, lambda: raw.workbook(raw.sound_sheet(signs))
