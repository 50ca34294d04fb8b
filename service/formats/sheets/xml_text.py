"""One streaming pass over a part of a workbook, without entities and with a limit on its length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from service.formats.errors import damaged
from service.formats.sheets.reading_budget import ReadingBudget

Attributes = Mapping[str, str]


def walk(
    part: bytes,
    budget: ReadingBudget,
    on_start: Callable[[str, Attributes], None],
    on_text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element, by its name without prefix, and for every text.

    Raises:
        UnreadableFileError: The part is not well-formed, or it declares entities of its own.
        FileTooLargeError: The budget is spent.
    """
    # Entities are refused with the document type that would declare them: no bomb can be built.
    parser = expat.ParserCreate()
    parser.buffer_text = True

    spend = budget.spend_element

    def start(name: str, attributes: Attributes) -> None:
        spend()
        on_start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def refuse_doctype(*_: object) -> None:
        raise damaged()

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_doctype
    if on_text is not None:
        parser.CharacterDataHandler = on_text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - its signature is in C: no keywords
    except (expat.ExpatError, ValueError, LookupError) as cause:
        raise damaged() from cause
