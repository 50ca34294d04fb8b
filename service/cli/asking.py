"""The command that tells whom to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from service.cli.calculation import read_given_chain
from service.cli.outputs import to_json
from service.cli.request_view import show_requests
from service.cli.terminal import Terminal
from service.formats.request_document import to_requests
from service.use_cases.rank_requests import rank_product_requests


def ask(
    terminal: Terminal,
    *,
    chain: str,
    product: str,
    limit: int,
    gwp: str,
    backgrounds: Sequence[Path],
    as_json: bool,
) -> None:
    """Show where primary data would tell most about a product, or print all of it as JSON."""
    terminal = terminal.with_backgrounds(backgrounds)
    given = read_given_chain(terminal, chain)
    found = rank_product_requests(given, terminal.library, product, characterisation=gwp)
    document = to_requests(found)
    if as_json:
        typer.echo(to_json(document))
    else:
        show_requests(terminal, document, limit)
