"""How far a footprint can be trusted, as the terminal shows it: quality, gaps and caveats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lca_models.errors import Language, Text
from lca_models.inventory.allocation import AllocationMethod
from service.cli.layout import (
    say_kg_per,
    show_bullets,
    show_facts,
    show_heading,
    show_item,
    show_note,
)
from service.cli.terminal import Terminal
from service.domain.usability import MOST_EXEMPTED, USABILITY_NAMES
from service.formats.bom.words import ALLOCATION_NAMES
from service.formats.factor_document import FactorItem
from service.formats.result_document import (
    AllocationPart,
    FootprintPart,
    GapPart,
    QualityPart,
    ResultDocument,
)
from service.formats.wording import (
    CO2E,
    UNKNOWN,
    say_number,
    say_published,
    say_quantity,
    say_rating,
    say_share,
    say_unit,
)

_TOP_GAPS = 20
_GAP_INDENT = 6


def show_quality(terminal: Terminal, footprint: FootprintPart) -> None:
    """Show data quality and the choices behind the numbers."""
    language, console, quality = terminal.language, terminal.console, footprint.quality
    show_heading(console, Text(en="Data quality", zh="数据质量").to(language))
    screening = "" if not quality.screening_share else say_share(quality.screening_share)
    recycled = "" if quality.recycled_share is None else say_share(quality.recycled_share)
    facts = [
        (Text(en="primary data share", zh="初级数据占比"), say_share(quality.primary_data_share)),
        (Text(en="ratings", zh="数据质量评分"), _say_ratings(quality, language)),
        (Text(en="coverage", zh="覆盖率"), _say_coverage(quality, language)),
        (Text(en="screening values", zh="筛查值占比"), screening),
        (Text(en="recycled content", zh="再生料占比"), recycled),
        (Text(en="GWPs behind it", zh="GWP依据"), _say_bases(terminal, footprint)),
        (Text(en="allocation", zh="分配"), _say_allocation(footprint.allocation, language)),
        (Text(en="usability", zh="可用性"), _say_usability(quality, language)),
    ]
    show_facts(console, [(name.to(language), value) for name, value in facts])


def show_gaps(terminal: Terminal, footprint: FootprintPart, result: ResultDocument) -> None:
    """Show every gap with its reason, its cure and what it may be compared with."""
    if not footprint.gaps:
        return
    language, console = terminal.language, terminal.console
    shown = {factor.id: factor for factor in result.cross_checks}
    show_heading(
        console, Text(en="Gaps: not in the total", zh="数据缺口（未计入总量）").to(language)
    )
    for number, gap in enumerate(footprint.gaps[:_TOP_GAPS], start=1):
        _show_gap(terminal, number, gap, shown)
    rest = len(footprint.gaps) - _TOP_GAPS
    if rest > 0:
        told = Text(en="{count} more: see --json.", zh="另有{count}处，见--json。")
        show_note(console, told.format(count=rest).to(language))


def show_caveats(terminal: Terminal, footprint: FootprintPart, result: ResultDocument) -> None:
    """Show what to know of the published factors that the product's own lines draw on."""
    by_caveat: dict[Text, list[str]] = {}
    used = [factor for factor in result.factors if factor.id in set(footprint.factors)]
    for factor in used:
        for caveat in factor.caveats:
            by_caveat.setdefault(caveat.to_text(), []).append(
                factor.name.to_text().to(terminal.language)
            )
    if not used:
        return
    language = terminal.language
    show_heading(
        terminal.console,
        Text(en="Published factors behind its own lines", zh="自身明细所用的公开因子").to(language),
    )
    show_bullets(terminal.console, [_say_factor(factor, language) for factor in used])
    show_heading(
        terminal.console, Text(en="Caveats of these factors", zh="因子注意事项").to(language)
    )
    show_bullets(
        terminal.console,
        [_say_caveat(caveat, names, language) for caveat, names in by_caveat.items()],
        style="yellow",
    )


