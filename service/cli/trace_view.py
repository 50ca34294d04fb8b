"""A trace as the terminal shows it: the tree of contributions, set in by tier."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.impacts.trace import SourceKind
from service.cli.layout import RIGHT, make_table, say_kg_per, show_note, show_table
from service.cli.terminal import Terminal
from service.formats.trace_document import ContributionPart, TraceDocument
from service.formats.wording import (
    CO2E,
    UNKNOWN,
    decimals_of,
    say_gas,
    say_number,
    say_part,
    say_per,
    say_quantity,
    say_share,
)

_STEP = "  "
_DEEPEST_STEP = 12  # further up, names stand below each other: no terminal is wide enough
_REST = Text(en="rest", zh="其余")


def show_trace(terminal: Terminal, trace: TraceDocument) -> None:
    """Show a tree of contributions."""
    language, console = terminal.language, terminal.console
    name = trace.product.name.to_text().to(language)
    per = say_kg_per(say_per(trace.per.amount, trace.per.unit, language), language)
    console.print(Styled(f"{name}  {say_number(trace.kg_co2e)} {per}", style="bold"))
    headings = [
        Text(en="contribution", zh="贡献"),
        Text(en="firm", zh="企业"),
        Text(en="amount", zh="数量"),
        Text(en=CO2E, zh=CO2E),
        Text(en="share", zh="占比"),
    ]
    console.print()
    table = make_table([h.to(language) for h in headings], (None, None, RIGHT, RIGHT, RIGHT))
    _fill(table, trace.contributions, trace.kg_co2e, language)
    show_table(console, table)
    cut_off = Text(
        en="What is below {share} of the total stands under “rest”; --json has the flows too.",
        zh="低于总量{share}的部分计入“其余”；--json另含流向数据。",
    ).format(share=say_share(trace.cut_off))
    console.print()
    show_note(console, cut_off.to(language))


def _fill(
    table: Table, contributions: Sequence[ContributionPart], total: float, language: Language
) -> None:
    decimals = decimals_of(total)
    parents = {contribution.parent for contribution in contributions}
    open_rests: list[ContributionPart] = []
    for number, contribution in enumerate(contributions):
        while open_rests and open_rests[-1].tier >= contribution.tier:
            _add_rest(table, open_rests.pop(), total, language)
        table.add_row(
            _set_in(contribution.tier, _say_source(contribution, language)),
            contribution.organisation.name.to_text().to(language),
            _say_amount(contribution, language),
            say_part(contribution.kg_co2e, decimals),
            say_share(contribution.share),
        )
        if number in parents and contribution.rest_kg_co2e:
            open_rests.append(contribution)
    for contribution in reversed(open_rests):
        _add_rest(table, contribution, total, language)


def _add_rest(
    table: Table, contribution: ContributionPart, total: float, language: Language
) -> None:
    kg_co2e = contribution.rest_kg_co2e
    name = Styled(_set_in(contribution.tier + 1, _REST.to(language)), style="dim")
    share = say_share(kg_co2e / total if total else None)
    table.add_row(name, "", "", say_part(kg_co2e, decimals_of(total)), share)


def _set_in(tier: int, name: str) -> str:
    return _STEP * min(tier, _DEEPEST_STEP) + name


def _say_amount(contribution: ContributionPart, language: Language) -> str:
    if contribution.amount is None:
        return UNKNOWN
    return say_quantity(contribution.amount, contribution.unit, language)


def _say_source(contribution: ContributionPart, language: Language) -> str:
    if contribution.kind is SourceKind.EMISSION:
        gas = say_gas(contribution.source.id, language)
        return Text(en="own {gas}", zh="自身排放{gas}").format(gas=gas).to(language)
    return contribution.source.name.to_text().to(language)
