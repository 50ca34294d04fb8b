"""The command that holds our own engine against `bw2calc`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from lca_models.errors import Text
from service.cli.calculation import read_given_chain
from service.cli.terminal import Terminal
from service.use_cases.cross_check import AGREEMENT, cross_check

_TOLD = Text(
    en="{count} products solved by greenchain and by bw2calc: at most {worst:.1e} apart.",
    zh="{count}个产品分别由greenchain与bw2calc求解：相对差异最大{worst:.1e}。",
)
_APART = Text(
    en="{product}: {ours!r} kg CO2e by greenchain, {theirs!r} by bw2calc.",
    zh="{product}：greenchain为{ours!r} kg CO2e，bw2calc为{theirs!r}。",
)


def check(terminal: Terminal, *, chain: str, gwp: str, backgrounds: Sequence[Path]) -> None:
    """Solve a chain with both engines; fail where they do not agree."""
    terminal = terminal.with_backgrounds(backgrounds)
    given = read_given_chain(terminal, chain)
    found = cross_check(given, terminal.library, characterisation=gwp)
    worst = found[0].relative
    typer.echo(_TOLD.format(count=len(found), worst=worst).to(terminal.language))
    apart = [difference for difference in found if difference.relative > AGREEMENT]
    for difference in apart:
        told = _APART.format(
            product=difference.product,
            ours=difference.kg_co2e,
            theirs=difference.reference_kg_co2e,
        )
        typer.echo(told.to(terminal.language))
    if apart:
        raise typer.Exit(code=1)
