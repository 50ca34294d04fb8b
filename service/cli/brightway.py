"""Commands that take backgrounds in from Brightway, and give chains out to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lca_models.errors import Text
from lca_models.inventory.bringing import Terms
from service.cli.calculation import read_given_chain
from service.cli.outputs import check_suffix
from service.cli.terminal import Terminal
from service.domain.brightway_formats import BackgroundFormat, ChainFormat
from service.use_cases.export_chain import export_chain
from service.use_cases.import_background import ImportedBackground, import_background


def import_database(
    terminal: Terminal,
    *,
    file: Path,
    form: BackgroundFormat,
    terms: Mapping[str, Any],
    leave_out: Sequence[str],
    python: Path | None,
    output: Path | None,
) -> None:
    """Freeze a database as a background file."""
    held_under = Terms(**terms)
    path = output or Path(f"{held_under.name}-{held_under.version}.background.zip")
    _make_way(path, ".zip")
    imported = import_background(
        file,
        form,
        held_under,
        path,
        leave_out=leave_out,
        python=python or terminal.wiring.brightway_python,
    )
    _tell(terminal, imported, path)


def export(
    terminal: Terminal,
    *,
    chain: str,
    form: ChainFormat,
    output: Path,
    gwp: str,
    backgrounds: Sequence[Path],
) -> None:
    """Write a chain as a datapackage or a workbook of Brightway."""
    _make_way(output, ".zip" if form is ChainFormat.DATAPACKAGE else ".xlsx")
    terminal = terminal.with_backgrounds(backgrounds)
    given = read_given_chain(terminal, chain)
    export_chain(given, terminal.library, form, output, characterisation=gwp)
    terminal.say(Text(en="{path} written.", zh="已写入{path}。").format(path=output))


def _make_way(path: Path, suffix: str) -> None:
    check_suffix(path, suffix)
    if path.exists():
        raise FileExistsError(17, "exists", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)


def _tell(terminal: Terminal, imported: ImportedBackground, path: Path) -> None:
    background = imported.background
    terminal.say(
        Text(
            en="{path} written: {count} processes, {gases} gases; {others} flows are no greenhouse "
            "gases. Ids begin with “{key}:”.",
            zh="已写入{path}：{count}个过程，{gases}种气体；另有{others}种流不是温室气体。"
            "编号以“{key}:”开头。",
        ).format(
            path=path,
            count=len(background.processes),
            gases=len(background.gases),
            others=imported.other_flows,
            key=background.key,
        )
    )
    for name, count in imported.left_out.items():
        terminal.say(
            Text(
                en="Left out as you asked: “{name}”, emitted {count} times.",
                zh="按要求排除：“{name}”，共{count}处排放。",
            ).format(name=name, count=count)
        )
