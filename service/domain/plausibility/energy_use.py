"""Energy of a run per mass of product: against benchmarks, and against anything that is made."""

from __future__ import annotations

from collections.abc import Iterator

from lca_models.errors import Text
from lca_models.facts.benchmarks import EnergyKind
from lca_models.facts.plausibility import EnergyRange
from lca_models.facts.units import find_unit
from service.domain.plausibility.examination import Examination, tell_slip
from service.domain.plausibility.finding import Finding, doubt, say
from service.domain.submission import Electricity, Fuel

EnergyLine = Fuel | Electricity
_KG_PER_T = 1000.0
_CHECK = Text(
    en="Check amounts and units of fuels and electricity, and of the output.",
    zh="请核对燃料、电力和产出的数量与计量单位。",
)


def find_impossible_energy(examined: Examination) -> Iterator[Finding]:
    """More energy per kg than twice the highest benchmark of any product: a unit, most likely."""
    lines, made = _energy_lines(examined), _made_kg(examined)
    if not lines or not made:
        return
    used = sum(examined.energy_mj(line) for line in lines)
    most = examined.facts.highest_mj_per_kg * examined.facts.limits.energy_margin
    if used <= most * made:
        return
    largest = max(lines, key=examined.energy_mj)
    yield doubt(
        "impossible-energy",
        largest.label,
        Text(
            en="{used} MJ go into a kilogram of output, more than {most} MJ, twice the "
            "highest benchmark that we have of any product. The largest line looks like {slip}.",
            zh="每千克产出耗能{used}兆焦，超过{most}兆焦（现有产品能耗限额最高值的两倍）。"
            "最大的一条明细疑似{slip}。",
        ).format(
            used=say(used / made),
            most=say(most),
            slip=tell_slip(largest.quantity.unit, too_large=True),
        ),
        _CHECK,
        used / made,
    )


def find_unusual_energy(examined: Examination) -> Iterator[Finding]:
    """Energy outside the benchmarks of the product's material, with a margin on both sides."""
    known = _find_range(examined)
    if known is None or examined.submission.co_products:
        return
    made = _made_amount(examined, known.benchmarks[0].per_unit)
    if made is None:
        return
    counted = _energy_lines(examined)
    if known.kind is EnergyKind.ELECTRICITY:
        counted = [line for line in counted if isinstance(line, Electricity)]
    ranges = [benchmark.range_mj for benchmark in known.benchmarks]
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    margin, used = examined.facts.limits.energy_margin, sum(map(examined.energy_mj, counted)) / made
    if least / margin <= used <= most * margin:
        return
    yield doubt(
        "energy-benchmark", None, _tell_range(known, used, least, most), _CHECK, used / most
    )


def _tell_range(known: EnergyRange, used: float, least: float, most: float) -> Text:
    titles = dict.fromkeys(b.citation.source.title for b in known.benchmarks)
    return Text(
        en="{used} MJ go into a {unit} of product; its benchmarks lie between {least} and "
        "{most} MJ ({sources}).",
        zh="每{unit}产品耗能{used}兆焦，能耗基准为{least}至{most}兆焦（{sources}）。",
    ).format(
        used=say(used),
        unit=known.benchmarks[0].per_unit,
        least=say(least),
        most=say(most),
        sources="; ".join(titles),
    )


def _find_range(examined: Examination) -> EnergyRange | None:
    """Benchmarks of the material that the product is screened by, or bears the exact name of."""
    product = examined.chain.get_product(examined.submission.product_id)
    for name in (product.screening, product.name.zh, product.name.en):
        material = examined.library.find_material(name) if name else None
        if material is not None and material.key in examined.facts.energy:
            return examined.facts.energy[material.key]
    return None


def _energy_lines(examined: Examination) -> list[EnergyLine]:
    return [line for line in examined.submission.lines if isinstance(line, Fuel | Electricity)]


def _made_kg(examined: Examination) -> float | None:
    masses = [examined.output_kg(output) for output in examined.submission.outputs]
    return None if None in masses else sum(mass for mass in masses if mass is not None)


def _made_amount(examined: Examination, unit: str) -> float | None:
    """The product of one run in the unit of a benchmark."""
    quantity = examined.submission.output.quantity
    if find_unit(unit).kind == find_unit("kg").kind:
        mass = examined.output_kg(examined.submission.output)
        return None if mass is None else mass / _KG_PER_T
    return quantity.to(unit) if find_unit(quantity.unit).kind == find_unit(unit).kind else None
