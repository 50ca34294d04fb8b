"""Changes of single lines of a process: added, replaced or removed by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lca_models.errors import Place, Text
from service.domain.errors import DuplicateError, UnknownReferenceError
from service.formats.chain.process_text import Process


class LineChangeKind(StrEnum):
    """What is done to a line."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class LineChange:
    """One change.

    Args:
        kind: What is done.
        section: The list of the process that holds the line.
        label: By which the line goes, or will.
        line: The new line as a document; empty where it is removed.
    """

    kind: LineChangeKind
    section: str
    label: str
    line: Mapping[str, Any]


def change_lines(process: Process, changes: Iterable[LineChange]) -> dict[str, Any]:
    """The process with changed lines; a line that is replaced keeps its place.

    Raises:
        UnknownReferenceError: There is no line of that label to replace or remove.
        DuplicateError: A line of the label that is added stands already.
    """
    changed = dict(process)
    lines: dict[str, dict[str, Any]] = {}
    for change in changes:
        if change.section not in lines:
            listed = changed.get(change.section, ())
            lines[change.section] = {line["id"]: line for line in listed}
        _change(lines[change.section], change)
    return changed | {section: list(by_label.values()) for section, by_label in lines.items()}


def _change(lines: dict[str, Any], change: LineChange) -> None:
    stands = change.label in lines
    if stands is (change.kind is LineChangeKind.ADD):
        raise _misplaced(change).at(Place(line=change.label))
    if change.kind is LineChangeKind.REMOVE:
        del lines[change.label]
    else:
        lines[change.label] = {**change.line, "id": change.label}


def _misplaced(change: LineChange) -> DuplicateError | UnknownReferenceError:
    if change.kind is LineChangeKind.ADD:
        return DuplicateError(
            Text(
                en="“{section}” has a line “{label}” already.",
                zh="“{section}”中已有明细“{label}”。",
            ).format(section=change.section, label=change.label),
            Text(en="Replace it, or add another label.", zh="请替换该明细，或使用其他名称。"),
            value=change.label,
        )
    return UnknownReferenceError(
        Text(en="“{section}” has no line “{label}”.", zh="“{section}”中没有明细“{label}”。").format(
            section=change.section, label=change.label
        ),
        Text(en="Read the lines again, and take their ids.", zh="请重新读取明细，并使用其id。"),
        value=change.label,
    )
