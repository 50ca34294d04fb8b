"""A comparison of methods as the terminal shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.inventory.recycling import RecyclingMethod
from service.cli.layout import (
    RIGHT,
    make_table,
    say_kg_per,
    show_bullets,
    show_heading,
    show_note,
    show_table,
)
from service.cli.terminal import Terminal
from service.formats.bom.words import ALLOCATION_NAMES
from service.formats.method_document import (
    ChoicePart,
    FlipPart,
    MethodDocument,
    ProductPart,
    ReasonPart,
    TotalPart,
)
from service.formats.wording import CO2E, say_number, say_share

_TOP_REASONS = 3
_RECYCLING_NAMES: Mapping[RecyclingMethod, Text] = {
    RecyclingMethod.CUT_OFF: Text(en="cut-off", zh="截断法"),
    RecyclingMethod.RECYCLED_CONTENT: Text(en="recycled content", zh="再生料含量法"),
    RecyclingMethod.SHARED_BURDENS: Text(en="shared burdens (50:50)", zh="负担均分法（50:50）"),
    RecyclingMethod.CLOSED_LOOP: Text(en="closed loop", zh="闭环法"),
    RecyclingMethod.CREDIT: Text(en="credit (0:100)", zh="替代抵扣法（0:100）"),
}
_AS_CHOSEN = Text(en="as each firm chose", zh="按各企业所选")


def show_methods(terminal: Terminal, document: MethodDocument) -> None:
    """Show every product under every choice, and what could not be compared."""
    language, console = terminal.language, terminal.console
    for product in document.products:
        name = product.name.to_text().to(language)
        show_heading(console, f"{name}  {say_kg_per(product.unit, language)}")
        _show_totals(terminal, product, (product.base, *product.alternatives))
        _show_span(terminal, product)
        if product.sensitivities:
            beside = Text(en="Recycling counted otherwise", zh="再生料核算方法敏感性")
            show_heading(console, beside.to(language))
            _show_totals(terminal, product, product.sensitivities)
    inadmissible = Text(en="Not admissible: {choice}", zh="不可采用：{choice}")
    partial = Text(en="Some runs keep their own: {choice}", zh="部分批次保持原方法：{choice}")
    for refused, told in (
        *((each, inadmissible) for each in document.inadmissible),
        *((each, partial) for each in document.partial),
    ):
        said = told.format(choice=_say_refused(refused.choice, document, language))
        _show_reasons(terminal, said, refused.reasons)
    uncounted = Text(en="Recycling without other values", zh="无法以其他方法核算的再生料")
    _show_reasons(terminal, uncounted, document.uncounted)


def _show_totals(terminal: Terminal, product: ProductPart, totals: Sequence[TotalPart]) -> None:
    language, console = terminal.language, terminal.console
    headings = [
        Text(en="method", zh="方法"),
        Text(en=CO2E, zh=CO2E),
        Text(en="to the base", zh="较基准"),
        Text(en="ranking of suppliers", zh="供应商排序"),
    ]
    table = make_table([h.to(language) for h in headings], (None, RIGHT, RIGHT))
    for total in totals:
        table.add_row(
            _say_choice(total.choice, language),
            say_number(total.kg_co2e),
            _say_change(total.kg_co2e, product.base.kg_co2e),
            Styled("; ".join(_say_flip(f, language) for f in total.flips), style="yellow"),
        )
    show_table(console, table)


def _show_span(terminal: Terminal, product: ProductPart) -> None:
    said = Text(en="Between {low} and {high} {kg}.", zh="介于{low}与{high} {kg}之间。").format(
        low=say_number(product.lowest_kg_co2e), high=say_number(product.highest_kg_co2e), kg=CO2E
    )
    show_note(terminal.console, said.to(terminal.language))


def _show_reasons(terminal: Terminal, heading: Text, reasons: Sequence[ReasonPart]) -> None:
    if not reasons:
        return
    language = terminal.language
    show_heading(terminal.console, heading.to(language))
    between = "：" if language is Language.ZH else ": "
    said = [
        " › ".join(part for part in (reason.product, reason.line) if part)
        + between
        + reason.reason.to_text().to(language)
        + ("" if language is Language.ZH else " ")
        + reason.cure.to_text().to(language)
        for reason in reasons
    ]
    show_bullets(terminal.console, said[:_TOP_REASONS])
    rest = len(said) - _TOP_REASONS
    if rest > 0:
        told = Text(en="{count} more: see --json.", zh="另有{count}处，见--json。")
        show_note(terminal.console, told.format(count=rest).to(language))


def _say_choice(choice: ChoicePart, language: Language) -> str:
    if choice.recycling is not RecyclingMethod.CUT_OFF:
        return _RECYCLING_NAMES[choice.recycling].to(language)
    name = _AS_CHOSEN if choice.allocation is None else ALLOCATION_NAMES[choice.allocation]
    return f"{name.to(language)} · {choice.characterisation}"


def _say_refused(choice: ChoicePart, document: MethodDocument, language: Language) -> str:
    """An allocation by its name alone if no set of GWPs makes it admissible, or it is partial."""
    refused = any(each.choice == choice for each in document.inadmissible)
    totals = (t for p in document.products for t in (p.base, *p.alternatives))
    if choice.allocation is None or (
        refused and choice.allocation in {total.choice.allocation for total in totals}
    ):
        return _say_choice(choice, language)
    return ALLOCATION_NAMES[choice.allocation].to(language)


def _say_change(kg_co2e: float | None, base: float | None) -> str:
    if kg_co2e is None or not base or kg_co2e == base:
        return ""
    change = (kg_co2e - base) / abs(base)
    said = say_share(change)
    return f"+{said}" if change > 0 and said[0].isdigit() else said


def _say_flip(flip: FlipPart, language: Language) -> str:
    said = Text(en="{behind} overtakes {ahead}", zh="{behind}超过{ahead}")
    return said.format(behind=flip.behind.name.to_text(), ahead=flip.ahead.name.to_text()).to(
        language
    )
