"""Why footprints changed, as the terminal shows it: performance and all else apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.facts.stages import STAGE_NAMES
from lca_models.impacts.change import Driver
from service.cli.layout import (
    RIGHT,
    make_table,
    say_kg_per,
    show_facts,
    show_heading,
    show_note,
    show_table,
)
from service.cli.terminal import Terminal
from service.formats.change_document import (
    CausePart,
    ChangeDocument,
    ProductChangePart,
    SalesPart,
    VersionPart,
)
from service.formats.wording import (
    CO2E,
    decimals_of,
    say_number,
    say_part,
    say_share,
    say_unit,
)

_TOP_ROWS = 10
_PERFORMANCE = Text(en="Performance", zh="绩效变化")
_NO_PERFORMANCE = Text(en="No performance: never a reduction", zh="非绩效变化：不得计为减排")
_DONE = Text(en="performance", zh="绩效变化")
_NOT_DONE = Text(en="no performance", zh="非绩效变化")
_FIRM = Text(en="where", zh="发生企业")
_BEFORE, _AFTER = Text(en="before", zh="变化前"), Text(en="after", zh="变化后")
# Needs that are named by the service, not by a firm.
_NEEDS: Mapping[str, Text] = {
    "electricity": Text(en="electricity", zh="电力"),
    "fuel": Text(en="fuel", zh="燃料"),
    "heat": Text(en="heat", zh="热力"),
    "transport": Text(en="transport", zh="运输"),
}
_Caused = ProductChangePart | SalesPart


def show_changes(terminal: Terminal, document: ChangeDocument) -> None:
    """Show every product with the causes of its change."""
    language, console = terminal.language, terminal.console
    versions = f"{_say_version(document.before)} → {_say_version(document.after)}"
    show_note(console, versions, indent=0)
    for product in document.products:
        show_heading(console, f"{product.name.to_text().to(language)}  {product.product}")
        _show_total(terminal, product)
        _show_causes(terminal, product, product.supplied)
        _show_firms(terminal, product)
        _show_one_sided(terminal, product)
        if product.sales is not None:
            _show_sales(terminal, product, product.sales)
    if not document.products:
        nothing = Text(
            en="No product of the lead firm is in both versions; name one with --product.",
            zh="链主企业没有同时出现在两个版本中的产品，请用--product指定。",
        )
        show_note(console, nothing.to(language))
    if document.borrowed_factors:
        borrowed = Text(
            en="In one library only, and taken as unchanged: {ids}.",
            zh="仅存在于一个数据库版本、视为未变的因子：{ids}。",
        ).format(ids=", ".join(document.borrowed_factors))
        show_note(console, borrowed.to(language))


def _say_version(version: VersionPart) -> str:
    period = f"{version.period.start}–{version.period.end}"
    return f"{period} · {version.characterisation} · {version.library_version[:8]}"


def _show_total(terminal: Terminal, product: ProductChangePart) -> None:
    language = terminal.language
    per = say_kg_per(say_unit(product.unit, language), language)
    change = _say_change(product.kg_co2e, decimals_of(product.kg_co2e))
    if product.kg_co2e_before:
        change += f" ({say_share(product.kg_co2e / abs(product.kg_co2e_before))})"
    facts = [
        (_BEFORE, f"{say_number(product.kg_co2e_before)} {per}"),
        (_AFTER, f"{say_number(product.kg_co2e_after)} {per}"),
        (Text(en="change", zh="变化"), f"{change} {per}"),
    ]
    show_facts(terminal.console, [(name.to(language), value) for name, value in facts])
    if not product.in_both:
        only = Text(
            en="One version lacks this product: there it is as if made as in the other.",
            zh="其中一个版本没有该产品，按另一版本的生产过程推算。",
        )
        show_note(terminal.console, only.to(language), style="yellow")


def _show_causes(terminal: Terminal, causes: _Caused, supplied: Sequence[CausePart] = ()) -> None:
    """Two blocks with a sum each, in decimals that fit the whole change."""
    language = terminal.language
    decimals = _decimals(causes.causes)
    table = make_table([Text(en="cause", zh="原因").to(language), CO2E], (None, RIGHT))
    for performance, name, total in (
        (True, _PERFORMANCE, causes.performance_kg_co2e),
        (False, _NO_PERFORMANCE, causes.other_kg_co2e),
    ):
        _add_row(table, name.to(language), _say_change(total, decimals), style="bold")
        for cause in causes.causes:
            if cause.performance != performance:
                continue
            said = _say_change(cause.kg_co2e, decimals)
            _add_row(table, f"  {_name(cause, language)}", said)
            if cause.driver is Driver.SUPPLIER_IMPROVEMENT:
                for part in supplied:
                    said = _say_change(part.kg_co2e, decimals)
                    _add_row(table, f"    {_name(part, language)}", said, style="dim")
    show_table(terminal.console, table)


def _show_firms(terminal: Terminal, product: ProductChangePart) -> None:
    """Where it happened: what a firm did apart from what only its data, factors or methods did."""
    language, decimals = terminal.language, _decimals(product.causes)
    if not product.organisations:
        return
    headings = (_FIRM, _DONE, _NOT_DONE, Text(en="by", zh="原因"))
    table = make_table([h.to(language) for h in headings], (None, RIGHT, RIGHT))
    for firm in product.organisations[:_TOP_ROWS]:
        causes = sorted(firm.causes, key=lambda cause: -abs(cause.kg_co2e))
        table.add_row(
            firm.organisation.name.to_text().to(language),
            _say_change(firm.performance_kg_co2e, decimals),
            _say_change(firm.other_kg_co2e, decimals),
            ("、" if language is Language.ZH else ", ").join(_name(c, language) for c in causes),
        )
    rest = product.organisations[_TOP_ROWS:]
    if rest:
        sums = (sum(f.performance_kg_co2e for f in rest), sum(f.other_kg_co2e for f in rest))
        _add_row(table, _say_others(rest, language), *(_say_change(kg, decimals) for kg in sums))
    heading = Text(en="By firm, in {unit}", zh="按企业（{unit}）").format(unit=CO2E)
    show_heading(terminal.console, heading.to(language))
    show_table(terminal.console, table)


def _show_one_sided(terminal: Terminal, product: ProductChangePart) -> None:
    """What an auditor asks first: lines that went or came as a whole."""
    language, decimals = terminal.language, _decimals(product.causes)
    if not product.one_sided:
        return
    line = Text(en="only in one version", zh="仅见于一个版本的明细")
    when = Text(en="version", zh="版本")
    headings = (_FIRM.to(language), line.to(language), when.to(language), CO2E)
    table = make_table(headings, (None, None, None, RIGHT))
    for need in product.one_sided[:_TOP_ROWS]:
        name = _NEEDS.get(need.need, Text(en=need.need, zh=need.need))
        table.add_row(
            need.organisation.name.to_text().to(language),
            f"{STAGE_NAMES[need.stage].to(language)} · {name.to(language)}",
            (_BEFORE if need.version == "before" else _AFTER).to(language),
            _say_change(need.kg_co2e, decimals),
        )
    rest = product.one_sided[_TOP_ROWS:]
    if rest:
        said = _say_change(sum(need.kg_co2e for need in rest), decimals)
        _add_row(table, _say_others(rest, language), "", "", said)
    heading = Text(
        en="Check: done away with, renamed, or forgotten?",
        zh="请核实：确已取消、改了名称，还是漏报？",
    )
    show_heading(terminal.console, heading.to(language))
    show_table(terminal.console, table)


def _show_sales(terminal: Terminal, product: ProductChangePart, sales: SalesPart) -> None:
    language = terminal.language
    sold = Text(
        en="All that was sold: {before} → {after} × {unit}, {change} {kg}",
        zh="按销量合计：{before} → {after} × {unit}，{change} {kg}",
    ).format(
        before=say_number(sales.amount_before),
        after=say_number(sales.amount_after),
        unit=say_unit(product.unit, language),
        change=_say_change(sales.kg_co2e, decimals_of(sales.kg_co2e)),
        kg=CO2E,
    )
    show_heading(terminal.console, sold.to(language))
    _show_causes(terminal, sales)


def _add_row(table: Table, *cells: str, style: str = "") -> None:
    table.add_row(*(Styled(cell, style=style) for cell in cells))


def _say_others(rest: Sequence[object], language: Language) -> str:
    others = Text(en="{count} others", zh="其余{count}项").format(count=len(rest))
    return others.to(language)


def _name(cause: CausePart, language: Language) -> str:
    return cause.name.to_text().to(language)


def _decimals(causes: Sequence[CausePart]) -> int:
    return decimals_of(max((abs(cause.kg_co2e) for cause in causes), default=0.0))


def _say_change(kg_co2e: float, decimals: int) -> str:
    said = say_part(kg_co2e, decimals)
    return said if kg_co2e <= 0 or said.startswith("<") else f"+{said}"
