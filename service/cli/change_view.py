"""Why footprints changed, as the terminal shows it: performance and all else apart."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Styled

from lca_models.errors import Language, Text
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
from service.formats.wording import CO2E, decimals_of, say_number, say_part, say_share

_TOP_FIRMS = 10
_PERFORMANCE = Text(en="Performance", zh="绩效变化")
_NO_PERFORMANCE = Text(en="No performance: never a reduction", zh="非绩效变化：不得计为减排")


def show_changes(terminal: Terminal, document: ChangeDocument) -> None:
    """Show every product with the causes of its change."""
    language, console = terminal.language, terminal.console
    versions = f"{_say_version(document.before)} → {_say_version(document.after)}"
    show_note(console, versions, indent=0)
    for product in document.products:
        show_heading(console, f"{product.name.to_text().to(language)}  {product.product}")
        _show_total(terminal, product)
        _show_causes(terminal, product)
        _show_firms(terminal, product)
        if product.sales is not None:
            _show_sales(terminal, product.sales)
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
    per = say_kg_per(product.unit, language)
    change = _say_change(product.kg_co2e, decimals_of(product.kg_co2e))
    if product.kg_co2e_before:
        change += f" ({say_share(product.kg_co2e / abs(product.kg_co2e_before))})"
    facts = [
        (Text(en="before", zh="变化前"), f"{say_number(product.kg_co2e_before)} {per}"),
        (Text(en="after", zh="变化后"), f"{say_number(product.kg_co2e_after)} {per}"),
        (Text(en="change", zh="变化"), f"{change} {per}"),
    ]
    show_facts(terminal.console, [(name.to(language), value) for name, value in facts])


def _show_causes(terminal: Terminal, product: ProductChangePart) -> None:
    """Two blocks with a sum each, in decimals that fit the whole change."""
    language = terminal.language
    decimals = _decimals(product.causes)
    table = make_table([Text(en="cause", zh="原因").to(language), CO2E], (None, RIGHT))
    for performance, name, total in (
        (True, _PERFORMANCE, product.performance_kg_co2e),
        (False, _NO_PERFORMANCE, product.other_kg_co2e),
    ):
        table.add_row(
            Styled(name.to(language), style="bold"),
            Styled(_say_change(total, decimals), style="bold"),
        )
        for cause in product.causes:
            if cause.performance != performance:
                continue
            table.add_row(f"  {_name(cause, language)}", _say_change(cause.kg_co2e, decimals))
            if cause.driver is Driver.SUPPLIER_IMPROVEMENT:
                for part in product.supplied:
                    said = f"    {_name(part, language)}"
                    table.add_row(
                        Styled(said, style="dim"),
                        Styled(_say_change(part.kg_co2e, decimals), style="dim"),
                    )
    show_table(terminal.console, table)


def _show_firms(terminal: Terminal, product: ProductChangePart) -> None:
    language = terminal.language
    headings = (Text(en="where", zh="发生企业"), Text(en=CO2E, zh=CO2E), Text(en="by", zh="原因"))
    table = make_table([h.to(language) for h in headings], (None, RIGHT))
    for firm in product.organisations[:_TOP_FIRMS]:
        causes = sorted(firm.causes, key=lambda cause: -abs(cause.kg_co2e))
        table.add_row(
            firm.organisation.name.to_text().to(language),
            _say_change(firm.kg_co2e, _decimals(product.causes)),
            ("、" if language is Language.ZH else ", ").join(_name(c, language) for c in causes),
        )
    if product.organisations:
        show_heading(terminal.console, Text(en="By firm", zh="按企业").to(language))
        show_table(terminal.console, table)


def _show_sales(terminal: Terminal, sales: SalesPart) -> None:
    language = terminal.language
    sold = Text(en="All that was sold: {before} → {after}", zh="全部销量：{before} → {after}")
    show_heading(
        terminal.console,
        sold.format(
            before=say_number(sales.amount_before), after=say_number(sales.amount_after)
        ).to(language),
    )
    decimals = _decimals(sales.causes)
    table = make_table([Text(en="cause", zh="原因").to(language), CO2E], (None, RIGHT))
    for cause in sales.causes:
        table.add_row(_name(cause, language), _say_change(cause.kg_co2e, decimals))
    total = Styled(_say_change(sales.kg_co2e, decimals), style="bold")
    table.add_row(Styled(Text(en="change", zh="变化").to(language), style="bold"), total)
    show_table(terminal.console, table)


def _name(cause: CausePart, language: Language) -> str:
    return cause.name.to_text().to(language)


def _decimals(causes: Sequence[CausePart]) -> int:
    return decimals_of(max((abs(cause.kg_co2e) for cause in causes), default=0.0))


def _say_change(kg_co2e: float, decimals: int) -> str:
    return f"{'+' if kg_co2e > 0 else ''}{say_part(kg_co2e, decimals)}"
