"""A submission beside what its firm said before, and beside published values of its product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from lca_models.errors import Text
from lca_models.facts.choices import Material
from lca_models.facts.names import fold
from lca_models.facts.units import Quantity, find_unit, first_unit_of
from service.domain.chain import Chain
from service.domain.plausibility.examination import Examination, made_units, tell_slip
from service.domain.plausibility.finding import Finding, doubt, note, say
from service.domain.submission import (
    DirectEmission,
    Electricity,
    Fuel,
    Input,
    Line,
    ProcessEmission,
    Submission,
    Transport,
    Waste,
)

_Measured = Input | Fuel | Electricity | DirectEmission | ProcessEmission | Waste
_SHOWN_DIGITS = 1e-12  # as two divisions of the same decimal differ
_CHECK = Text(
    en="Check amount and unit; if the change is real, say why.",
    zh="请核对数量与计量单位；若变化属实，请说明原因。",
)


@dataclass(frozen=True, slots=True)
class _Need:
    """What lines of one kind and name take for one declared unit."""

    label: str
    unit: str
    amount: float


def find_far_lines(examined: Examination) -> Iterator[Finding]:
    """Lines ten times what they were, or a tenth; near a thousand it looks like a unit."""
    if not examined.former:
        return
    before = _read_needs(examined.former[0].submission, examined.chain)
    limits = examined.facts.limits
    for key, need in _read_needs(examined.submission, examined.chain).items():
        known = before.get(key)
        if known is None or not known.amount:
            continue
        ratio = need.amount / known.amount
        if limits.is_slip(ratio):
            yield _tell_slip(need, ratio)
        elif limits.is_far(ratio):
            yield doubt("far-from-history", need.label, _tell_far(ratio), _CHECK, ratio)


def _tell_slip(need: _Need, ratio: float) -> Finding:
    reason = Text(
        en="The amount per declared unit is {ratio} times the one accepted before: it looks "
        "like {slip}.",
        zh="每声明单位用量为此前已接受数据的{ratio}倍：疑似{slip}。",
    ).format(ratio=say(ratio), slip=tell_slip(need.unit, too_large=ratio > 1))
    return doubt("unit-slip", need.label, reason, _CHECK, ratio)


def _tell_far(ratio: float) -> Text:
    return Text(
        en="The amount per declared unit is {ratio} times the one accepted before.",
        zh="每声明单位用量为此前已接受数据的{ratio}倍。",
    ).format(ratio=say(ratio))


def find_far_total(examined: Examination) -> Iterator[Finding]:
    """A footprint tenfold off the one before."""
    before = examined.former[0].kg_co2e if examined.former else None
    if not before or not examined.kg_co2e:
        return
    ratio = examined.kg_co2e / before
    if examined.facts.limits.is_far(ratio):
        reason = Text(
            en="The footprint is {ratio} times the one accepted before.",
            zh="碳足迹为此前已接受结果的{ratio}倍。",
        ).format(ratio=say(_shown(ratio)))
        yield doubt("total-far-from-history", None, reason, _CHECK, _shown(ratio))


def find_far_from_screening(examined: Examination) -> Iterator[Finding]:
    """A footprint tenfold off the published value by which the product would be screened."""
    screening = _screening_kg_co2e(examined)
    if not screening or not examined.kg_co2e:
        return
    ratio = examined.kg_co2e / screening
    if examined.facts.limits.is_far(ratio):
        reason = Text(
            en="The footprint is {ratio} times the published value of such a product.",
            zh="碳足迹为同类产品公开因子的{ratio}倍。",
        ).format(ratio=say(_shown(ratio)))
        yield doubt("far-from-screening", None, reason, _CHECK, _shown(ratio))


def _shown(ratio: float) -> float:
    """Two digits: a total holds what suppliers let this firm see no finer."""
    return float(f"{ratio:.1e}")


def _screening_kg_co2e(examined: Examination) -> float | None:
    product = examined.chain.get_product(examined.submission.product_id)
    material = examined.library.find_material(product.screening or product.name.zh)
    if isinstance(material, Material):
        factor = examined.library.get_supply_factor(material.factor)
    elif material is None and product.screening is not None:
        factor = examined.library.get_supply_factor(product.screening)
    else:
        return None
    for amount in (product.declared, Quantity(product.mass_kg or 0.0, "kg")):
        if find_unit(amount.unit).kind == find_unit(factor.unit).kind:
            return factor.kg_co2e * amount.to(factor.unit)
    return None


def find_repeated_year(examined: Examination) -> Iterator[Finding]:
    """Every amount as in another period, to the last digit: perhaps last year's file."""
    others = [f for f in examined.former if f.submission.period != examined.submission.period]
    now = _read_needs(examined.submission, examined.chain)
    if not others or len(now) < examined.facts.limits.least_lines:
        return
    before = _read_needs(others[0].submission, examined.chain)
    if now.keys() == before.keys() and all(
        isclose(need.amount, before[key].amount, rel_tol=_SHOWN_DIGITS) for key, need in now.items()
    ):
        yield note(
            "same-as-before",
            None,
            Text(
                en="Every amount is that of {start} to {end}, to the last digit.",
                zh="所有数量与{start}至{end}的数据完全相同。",
            ).format(start=others[0].submission.period.start, end=others[0].submission.period.end),
            Text(en="Give what was measured in this period.", zh="请填写本报告期的实测数据。"),
        )


def _read_needs(submission: Submission, chain: Chain) -> Mapping[tuple[str, str, str], _Need]:
    made = made_units(submission, chain)
    lines: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in submission.lines:
        kind, name, quantity = _describe(line)
        lines[kind, fold(name), first_unit_of(quantity.unit)].append(line)
    return {key: _add_up(key[2], same, made) for key, same in lines.items()}


def _add_up(unit: str, lines: list[Line], made: float) -> _Need:
    quantities = [_describe(line)[2] for line in lines]
    amount = sum(quantity.to(unit) for quantity in quantities) / made
    return _Need(lines[0].label, quantities[0].unit, amount)


def _describe(line: Line) -> tuple[str, str, Quantity]:
    """Kind and name by which a line is known again, and its amount."""
    if isinstance(line, Transport):
        return "transport", line.leg.mode, line.leg.distance
    return *_name(line), line.quantity


def _name(line: _Measured) -> tuple[str, str]:
    match line:
        case Input():
            return "input", line.name
        case Fuel():
            return "fuel", line.carrier
        case Electricity():
            return "electricity", ""
        case DirectEmission():
            return "emission", line.gas
        case ProcessEmission():
            return "process", line.process
        case Waste():
            return "waste", line.name