def _show_gap(
    terminal: Terminal, number: int, gap: GapPart, shown: Mapping[str, FactorItem]
) -> None:
    language, console = terminal.language, terminal.console
    firm = gap.organisation.name.to_text().to(language)
    needed = say_quantity(gap.amount, gap.unit, language)
    bound = Text(en="no bound known", zh="无上限可用")
    if gap.upper_kg_co2e is not None:
        bound = Text(en="at most {value} {kg}", zh="至多{value} {kg}").format(
            value=say_number(gap.upper_kg_co2e), kg=CO2E
        )
    show_item(console, f"{number:>2}.", f"{firm} › {gap.product} › {gap.line}")
    told = Text(en="{needed}, {bound}", zh="{needed}，{bound}").format(needed=needed, bound=bound)
    show_note(console, told.to(language), indent=_GAP_INDENT, style="yellow")
    between = "" if language is Language.ZH else " "
    said = f"{gap.reason.to_text().to(language)}{between}{gap.cure.to_text().to(language)}"
    show_note(console, said, indent=_GAP_INDENT, style="")
    for factor_id in gap.cross_checks:
        factor = shown[factor_id]
        compared = Text(en="for comparison: {factor}", zh="对照值：{factor}")
        said = compared.format(factor=_say_factor(factor, language)).to(language)
        show_note(console, said, indent=_GAP_INDENT)


def _say_coverage(quality: QualityPart, language: Language) -> str:
    coverage = quality.coverage
    said = Text(en="{valued} of {lines} lines have a value", zh="{lines}条明细中{valued}条有数值")
    told = said.format(valued=coverage.valued_lines, lines=coverage.lines).to(language)
    if coverage.mass_share is not None:
        by_mass = Text(en=", {share} of the mass of inputs", zh="，占投入质量的{share}")
        told += by_mass.format(share=say_share(coverage.mass_share)).to(language)
    if quality.exempted_share:
        left_out = Text(en="; at most {share} left out", zh="；未计入至多{share}")
        if quality.exempted_share > MOST_EXEMPTED:
            left_out = Text(
                en="; at most {share} left out, PACT allows {most}",
                zh="；未计入至多{share}，超过PACT允许的{most}",
            )
        told += left_out.format(
            share=say_share(quality.exempted_share), most=say_share(MOST_EXEMPTED)
        ).to(language)
    return told


def _say_ratings(quality: QualityPart, language: Language) -> str:
    rated = quality.data_quality
    if rated is None:
        return ""
    said = Text(
        en="technological {technological} · geographical {geographical} · temporal {temporal} "
        "(1 best, 5 worst)",
        zh="技术{technological} · 地理{geographical} · 时间{temporal}（1最好，5最差）",
    )
    return said.format(
        technological=say_rating(rated.technological),
        geographical=say_rating(rated.geographical),
        temporal=say_rating(rated.temporal),
    ).to(language)


def _say_usability(quality: QualityPart, language: Language) -> str:
    name = USABILITY_NAMES[quality.usability.level].to(language)
    between = "" if language is Language.ZH else " "
    needs = [
        part.to_text().to(language)
        for need in quality.usability.next_needs
        for part in (need.reason, need.cure)
    ]
    if not needs:
        return name
    said = Text(en="{name}, no higher: {needs}", zh="{name}；未达更高级别：{needs}")
    return said.format(name=name, needs=between.join(needs)).to(language)


def _say_bases(terminal: Terminal, footprint: FootprintPart) -> str:
    total = footprint.kg_co2e
    if not total:
        return ""
    known = terminal.library.vocabulary["gwp_basis"]
    shares = sorted(footprint.by_gwp_basis.items(), key=lambda basis: -abs(basis[1]))
    return " · ".join(
        f"{known[basis].to(terminal.language) if basis in known else basis} {say_share(kg / total)}"
        for basis, kg in shares
    )


def _say_allocation(allocation: AllocationPart | None, language: Language) -> str:
    if allocation is None:
        return ""
    shares = " · ".join(f"{part.product} {say_share(part.share)}" for part in allocation.shares)
    said = f"{ALLOCATION_NAMES[AllocationMethod(allocation.method)].to(language)}: {shares}"
    if allocation.value_ratio is None:
        return said
    ratio = Text(en=" (value ratio {ratio})", zh="（单价比{ratio}）")
    return said + ratio.format(ratio=say_number(allocation.value_ratio, 3)).to(language)


def _say_factor(factor: FactorItem, language: Language) -> str:
    per = say_kg_per(say_unit(factor.unit, language), language)
    name = factor.name.to_text().to(language)
    source = Text(en="{publisher}, {year}", zh="{publisher}，{year}").format(
        publisher=factor.citation.publisher, year=factor.citation.year
    )
    told = f"{say_published(factor.kg_co2e)} {per} ({factor.geography} {factor.year or UNKNOWN})"
    return f"{name}: {told} — {source.to(language)}"


def _say_caveat(caveat: Text, names: Iterable[str], language: Language) -> str:
    named = Text(en="{caveat} ({names})", zh="{caveat}（{names}）")
    joint = "、" if language is Language.ZH else "; "
    return named.format(names=joint.join(names), caveat=caveat).to(language)
