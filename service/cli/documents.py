"""Commands that print schemas and write templates."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from service.cli.outputs import check_suffix
from service.cli.terminal import Terminal
from service.formats.bom import template as bom_template
from service.formats.chain import sheet_template as chain_sheet_template
from service.formats.schemas import DocumentKind, to_schema
from service.use_cases.read_chain_folder import CHAIN_SHEETS


def print_schema(_terminal: Terminal, *, kind: str) -> None:
    """Print the JSON Schema of a kind of document."""
    content = json.dumps(to_schema(DocumentKind(kind)), ensure_ascii=False, indent=2)
    typer.echo(content.encode())


def write_bom_template(terminal: Terminal, *, output: Path | None) -> None:
    """Write the template of a bill of materials, as CSV if the file is named so."""
    path = output or Path(f"bom.{terminal.language}.xlsx")
    check_suffix(path, ".xlsx", ".csv")
    if path.suffix.lower() == ".csv":
        content = bom_template.write_csv_template(terminal.language)
    else:
        content = bom_template.write_template(terminal.language, terminal.library)
    terminal.write_file(path, content, replace=False)


def write_chain_template(terminal: Terminal, *, output: Path | None) -> None:
    """Write the template of a chain sheet."""
    path = output or Path(CHAIN_SHEETS[0])
    check_suffix(path, ".xlsx")
    content = chain_sheet_template.write_chain_template(terminal.language)
    terminal.write_file(path, content, replace=False)
