"""Published factors that do not cover what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from lca_models.errors import Text
from lca_models.facts.choices import Material
from lca_models.facts.factors import Factor
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Finding, Severity, doubt
from service.domain.submission import BackgroundSupply, DirectEmission, Input, NamedMaterial

_WASTE = "waste"
_WATER_SERVICE = "service"
_GATE_TO_GATE = "gate_to_gate"
_FUEL_UPSTREAM = "fuel_upstream"
_ROUNDING = 1e-9


def find_wrong_factors(examined: Examination) -> Iterator[Finding]:
    """Treatments, single steps and fuel supply that stand for something bought."""
    for line in examined.submission.lines:
        if isinstance(line, Input):
            factor = _factor_of(line, examined)
            if factor is not None:
                yield from _judge(line, factor, examined)


def _factor_of(line: Input, examined: Examination) -> Factor | None:
    match line.supply:
        case BackgroundSupply(factor_id):
            return examined.library.get_supply_factor(factor_id)
        case NamedMaterial(name):
            material = examined.library.find_material(name)
            if isinstance(material, Material):
                return examined.library.get_supply_factor(material.factor)
    return None


def _judge(line: Input, factor: Factor, examined: Examination) -> Iterator[Finding]:
    recycling = examined.library.find_treatment("recycling").factor
    if factor.id == recycling:
        if line.recycled is None or not isclose(line.recycled.share, 1.0, abs_tol=_ROUNDING):
            yield doubt("collection-only", line.label, *_COLLECTION_ONLY)
    elif factor.category == _WASTE or factor.boundary == _WATER_SERVICE:
        yield Finding("treatment-as-input", Severity.BLOCKING, line.label, *_TREATMENT)
    elif factor.boundary == _GATE_TO_GATE:
        yield doubt("one-step-only", line.label, *_ONE_STEP)
    elif factor.category == _FUEL_UPSTREAM and not _emits_itself(examined):
        yield doubt("supply-only", line.label, *_SUPPLY_ONLY)


def _emits_itself(examined: Examination) -> bool:
    return any(isinstance(line, DirectEmission) for line in examined.submission.lines)


_TREATMENT = (
    Text(
        en="The factor describes the treatment of waste or waste water, not something bought.",
        zh="该因子描述废弃物或污水处理，不能代表外购物料。",
    ),
    Text(
        en="Give the line as waste, or choose the factor of the material.",
        zh="请将该明细填为废弃物，或改用材料因子。",
    ),
)
_COLLECTION_ONLY = (
    Text(
        en="The factor counts collection for recycling only, but the input is not stated as wholly "
        "recycled.",
        zh="该因子仅含回收收集环节，但该投入未标明为100%再生料。",
    ),
    Text(
        en="State the recycled content of the input, or choose the factor of the material.",
        zh="请填写该投入的再生料比例，或改用材料因子。",
    ),
)
_ONE_STEP = (
    Text(
        en="The factor covers one manufacturing step (gate to gate) and nothing that goes into it.",
        zh="该因子只覆盖单一制造工序（大门到大门），不含其投入物。",
    ),
    Text(
        en="Choose a factor from cradle to gate, or give what goes into the step as lines too.",
        zh="请改用从摇篮到大门的因子，或补充该工序的投入物。",
    ),
)
_SUPPLY_ONLY = (
    Text(
        en="The factor covers the supply of a fuel, not its burning, and the submission has no "
        "emission of its own.",
        zh="该因子仅含燃料供应，不含燃烧，且该提交没有任何直接排放。",
    ),
    Text(
        en="Give what is burnt as a fuel, or the CO2 of the process as a direct emission.",
        zh="燃烧部分请填为燃料，或将过程CO2填为直接排放。",
    ),
)
