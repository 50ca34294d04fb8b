"""A result as the terminal shows it: the lead firm's products in full, the others in a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text as Styled

from lca_models.errors import Language, Text
from lca_models.facts.stages import STAGE_NAMES, Stage
from lca_models.impacts.interval import COVERAGE
from service.cli.layout import (
    RIGHT,
    draw_bar,
    make_table,
    say_kg_per,
    show_facts,
    show_heading,
    show_note,
    show_table,
    wrap,
)
from service.cli.quality_view import show_caveats, show_gaps, show_quality
from service.cli.terminal import Terminal
from service.formats.result_document import (
    FootprintPart,
    LinePart,
    OrganisationPart,
    ResultDocument,
)
from service.formats.wording import (
    CO2E,
    decimals_of,
    say_coverage,
    say_gas,
    say_number,
    say_part,
    say_per,
    say_range,
    say_share,
)

_TOP_LINES = 10
_TOP_FIRMS = 15
_SHARE = Text(en="share", zh="占比")
_OTHERS = Text(en="{count} others", zh="其余{count}项")


def show_result(terminal: Terminal, result: ResultDocument) -> None:
    """Show a result: in full what the lead firm makes for others, in a table what remains.

    By-products of the lead firm stand in the table, unless they are all that was asked for.
    """
    _show_chain(terminal, result)
    full = _choose(result)
    for footprint in full:
        _show_footprint(terminal, footprint)
        show_gaps(terminal, footprint, result)
        show_caveats(terminal, footprint, result)
    others = [footprint for footprint in result.footprints if footprint not in full]
    if others:
        _show_others(terminal, others)
    _show_method(terminal, result)


def _choose(result: ResultDocument) -> list[FootprintPart]:
    lead = result.chain.lead.id
    chosen = [f for f in result.footprints if f.organisation.id == lead]
    return chosen if chosen and len(chosen) < len(result.footprints) else list(result.footprints)


def _show_chain(terminal: Terminal, result: ResultDocument) -> None:
    chain, language, console = result.chain, terminal.language, terminal.console
    console.print(Styled(wrap(chain.name.to_text().to(language), console.width - 1), style="bold"))
    lead = Text(en="lead firm {name}", zh="链主企业：{name}").format(name=chain.lead.name.to_text())
    period = Text(en="{start} to {end}", zh="{start}至{end}").format(
        start=chain.period.start, end=chain.period.end
    )
    facts = f"{lead.to(language)} · {period.to(language)} · {result.method.characterisation}"
    show_note(console, facts, indent=0)
    if chain.remark is not None:
        show_note(console, chain.remark.to_text().to(language), indent=0, style="yellow")


def _show_footprint(terminal: Terminal, footprint: FootprintPart) -> None:
    language, console = terminal.language, terminal.console
    console.print()
    console.rule(style="dim", characters="─" if console.encoding.startswith("utf") else "-")
    name = footprint.name.to_text().to(language)
    firm = footprint.organisation.name.to_text().to(language)
    console.print(Styled.assemble((name, "bold"), f"  {firm}", (f"  {footprint.product}", "dim")))
    _show_total(terminal, footprint)
    if footprint.kg_co2e is None:
        return
    _show_stages(terminal, footprint, footprint.kg_co2e)
    _show_lines(terminal, footprint, footprint.kg_co2e)
    _show_organisations(terminal, footprint, footprint.kg_co2e)
    _show_gases(terminal, footprint, footprint.kg_co2e)
    show_quality(terminal, footprint)


def _show_total(terminal: Terminal, footprint: FootprintPart) -> None:
    language, console = terminal.language, terminal.console
    per = say_kg_per(say_per(footprint.per.amount, footprint.per.unit, language), language)
    console.print()
    if footprint.kg_co2e is None:
        unknown = Text(en="unknown", zh="未知").to(language)
        console.print(Styled(f"  {unknown} ({per})", style="bold yellow"))
    else:
        console.print(
            Styled.assemble(
                (f"  {say_number(footprint.kg_co2e)} {per}", "bold green"),
                (_say_gap_count(footprint, language), "yellow"),
            )
        )
    upper = None if not footprint.gaps else footprint.upper_kg_co2e
    bounded = Text(en="{value} {kg}, with gaps at their bound", zh="{value} {kg}（缺口取上限）")
    facts = [
        (
            Text(en="location-based", zh="基于位置"),
            ""
            if footprint.location_based_kg_co2e is None
            else f"{say_number(footprint.location_based_kg_co2e)} {CO2E}",
        ),
        (
            Text(en="at most", zh="至多"),
            "" if upper is None else bounded.format(value=say_number(upper), kg=CO2E).to(language),
        ),
        (say_coverage(COVERAGE), _say_interval(footprint, language)),
        (
            Text(en="beside it", zh="另计"),
            f"{say_number(footprint.biogenic_co2_kg)} kg {say_gas('CO2_biogenic', language)}"
            if footprint.biogenic_co2_kg
            else "",
        ),
    ]
    show_facts(console, [(name.to(language), value) for name, value in facts])


def _say_interval(footprint: FootprintPart, language: Language) -> str:
    found, missing = footprint.interval, footprint.no_interval
    if found is not None:
        return f"{say_range(found.low_kg_co2e, found.high_kg_co2e, language)} {CO2E}"
    if missing is None or footprint.kg_co2e is None:
        return ""
    return missing.reason.to_text().to(language)


def _say_gap_count(footprint: FootprintPart, language: Language) -> str:
    count = len(footprint.gaps)
    unbounded = sum(gap.upper_kg_co2e is None for gap in footprint.gaps)
    said = Text(en="", zh="")
    if count:
        plural = "s" if count > 1 else ""
        said = Text(en=f"  without {count} gap{plural}", zh=f"  未含{count}处数据缺口")
    if unbounded:
        said = Text(
            en=f"{said.en}, {unbounded} unbounded", zh=f"{said.zh}，其中{unbounded}处无上限"
        )
    return said.to(language)


def _show_stages(terminal: Terminal, footprint: FootprintPart, total: float) -> None:
    language, console = terminal.language, terminal.console
    show_heading(console, Text(en="By stage", zh="按生命周期阶段").to(language))
    table = make_table(["", CO2E, _SHARE.to(language), ""], (None, RIGHT, RIGHT))
    decimals = decimals_of(total)
    for stage, kg_co2e in footprint.by_stage.items():
        if stage is Stage.CREDIT and not kg_co2e:  # few chains have any
            continue
        share = _share(kg_co2e, total)
        table.add_row(
            STAGE_NAMES[stage].to(language),
            say_part(kg_co2e, decimals),
            say_share(share),
            draw_bar(share or 0.0, console),
        )
    show_table(console, table)


def _show_lines(terminal: Terminal, footprint: FootprintPart, total: float) -> None:
    language, console = terminal.language, terminal.console
    lines = sorted(footprint.by_line, key=lambda line: -abs(line.kg_co2e))
    show_heading(console, Text(en="Largest lines", zh="主要明细").to(language))
    headings = [
        Text(en="line", zh="明细"),
        Text(en="stage", zh="阶段"),
        Text(en="draws on", zh="数据来源"),
        Text(en=CO2E, zh=CO2E),
        _SHARE,
    ]
    table = make_table([h.to(language) for h in headings], (None, None, None, RIGHT, RIGHT))
    decimals = decimals_of(total)
    for line in lines[:_TOP_LINES]:
        table.add_row(
            line.line,
            STAGE_NAMES[line.stage].to(language),
            _say_supplier(line, language),
            say_part(line.kg_co2e, decimals),
            say_share(_share(line.kg_co2e, total)),
        )
    rest = lines[_TOP_LINES:]
    if rest:
        kg_co2e = sum(line.kg_co2e for line in rest)
        others = Styled(_OTHERS.format(count=len(rest)).to(language), style="dim")
        share = say_share(_share(kg_co2e, total))
        table.add_row(others, "", "", say_part(kg_co2e, decimals), share)
    show_table(console, table)


def _say_supplier(line: LinePart, language: Language) -> str:
    if line.supplier is None:
        return Text(en="own emission", zh="自身排放").to(language)
    return line.supplier.name.to_text().to(language)


def _show_organisations(terminal: Terminal, footprint: FootprintPart, total: float) -> None:
    language, console = terminal.language, terminal.console
    firms = sorted(footprint.by_organisation, key=lambda part: -abs(part.kg_co2e))
    show_heading(console, Text(en="By firm along the chain", zh="按供应链企业").to(language))
    headings = [
        Text(en="firm", zh="企业"),
        Text(en="on site", zh="现场"),
        Text(en="purchased", zh="外购"),
        Text(en="declared", zh="声明"),
        Text(en=CO2E, zh=CO2E),
        _SHARE,
    ]
    table = make_table([h.to(language) for h in headings], (None, *[RIGHT] * 5))
    decimals = decimals_of(total)
    shown = [(f.organisation.name.to_text().to(language), _kinds(f)) for f in firms[:_TOP_FIRMS]]
    rest = firms[_TOP_FIRMS:]
    if rest:
        sums = tuple(map(sum, zip(*(_kinds(firm) for firm in rest), strict=True)))
        shown.append((_OTHERS.format(count=len(rest)).to(language), sums))
    for name, kinds in shown:
        parts = [say_part(kg_co2e, decimals) for kg_co2e in kinds]
        table.add_row(name, *parts, say_share(_share(kinds[-1], total)))
    show_table(console, table)


def _kinds(part: OrganisationPart) -> tuple[float, ...]:
    return (part.on_site_kg_co2e, part.purchased_kg_co2e, part.declared_kg_co2e, part.kg_co2e)


def _show_gases(terminal: Terminal, footprint: FootprintPart, total: float) -> None:
    language, console = terminal.language, terminal.console
    show_heading(console, Text(en="By gas", zh="按气体").to(language))
    table = make_table(["", "kg", CO2E, _SHARE.to(language)], (None, RIGHT, RIGHT, RIGHT))
    decimals = decimals_of(total)
    for part in sorted(footprint.by_gas, key=lambda part: -abs(part.kg_co2e)):
        table.add_row(
            say_gas(part.gas, language),
            say_number(part.mass_kg),
            say_part(part.kg_co2e, decimals),
            say_share(_share(part.kg_co2e, total)),
        )
    show_table(console, table)


def _show_others(terminal: Terminal, others: Sequence[FootprintPart]) -> None:
    language, console = terminal.language, terminal.console
    console.print()
    console.rule(style="dim", characters="─" if console.encoding.startswith("utf") else "-")
    show_heading(console, Text(en="Other products of the chain", zh="链上其他产品").to(language))
    headings = [
        Text(en="product", zh="产品"),
        Text(en="firm", zh="企业"),
        Text(en=CO2E, zh=CO2E),
        Text(en="per", zh="单位"),
        Text(en="primary data", zh="初级数据"),
        Text(en="gaps", zh="缺口"),
    ]
    table = make_table([h.to(language) for h in headings], (None, None, RIGHT, None, RIGHT, RIGHT))
    for footprint in others:
        table.add_row(
            footprint.name.to_text().to(language),
            footprint.organisation.name.to_text().to(language),
            say_number(footprint.kg_co2e),
            say_per(footprint.per.amount, footprint.per.unit, language),
            say_share(footprint.quality.primary_data_share),
            str(len(footprint.gaps)) if footprint.gaps else "",
        )
    show_table(console, table)


def _show_method(terminal: Terminal, result: ResultDocument) -> None:
    language, console, method = terminal.language, terminal.console, result.method
    show_heading(console, Text(en="Method", zh="方法").to(language))
    engine = ", ".join(f"{name} {version}" for name, version in method.engine.items())
    facts = [
        (Text(en="boundary", zh="系统边界"), method.boundary.to_text().to(language)),
        (Text(en="GWP", zh="全球变暖潜势"), f"GWP100, {method.characterisation}"),
        (Text(en="library", zh="背景数据库"), method.library_version[:16]),
        (Text(en="engine", zh="计算引擎"), f"greenchain {method.greenchain}, {engine}"),
        (Text(en="inputs", zh="输入指纹"), method.inputs_hash[:16]),
    ]
    show_facts(console, [(name.to(language), value) for name, value in facts])
    show_note(
        console,
        Text(
            en="Numbers are rounded for reading and may differ from their sum in the last digit; "
            "--json gives them in full.",
            zh="数值为阅读方便已取整，合计与分项之和的末位可能不同；--json输出完整数值。",
        ).to(language),
    )


def _share(part: float, total: float) -> float | None:
    return part / total if total else None
