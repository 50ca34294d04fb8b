"""The command that makes a footprint again from its lockfile and compares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from lca_models.errors import Text
from service.cli.terminal import Terminal
from service.domain.lockfile import LockfileDiffersError
from service.formats.chain.document_text import LARGEST_DOCUMENT_BYTES
from service.formats.lockfile import LockfileDocument, read_lockfile
from service.formats.lockfile_check import (
    refuse_other_library,
    refuse_other_result,
    to_chain_again,
)
from service.formats.result_writing import to_result
from service.use_cases.calculate_footprints import calculate_footprints

DIFFERS = 1


def verify(
    terminal: Terminal, *, lockfile: Path, others: Sequence[Path], backgrounds: Sequence[Path]
) -> None:
    """Make a footprint again, without a network, and compare it to the last digit.

    Raises:
        LockfileIncompleteError: Submissions are withheld that no other lockfile brings.
        Exit: With 1, where something differs.
    """
    terminal = terminal.with_backgrounds(backgrounds)
    document, *given = map(_read, (lockfile, *others))
    try:
        _compare(terminal, document, given)
    except LockfileDiffersError as error:
        terminal.say(error.to_text())
        raise typer.Exit(DIFFERS) from error
    terminal.say(
        Text(
            en="{product} was made again from {count} submissions: every digit is the same.",
            zh="已由{count}份提交数据重新计算{product}：各位数字完全一致。",
        ).format(product=document.product, count=len(document.submissions))
    )


def _compare(
    terminal: Terminal, document: LockfileDocument, given: Sequence[LockfileDocument]
) -> None:
    chain = to_chain_again(document, given)
    refuse_other_library(document, terminal.library.version)
    gwps = document.method.characterisation
    found = calculate_footprints(chain, terminal.library, characterisation=gwps)
    refuse_other_result(document, to_result(found, [document.product]).footprints[0], given)


def _read(path: Path) -> LockfileDocument:
    with path.open("rb") as file:
        return read_lockfile(file.read(LARGEST_DOCUMENT_BYTES + 1))
