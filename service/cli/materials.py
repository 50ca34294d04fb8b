"""The command that checks a bill of materials."""

from __future__ import annotations

from pathlib import Path

import typer

from lca_models.errors import Language, Text
from lca_models.facts.names import fold
from service.cli.layout import (
    RIGHT,
    make_table,
    say_kg_per,
    show_bullets,
    show_heading,
    show_table,
)
from service.cli.outputs import check_suffix
from service.cli.terminal import Terminal
from service.formats.background_document import EntryItem
from service.formats.bom.columns import BY_KEY
from service.formats.bom.document import (
    ANY_PERIOD,
    BomCheckDocument,
    BomRowItem,
)
from service.formats.bom.words import KIND_NAMES, KINDS
from service.formats.wording import say_published, say_unit
from service.use_cases.check_bom import CheckedBom, check_bom

_COLUMNS = ("kind", "name", "amount", "unit", "source")


def check(
    terminal: Terminal, *, file: Path, annotate: Path | None, product: str | None, as_json: bool
) -> None:
    """Check a file; tell every error, or the rows as they were understood.

    Raises:
        InvalidBomError: Every wrong row.
        OSError: The file cannot be read, or the annotated one would replace it.
    """
    if annotate is not None:
        check_suffix(annotate, ".xlsx")
    with file.open("rb") as opened:
        checked = check_bom(
            opened, file.name, terminal.library, product_id=product, period=ANY_PERIOD
        )
    if annotate is not None:
        _annotate(terminal, checked, file, annotate)
    document = checked.to_document(terminal.library)
    if as_json:
        typer.echo(document.model_dump_json(indent=2).encode())
    else:
        _show(terminal, document)


def _annotate(terminal: Terminal, checked: CheckedBom, file: Path, target: Path) -> None:
    same = target.exists() and target.samefile(file)
    terminal.write_file(target, checked.annotate(terminal.language), replace=not same)


def _show(terminal: Terminal, document: BomCheckDocument) -> None:
    language, console = terminal.language, terminal.console
    headings = [Text(en="Row", zh="行"), *(BY_KEY[key].heading for key in _COLUMNS)]
    table = make_table([h.to(language) for h in headings], (RIGHT, None, None, RIGHT))
    for row in document.rows:
        table.add_row(str(row.row), *_cells(row, language))
    show_table(console, table)
    if document.proposals:
        show_heading(
            console,
            Text(
                en="Names without a match: put one of these ids into the source column, or leave "
                "a gap",
                zh="未匹配的名称：请将以下编号之一填入来源列，否则按数据缺口处理",
            ).to(language),
        )
        names = {row.row: _say(row.values.get("name")) for row in document.rows}
        for proposal in document.proposals:
            told = Text(en="row {row}, {name}: {ids}", zh="第{row}行，{name}：{ids}").format(
                row=proposal.row,
                name=names.get(proposal.row, ""),
                ids="; ".join(_say_candidate(c, language) for c in proposal.candidates),
            )
            show_bullets(console, [told.to(language)], style="yellow")
    terminal.say(
        Text(en="No errors in {count} rows.", zh="共{count}行，没有错误。").format(
            count=len(document.rows)
        )
    )


def _cells(row: BomRowItem, language: Language) -> list[str]:
    said = {key: _say(row.values.get(key)) for key in _COLUMNS}
    kind, unit = KINDS.get(fold(said["kind"])), said["unit"]
    said["kind"] = "" if kind is None else KIND_NAMES[kind].to(language)
    said["unit"] = say_unit(unit, language)
    return list(said.values())


def _say(value: str | float | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else say_published(value)


def _say_candidate(candidate: EntryItem, language: Language) -> str:
    name = candidate.name.to_text().to(language)
    if candidate.kg_co2e is None or candidate.unit is None:
        return f"{candidate.id} ({name})"
    per = say_kg_per(say_unit(candidate.unit, language), language)
    return f"{candidate.id} ({name}, {say_published(candidate.kg_co2e)} {per})"
