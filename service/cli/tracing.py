"""The command that traces a footprint up its chain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from service.cli.calculation import read_given_chain
from service.cli.outputs import to_json
from service.cli.terminal import Terminal
from service.cli.trace_view import show_trace
from service.formats.trace_document import to_trace
from service.use_cases.trace_footprint import trace_footprint


def trace(
    terminal: Terminal,
    *,
    chain: str,
    product: str,
    gwp: str,
    backgrounds: Sequence[Path],
    cut_off: float,
    as_json: bool,
) -> None:
    """Show where a product's footprint comes from, or print it with all flows as JSON."""
    terminal = terminal.with_backgrounds(backgrounds)
    found = trace_footprint(
        read_given_chain(terminal, chain),
        terminal.library,
        product,
        characterisation=gwp,
        cut_off=cut_off,
    )
    document = to_trace(found)
    if as_json:
        typer.echo(to_json(document))
    else:
        show_trace(terminal, document)
