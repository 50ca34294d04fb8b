"""A simulation as the terminal shows it: a row for each product."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.impacts.interval import COVERAGE
from service.cli.layout import RIGHT, Justify, make_table, show_note, show_table
from service.cli.terminal import Terminal
from service.formats.simulation_document import SimulatedPart, SimulationDocument
from service.formats.wording import (
    CO2E,
    UNKNOWN,
    say_coverage,
    say_number,
    say_per,
    say_range,
    say_share,
)

_PRODUCT = Text(en="product", zh="产品")
_PER = Text(en="per", zh="单位")
_KG = Text(en=CO2E, zh=CO2E)
_AGAINST = Text(en="against", zh="对照")
_SPREAD = Text(en="std. deviation", zh="标准差")
_LOWER = Text(en="lower in", zh="更低占比")


def show_simulation(terminal: Terminal, simulation: SimulationDocument) -> None:
    """Show where footprints lie, or how far they are above those of another chain."""
    language, console = terminal.language, terminal.console
    console.print(Styled(_say_title(simulation).to(language), style="bold"))
    console.print()
    compared = simulation.against is not None
    table = _make_table(language, compared=compared)
    for part in simulation.footprints:
        table.add_row(*_say_row(part, language, compared=compared))
    show_table(console, table)
    for part in simulation.footprints:
        if part.no_interval is not None:
            name, why = part.product.name.to_text(), part.no_interval
            said = Text(en="{name}: {reason} {cure}", zh="{name}：{reason}{cure}").format(
                name=name, reason=why.reason.to_text(), cure=why.cure.to_text()
            )
            show_note(console, said.to(language), style="yellow")
    console.print()
    for note in _say_notes(simulation):
        show_note(console, note.to(language))


def _say_title(simulation: SimulationDocument) -> Text:
    name = simulation.chain.name.to_text()
    if simulation.against is None:
        return name
    return Text(en="{chain} less {other}", zh="{chain} 减去 {other}").format(
        chain=name, other=simulation.against.name.to_text()
    )


def _say_notes(simulation: SimulationDocument) -> list[Text]:
    drawn = Text(
        en="{draws} draws from seed {seed}, {dropped} dropped; gaps are left out.",
        zh="抽样{draws}次，种子{seed}，剔除{dropped}次；不含数据缺口。",
    ).format(draws=f"{simulation.draws:,}", seed=simulation.seed, dropped=simulation.dropped)
    if simulation.against is None:
        return [drawn]
    common = Text(
        en="The interval is that of the difference; what both chains share is drawn alike.",
        zh="区间为两者之差的区间；两条供应链共有的部分采用相同抽样。",
    )
    return [drawn, common]


def _make_table(language: Language, *, compared: bool) -> Table:
    interval = say_coverage(COVERAGE)
    last = _LOWER if compared else _SPREAD
    headings = [_PRODUCT, _PER, _KG, *([_AGAINST] if compared else []), interval, last]
    sides: list[Justify | None] = [None, None, *[RIGHT] * (len(headings) - 2)]
    return make_table([heading.to(language) for heading in headings], sides)


def _say_row(part: SimulatedPart, language: Language, *, compared: bool) -> list[str]:
    found = part.interval
    said, spread = UNKNOWN, UNKNOWN
    if found is not None:
        said = say_range(found.low_kg_co2e, found.high_kg_co2e, language)
        spread = say_number(found.standard_deviation_kg_co2e)
    return [
        part.product.name.to_text().to(language),
        say_per(part.per.amount, part.per.unit, language),
        say_number(part.kg_co2e),
        *([say_number(part.against_kg_co2e)] if compared else []),
        said,
        say_share(part.share_lower) if compared else spread,
    ]
