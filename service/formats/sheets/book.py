"""What the parts beside the sheets say: which sheets there are, which styles show percents."""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from service.formats.errors import damaged
from service.formats.sheets.archive import WORKBOOK, Archive
from service.formats.sheets.reading_budget import ReadingBudget
from service.formats.sheets.xml_text import Attributes, walk

_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_ALWAYS_KEPT = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _RELATIONS, _STRINGS, _STYLES)
_MAX_SHEETS = 100
_BUILT_IN_PERCENT = {"9", "10"}
# Literals, escapes and bracketed conditions of a number format: a percent sign there is none.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, the part that holds it, whether the user sees it."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its cells.

    Args:
        sheets: Its worksheets in order.
        string_lengths: Characters of each shared text.
        percent_styles: Cell styles that show a percent sign.
        calculates_on_load: Whether the program that wrote it left the calculating to the reader,
            so that a formula's 0 means nothing.
    """

    sheets: tuple[SheetPart, ...]
    string_lengths: Sequence[int]
    percent_styles: frozenset[str]
    calculates_on_load: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are needed to read its cells."""
        return (*_ALWAYS_KEPT, *dict.fromkeys(sheet.part for sheet in self.sheets))


def read_book(archive: Archive, budget: ReadingBudget) -> Book:
    """Read what stands beside the cells.

    Raises:
        UnreadableFileError: The parts do not hang together.
        FileTooLargeError: There are more elements than the budget allows.
    """
    targets = _read_targets(archive, budget)
    found: list[tuple[str, str, bool]] = []
    flags: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            found.append(_read_sheet(attributes))
        elif name == "calcPr":
            flags.append(attributes.get("fullCalcOnLoad") in {"1", "true"})

    walk(archive.read(WORKBOOK), budget, start)
    sheets = tuple(
        SheetPart(name, targets[relation], visible)
        for name, relation, visible in found
        if relation in targets
    )
    if not sheets or len(sheets) > _MAX_SHEETS or len({s.name for s in sheets}) < len(sheets):
        raise damaged()
    return Book(
        sheets, _read_string_lengths(archive, budget), _read_styles(archive, budget), any(flags)
    )


def _read_sheet(attributes: Attributes) -> tuple[str, str, bool]:
    relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
    visible = attributes.get("state", "visible") == "visible"
    return attributes.get("name", ""), relation, visible


def _read_targets(archive: Archive, budget: ReadingBudget) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        is_sheet = attributes.get("Type", "").endswith("/worksheet")
        if name == "Relationship" and is_sheet and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.removeprefix("/")

    walk(archive.read(_RELATIONS), budget, start)
    return targets


def _read_string_lengths(archive: Archive, budget: ReadingBudget) -> Sequence[int]:
    lengths = array("L")
    if _STRINGS not in archive.names:
        return lengths

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    walk(archive.read(_STRINGS), budget, start, text)
    return lengths


def _read_styles(archive: Archive, budget: ReadingBudget) -> frozenset[str]:
    if _STYLES not in archive.names:
        return frozenset()
    formats = set(_BUILT_IN_PERCENT)
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt" and "%" in _NOT_FORMAT.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside["cellXfs"] = name == "cellXfs"
        elif name == "xf" and inside["cellXfs"]:
            styles.append(attributes.get("numFmtId", "0"))

    walk(archive.read(_STYLES), budget, start)
    return frozenset(str(i) for i, number in enumerate(styles) if number in formats)
