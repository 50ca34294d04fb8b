"""The command that draws footprints many times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lca_models.errors import Text
from service.cli.calculation import read_given_chain
from service.cli.outputs import to_json
from service.cli.simulation_view import show_simulation
from service.cli.terminal import Terminal
from service.formats.simulation_document import SimulationDocument, to_simulation
from service.use_cases.simulate_footprints import Drawing, simulate_footprints

_CANCELLED = 130  # what a shell leaves with after Ctrl-C: 128 and the number of the signal


def simulate(
    terminal: Terminal,
    *,
    chains: tuple[str, str | None],
    products: Sequence[str],
    drawing: tuple[int, int],
    gwp: str,
    backgrounds: Sequence[Path],
    as_json: bool,
) -> None:
    """Show where footprints lie, or how far those of one chain are above another's."""
    terminal = terminal.with_backgrounds(backgrounds)
    try:
        document = _simulate(terminal, chains, products, drawing, gwp)
    except KeyboardInterrupt:
        terminal.say(Text(en="Cancelled: nothing is kept.", zh="已取消，未保留任何结果。"))
        raise typer.Exit(_CANCELLED) from None
    if as_json:
        typer.echo(to_json(document))
    else:
        show_simulation(terminal, document)


def _simulate(
    terminal: Terminal,
    chains: tuple[str, str | None],
    products: Sequence[str],
    drawing: tuple[int, int],
    gwp: str,
) -> SimulationDocument:
    given, against = chains
    seed, draws = drawing
    chain = read_given_chain(terminal, given)
    other = None if against is None else read_given_chain(terminal, against)
    with _telling(terminal) as progress:
        found = simulate_footprints(
            chain,
            terminal.library,
            Drawing(seed, draws, progress),
            against=other,
            products=products,
            characterisation=gwp,
        )
    return to_simulation(found)


@contextmanager
def _telling(terminal: Terminal) -> Iterator[Callable[[int, int], None]]:
    """Tell how far the draws are, where somebody watches; the line goes when they are done."""
    drawing = TextColumn(Text(en="drawing", zh="抽样中").to(terminal.language))
    columns = (drawing, BarColumn(), MofNCompleteColumn())
    watched = terminal.errors.is_terminal
    with Progress(
        *columns, console=terminal.errors, transient=True, disable=not watched
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, wanted: progress.update(task, completed=done, total=wanted)
