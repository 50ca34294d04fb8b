"""A chain laid out as an inventory: from what members said to what the engine solves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lca_models.activities.drawn import (
    ActivityLine,
    Drawn,
    MissingValue,
    draw_factor,
    leave_gap,
)
from lca_models.activities.electricity import ElectricityView
from lca_models.activities.materials import draw_material
from lca_models.errors import Defect, GreenchainError, InvalidAmountError, Place, Text
from lca_models.facts.choices import GapMaterial
from lca_models.facts.factors import PUBLISHED_CO2E
from lca_models.facts.library import Library
from lca_models.facts.refusals import for_a_part
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity, find_unit
from lca_models.inventory.allocation import Allocation
from lca_models.inventory.processes import DeclaredFootprint, Inventory, Process
from service.domain.chain import Chain, Declaration
from service.domain.chain_rules import (
    SHARE_INSTEAD,
    find_broken_references,
    refuse_contradictions,
    why_without_footprint,
)
from service.domain.data_ratings import rate_processes
from service.domain.errors import DuplicateError, InvalidChainError
from service.domain.line_activities import Surroundings, draw_line, emission_of
from service.domain.product import Product
from service.domain.shared_run import DrawnLine, SharedRun, processes_of, share_run
from service.domain.submission import DirectEmission, Line, Submission

# What a product can be screened by: goods, not services done to them.
_SCREENING_BOUNDARIES = frozenset({"cradle_to_gate", "cradle_to_gate_co2_only"})
# No process takes a thousand million million times what it makes, or as little.
_WILDEST_RATIO = 1e15


@dataclass(frozen=True, slots=True)
class LaidOutChain:
    """An inventory, and what is known about it beside its numbers.

    Args:
        inventory: What the engine solves.
        missing: Why lines have no value, by product and line.
        allocations: How runs with co-products were shared, by the submission's product.
        answered: Products with activity data of their own.
    """

    inventory: Inventory
    missing: Mapping[tuple[str, str], MissingValue]
    allocations: Mapping[str, Allocation]
    answered: frozenset[str]


@dataclass(slots=True)
class _Draft:
    processes: list[Process] = field(default_factory=list)
    missing: dict[tuple[str, str], MissingValue] = field(default_factory=dict)
    allocations: dict[str, Allocation] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)

    def note(self, product_id: str, missing: Iterable[MissingValue]) -> None:
        self.missing.update({(product_id, value.line): value for value in missing})


def lay_out(
    chain: Chain, library: Library, *, view: ElectricityView = ElectricityView.MARKET
) -> LaidOutChain:
    """Turn a chain into one inventory for its reporting period.

    Members that have not answered are filled with a screening value where their product names one,
    flagged as such, and are a gap otherwise.

    Raises:
        InvalidChainError: Every line that cannot be used, with firm, product, line and cure.
    """
    refuse_contradictions(chain)
    around = Surroundings(chain=chain, library=library, view=view)
    draft = _Draft(defects=find_broken_references(chain))
    for submission in chain.current_submissions():
        _add_submission(submission, around, draft)
    answered = frozenset(process.product for process in draft.processes)
    for product in chain.products:
        if product.id not in answered:
            _add_unanswered(product, around, draft)
    declared = _declared(chain, library, draft)
    if draft.defects:
        raise InvalidChainError(*draft.defects)
    return LaidOutChain(
        inventory=Inventory(rate_processes(draft.processes, chain, library), declared),
        missing=draft.missing,
        allocations=draft.allocations,
        answered=answered,
    )


def _add_submission(submission: Submission, around: Surroundings, draft: _Draft) -> None:
    lines: list[DrawnLine] = []
    broken = {defect.place for defect in draft.defects}
    for line in submission.lines:
        place = around.chain.place_of(submission.product_id, line.label)
        if place in broken:
            continue
        try:
            lines.append(_draw(line, around))
        except GreenchainError as error:
            draft.defects += error.at(place).defects
    try:
        run = share_run(submission, around.chain, around.library)
    except GreenchainError as error:
        draft.defects += error.at(around.chain.place_of(submission.product_id)).defects
        return
    if submission.co_products:
        draft.allocations[submission.product_id] = run.allocation
    _refuse_wild_ratios(run, lines, around.chain, draft)
    missing = [value for line in lines for value in line.drawn.missing]
    for process in processes_of(run, lines):
        draft.processes.append(process)
        draft.note(process.product, missing)


def _draw(line: Line, around: Surroundings) -> DrawnLine:
    own = (emission_of(line, around.library),) if isinstance(line, DirectEmission) else ()
    return DrawnLine(line.notes.serves, draw_line(line, around), own)


def _refuse_wild_ratios(
    run: SharedRun, lines: Sequence[DrawnLine], chain: Chain, draft: _Draft
) -> None:
    """Amounts that are each possible can still be impossible together: that is a unit slip."""
    product, made, _ = run.products[0]
    exchanges = [exchange for line in lines for exchange in line.drawn.exchanges]
    amounts = [(exchange.line, exchange.amount) for exchange in (*exchanges, *run.credits)]
    amounts += [(emission.line, emission.mass_kg) for line in lines for emission in line.emissions]
    for line, amount in amounts:
        ratio = abs(amount / made)
        if not 1 / _WILDEST_RATIO < ratio < _WILDEST_RATIO:
            error = InvalidAmountError(
                Text(
                    en="{ratio:g} for one declared unit is no possible amount.",
                    zh="每声明单位{ratio:g}不是合理数量。",
                ).format(ratio=ratio),
                Text(
                    en="Check the units of the line and of the output.",
                    zh="请核对该明细与产出的计量单位。",
                ),
                value=ratio,
            )
            draft.defects += error.at(chain.place_of(product.id, line)).defects


def _add_unanswered(product: Product, around: Surroundings, draft: _Draft) -> None:
    line = ActivityLine("—", Stage.MATERIALS)
    declared = product.declared
    missing = MissingValue(
        line=line.label,
        reason=_why_unanswered(product, around.chain),
        cure=_how_to_answer(product, around.chain),
    )
    drawn = leave_gap(line, declared, missing)
    substituted = product.id in around.chain.substituted_products
    if product.screening is not None and not substituted:
        try:
            drawn = draw_screening(product, product.screening, line, around.library)
        except GreenchainError as error:
            draft.defects += error.at(around.chain.place_of(product.id)).defects
    draft.processes.append(
        Process(
            product=product.id,
            organisation=product.organisation_id,
            unit=product.describe_declared_unit(),
            amount=1.0,
            exchanges=drawn.exchanges,
            gaps=drawn.gaps,
        )
    )
    draft.note(product.id, drawn.missing or (missing,))


def _how_to_answer(product: Product, chain: Chain) -> Text:
    if product.id in chain.substituted_products:
        return SHARE_INSTEAD
    return Text(
        en="Ask the firm for its bill of materials or its footprint.",
        zh="请该企业提交物料清单或产品碳足迹。",
    )


def _why_unanswered(product: Product, chain: Chain) -> Text:
    if product.id in chain.substituted_products:
        return why_without_footprint(product.id)
    others = [s.period for s in chain.submissions if s.product_id == product.id]
    if not others:
        return Text(
            en="{product} has no activity data for the period.",
            zh="{product}在报告期内没有活动数据。",
        ).format(product=product.name)
    return Text(
        en="{product} has activity data for {given} only, not for {wanted}.",
        zh="{product}仅有{given}的活动数据，缺少{wanted}的数据。",
    ).format(
        product=product.name,
        given=", ".join(f"{period.start}–{period.end}" for period in others),
        wanted=f"{chain.period.start}–{chain.period.end}",
    )


def draw_screening(product: Product, screening: str, line: ActivityLine, library: Library) -> Drawn:
    """One declared unit by a screening value: a material of the library or a factor by its id.

    Raises:
        UnknownFactorError: There is no such material or factor.
        FactorNotForFootprintsError: The factor stands for no product.
        UnitMismatchError: It is per another kind of unit.
    """
    material = library.find_material(screening)
    mass = product.declared if product.mass_kg is None else Quantity(product.mass_kg, "kg")
    if isinstance(material, GapMaterial):
        return draw_material(library, line, screening, mass)
    factor = library.get_supply_factor(screening if material is None else material.factor)
    if factor.boundary not in _SCREENING_BOUNDARIES:
        raise for_a_part(factor, Text(en="as what it describes", zh="其所描述的活动"))
    same = find_unit(factor.unit).kind == find_unit(product.declared.unit).kind
    drawn = draw_factor(library, line, factor.id, product.declared if same else mass)
    exchanges = tuple(replace(exchange, screening=True) for exchange in drawn.exchanges)
    return replace(drawn, exchanges=exchanges)


def _gases(declaration: Declaration, library: Library) -> dict[str, float]:
    gases: dict[str, float] = {}
    for name, kg in declaration.gases.items():
        gas = library.find_gas(name)
        if gas in gases:
            raise DuplicateError(
                Text(en="The gas {gas} is given twice.", zh="气体{gas}重复。").format(gas=gas),
                Text(en="Give each gas once.", zh="每种气体只能填写一次。"),
                value=name,
            )
        gases[gas] = kg
    if PUBLISHED_CO2E in gases and len(gases) > 1:
        raise DuplicateError(
            Text(
                en="A total in CO2e stands beside single gases, which would count twice.",
                zh="同时填写了CO2e合计和单项气体，会重复计算。",
            ),
            Text(en="Give either the total or the gases.", zh="请只填写合计或单项气体之一。"),
        )
    return gases


def _declared(chain: Chain, library: Library, draft: _Draft) -> tuple[DeclaredFootprint, ...]:
    used = {exchange.supplier.id for p in draft.processes for exchange in p.exchanges}
    found = []
    for declaration in chain.declarations:
        try:
            gases = _gases(declaration, library)
        except GreenchainError as error:
            place = Place(organisation=declaration.owner, product=declaration.id)
            draft.defects += error.at(place).defects
            continue
        if declaration.id not in used:
            continue
        found.append(
            DeclaredFootprint(
                id=declaration.id,
                organisation=declaration.owner,
                unit=declaration.unit,
                gases=gases,
                gwp_basis=declaration.gwp_basis,
                primary_data_share=declaration.primary_data_share,
                uncertainty=declaration.uncertainty,
                quality=declaration.quality,
            )
        )
    return tuple(found)
