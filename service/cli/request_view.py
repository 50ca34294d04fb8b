"""Whom to ask next as the terminal shows it: what is uncertain, apart from what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.impacts.request import RequestKind
from service.cli.layout import RIGHT, make_table, say_kg_per, show_heading, show_note, show_table
from service.cli.terminal import Terminal
from service.formats.request_document import GapRequestPart, RequestPart, RequestsDocument
from service.formats.wording import CO2E, UNKNOWN, say_number, say_per, say_share

_WHY: Mapping[RequestKind, Text] = {
    RequestKind.SCREENING: Text(en="screening value", zh="筛查值"),
    RequestKind.PUBLISHED: Text(en="published factor", zh="公开因子"),
    RequestKind.DECLARED: Text(en="declaration without primary data", zh="声明无初级数据"),
}
_NOT_MEASURED = Text(en="{why}, secondary amount", zh="{why}，数量为次级数据")
_FIRM = Text(en="firm", zh="企业")
_PRODUCT = Text(en="product", zh="产品")
_LINE = Text(en="line", zh="明细")


def show_requests(terminal: Terminal, document: RequestsDocument, limit: int) -> None:
    """Show the first requests and gaps of a ranking."""
    language, console = terminal.language, terminal.console
    per = say_kg_per(say_per(document.per.amount, document.per.unit, language), language)
    name = document.product.name.to_text()
    spread = say_number(document.standard_deviation_kg_co2e)
    title = Text(en="{name}  standard deviation {spread} {per}", zh="{name}  标准差{spread} {per}")
    said = title.format(name=name, spread=spread, per=per)
    console.print(Styled(said.to(language), style="bold"))
    _show_requests(terminal, document.requests[:limit])
    _show_others(terminal, len(document.requests) - limit)
    _show_gaps(terminal, document.gaps[:limit])
    _show_others(terminal, len(document.gaps) - limit)


def _show_requests(terminal: Terminal, requests: Sequence[RequestPart]) -> None:
    language, console = terminal.language, terminal.console
    show_heading(console, Text(en="Ask for primary data", zh="优先索取初级数据").to(language))
    if not requests:
        show_note(console, Text(en="Nothing is secondary.", zh="没有次级数据。").to(language))
        return
    variance = Text(en="of variance", zh="方差占比")
    headings = [_FIRM, _PRODUCT, _LINE, Text(en="why", zh="原因"), Text(en=CO2E, zh=CO2E), variance]
    sides = (None, None, None, None, RIGHT, RIGHT)
    table = make_table([heading.to(language) for heading in headings], sides)
    for part in requests:
        subject = part.suppliers[0] if part.product is None else part.product
        table.add_row(
            part.organisation.name.to_text().to(language),
            subject.name.to_text().to(language),
            part.line or "",
            _say_why(part, language),
            say_number(part.kg_co2e),
            say_share(part.variance_removed),
        )
    show_table(console, table)


def _say_why(part: RequestPart, language: Language) -> str:
    why = _WHY[part.kind]
    if not part.measured:
        why = _NOT_MEASURED.format(why=why)
    return why.to(language)


def _show_gaps(terminal: Terminal, gaps: Sequence[GapRequestPart]) -> None:
    if not gaps:
        return
    language, console = terminal.language, terminal.console
    show_heading(console, Text(en="Close gaps", zh="补全数据缺口").to(language))
    most = Text(en=f"at most {CO2E}", zh=f"至多{CO2E}")
    headings = [_FIRM, _PRODUCT, _LINE, Text(en="why", zh="原因"), most]
    table = make_table(
        [heading.to(language) for heading in headings], (None, None, None, None, RIGHT)
    )
    for gap in gaps:
        upper = gap.upper_kg_co2e
        table.add_row(
            gap.organisation.name.to_text().to(language),
            gap.product.name.to_text().to(language),
            gap.line,
            gap.reason.to_text().to(language),
            UNKNOWN if upper is None else say_number(upper),
        )
    show_table(console, table)


def _show_others(terminal: Terminal, count: int) -> None:
    if count > 0:
        others = Text(
            en="{count} more; --limit shows them, --json has all.",
            zh="另有{count}项；可用--limit显示，--json含全部。",
        ).format(count=count)
        show_note(terminal.console, others.to(terminal.language))
