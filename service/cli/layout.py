"""Tables and lines as the terminal shows them: aligned in both languages, plain in a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from lca_models.errors import Language, Text
from service.formats.wording import CO2E

Justify = Literal["left", "right"]
RIGHT: Justify = "right"

_INDENT = 2
# A word with the space behind it, or one wide character with the stops that follow it.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff]"
_STOPS = r"[,.;:)\u3001\u3002\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d]*"
_PIECES = re.compile(
    rf"(?:{_WIDE}|[\u300a\u300c\uff08\u201c]+\S){_STOPS}\s*|(?:(?!{_WIDE})\S)+\s*|\s+"
)
_BAR_CELLS = 20
_BLOCKS = "▏▎▍▌▋▊▉█"


def show_heading(console: Console, text: str) -> None:
    """A heading, with a line of air above it."""
    console.print()
    console.print(Styled(text, style="bold"))


def make_table(headings: Sequence[str], justified: Sequence[Justify | None] = ()) -> Table:
    """A table without rules: columns stand apart by two spaces."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading, justify in zip_longest(headings, justified):
        # Numbers are never broken; words fold where the terminal is narrow.
        table.add_column(
            heading, justify=justify or "left", no_wrap=justify == RIGHT, overflow="fold"
        )
    return table


def show_table(console: Console, table: Table) -> None:
    """A table, set in by two spaces."""
    console.print(Padding(table, (0, 0, 0, _INDENT), expand=False))


def show_facts(console: Console, facts: Sequence[tuple[str, str]]) -> None:
    """What and how much, one a line; lines without a value are left out."""
    told = [(name, value) for name, value in facts if value]
    left = max((cell_len(name) for name, _ in told), default=0)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in told:
        table.add_row(name, wrap(value, console.width - left - 2 * _INDENT - 1))
    show_table(console, table)


def show_bullets(console: Console, sentences: Sequence[str], *, style: str = "") -> None:
    """Sentences one below the other, each with a mark."""
    for sentence in sentences:
        show_item(console, "•", sentence, style=style)


def show_item(console: Console, mark: str, text: str, *, style: str = "") -> None:
    """A text behind a mark or a number; its further lines stand below its first."""
    indent = cell_len(mark) + 1 + _INDENT
    first, *others = wrap(text, console.width - indent - 1).split("\n")
    console.print(Styled(f"  {mark} {first}", style=style), no_wrap=True)
    for line in others:
        console.print(Styled(" " * indent + line, style=style), no_wrap=True)


def show_note(console: Console, text: str, *, indent: int = _INDENT, style: str = "dim") -> None:
    """A sentence in small voice."""
    for line in wrap(text, console.width - indent - 1).split("\n"):
        console.print(Styled(" " * indent + line, style=style), no_wrap=True)


def wrap(text: str, width: int) -> str:
    """A text in lines of so many cells; Chinese breaks between characters, not before a stop."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


def draw_bar(share: float, console: Console) -> Styled:
    """A bar of a share from 0 to 1; it stands last in a row, where a wide font breaks nothing."""
    eighths = round(max(0.0, min(share, 1.0)) * _BAR_CELLS * len(_BLOCKS))
    full, rest = divmod(eighths, len(_BLOCKS))
    if not console.encoding.lower().startswith("utf"):
        return Styled("#" * round(eighths / len(_BLOCKS)))
    return Styled("█" * full + (_BLOCKS[rest - 1] if rest else ""), style="green")


def say_kg_per(unit: str, language: Language) -> str:
    """The unit of an intensity: `kg CO2e per piece`."""
    return Text(en="{kg} per {unit}", zh="{kg}/{unit}").format(kg=CO2E, unit=unit).to(language)
