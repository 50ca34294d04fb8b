"""Commands that look into the background library."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.facts.library import Library
from lca_models.facts.search import search
from lca_models.inventory.background import save_background
from service.cli.layout import (
    RIGHT,
    make_table,
    say_kg_per,
    show_bullets,
    show_facts,
    show_heading,
    show_note,
    show_table,
)
from service.cli.terminal import Terminal
from service.formats.background_document import (
    EntryDocument,
    EntryItem,
    EntryKind,
    find_entry,
    to_entry_document,
    to_page,
)
from service.formats.bilingual import Bilingual
from service.formats.factor_document import FactorItem
from service.formats.wording import UNKNOWN, say_gas, say_published, say_unit

_KINDS = {
    EntryKind.MATERIAL: Text(en="material", zh="材料"),
    EntryKind.GAP: Text(en="material without a default", zh="材料（无默认因子）"),
    EntryKind.FACTOR: Text(en="factor", zh="因子"),
}
_HEADINGS = (
    Text(en="Name and id", zh="名称与编号"),
    Text(en="kg CO2e", zh="kg CO2e"),
    Text(en="per", zh="单位"),
    Text(en="Where", zh="地区"),
    Text(en="Year", zh="年份"),
    Text(en="Use", zh="用途"),
)


def search_entries(terminal: Terminal, *, text: str, limit: int, as_json: bool) -> None:
    """Search the library, best match first."""
    library, language = terminal.library, terminal.language
    found = search(library, text, limit=limit)
    page = to_page(found, library, total=len(found), following=None)
    if as_json:
        typer.echo(page.model_dump_json(indent=2).encode())
        return
    if not page.items:
        terminal.say(
            Text(
                en="Nothing in the library resembles “{text}”.",
                zh="数据库中没有与“{text}”相近的条目。",
            ).format(text=text)
        )
        return
    table = make_table(
        [heading.to(language) for heading in _HEADINGS], (None, RIGHT, None, None, RIGHT)
    )
    for item in page.items:
        table.add_row(*_row(item, library, language))
    terminal.console.print(table)
    show_note(
        terminal.console,
        Text(
            en="greenchain background show ID tells source, gases and caveats.",
            zh="用greenchain background show 编号查看来源、气体构成和注意事项。",
        ).to(language),
        indent=0,
    )


def show_entry(terminal: Terminal, *, entry_id: str, as_json: bool) -> None:
    """Show one entry with everything that its reader must know."""
    document = to_entry_document(find_entry(terminal.library, entry_id), terminal.library)
    if as_json:
        typer.echo(document.model_dump_json(indent=2).encode())
        return
    _show_title(terminal, document)
    if document.factor is not None:
        _show_factor(terminal, document.factor, document.terms)
    else:
        _show_comparisons(terminal, document)


def export(terminal: Terminal, *, file: Path) -> None:
    """Write the background as a Brightway datapackage."""
    if file.exists():
        raise FileExistsError(17, "exists", str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    save_background(terminal.library, file)
    terminal.say(Text(en="{path} written.", zh="已写入{path}。").format(path=file))


def _row(item: EntryItem, library: Library, language: Language) -> list[str | Styled]:
    if item.use is None:
        told = Text(en="needs the supplier's data", zh="需供应商数据").to(language)
    else:
        told = library.vocabulary["use"][item.use.value].to(language)
    return [
        Styled.assemble(item.name.to_text().to(language), "\n", (item.id, "dim")),
        say_published(item.kg_co2e),
        "" if item.unit is None else say_unit(item.unit, language),
        item.geography or "",
        "" if item.year is None else str(item.year),
        Styled(told, style="yellow" if item.use != "footprint" else ""),
    ]


def _show_title(terminal: Terminal, document: EntryDocument) -> None:
    language = terminal.language
    name, other = document.name.to_text(), document.name.zh
    if language is Language.ZH:
        other = document.name.en
    terminal.console.print(
        Styled.assemble((name.to(language), "bold"), f"  {other}", (f"  {document.id}", "dim"))
    )
    show_note(terminal.console, _KINDS[document.kind].to(language), indent=0)


def _show_factor(terminal: Terminal, factor: FactorItem, terms: Bilingual | None) -> None:
    language, console = terminal.language, terminal.console
    per = say_kg_per(say_unit(factor.unit, language), language)
    console.print()
    console.print(Styled(f"  {say_published(factor.kg_co2e)} {per}", style="bold green"))
    gases = [
        f"{say_gas(gas, language)} {say_published(kg)} kg" for gas, kg in factor.gases_kg.items()
    ]
    facts = [
        (Text(en="factor", zh="因子"), f"{factor.name.to_text().to(language)}  {factor.id}"),
        (Text(en="gases", zh="气体构成"), " · ".join(gases)),
        (Text(en="GWP basis", zh="GWP依据"), _said(terminal, "gwp_basis", factor.gwp_basis)),
        (Text(en="covers", zh="系统边界"), _said(terminal, "boundary", factor.boundary)),
        (Text(en="category", zh="类别"), _said(terminal, "category", factor.category)),
        (Text(en="where, when", zh="地区与年份"), _where_and_when(terminal, factor)),
        (
            Text(en="pedigree", zh="谱系评分"),
            " ".join(map(str, factor.pedigree))
            + Text(
                en="  (reliability, completeness, time, place, technology; 1 is best)",
                zh="（可靠性、完整性、时间、地域、技术，1为最好）",
            ).to(language),
        ),
        (Text(en="use", zh="用途"), _said(terminal, "use", factor.use.value)),
        (Text(en="source", zh="来源"), factor.citation.line),
        (Text(en="address", zh="网址"), factor.citation.url or ""),
        (Text(en="terms", zh="使用条款"), "" if terms is None else terms.to_text().to(language)),
    ]
    show_facts(console, [(name.to(language), value) for name, value in facts])
    if factor.caveats:
        show_heading(console, Text(en="Caveats", zh="注意事项").to(language))
        caveats = [caveat.to_text().to(language) for caveat in factor.caveats]
        show_bullets(console, caveats, style="yellow")


def _show_comparisons(terminal: Terminal, document: EntryDocument) -> None:
    language, console = terminal.language, terminal.console
    show_note(
        console,
        Text(
            en="No open value is good enough to stand for it: ask the supplier for its footprint. "
            "Until then it is a gap.",
            zh="没有合适的公开因子，请向供应商索取产品碳足迹；在此之前按数据缺口处理。",
        ).to(language),
        indent=0,
        style="yellow",
    )
    if document.cross_checks:
        show_heading(
            console, Text(en="For comparison only", zh="仅供对照，不参与计算").to(language)
        )
        table = make_table(
            [heading.to(language) for heading in _HEADINGS[:5]],
            (None, RIGHT, None, None, RIGHT),
        )
        for factor in document.cross_checks:
            table.add_row(
                Styled.assemble(factor.name.to_text().to(language), "\n", (factor.id, "dim")),
                say_published(factor.kg_co2e),
                say_unit(factor.unit, language),
                factor.geography,
                str(factor.year or UNKNOWN),
            )
        show_table(console, table)
        show_bullets(
            console, [f"{f.id}: {f.citation.line}" for f in document.cross_checks], style="dim"
        )


def _where_and_when(terminal: Terminal, factor: FactorItem) -> str:
    place = _said(terminal, "geography", factor.geography)
    told = place if place == factor.geography else f"{place} ({factor.geography})"
    return f"{told}, {factor.year or UNKNOWN}"


def _said(terminal: Terminal, field: str, code: str) -> str:
    known = terminal.library.vocabulary.get(field, {}).get(code)
    return code if known is None else known.to(terminal.language)
