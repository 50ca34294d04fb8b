"""Lines of activity data as what they draw on: from the firm's words to the engine's terms."""

from __future__ import annotations

from dataclasses import dataclass

from lca_models.activities.drawn import ActivityLine, Drawn, draw_factor
from lca_models.activities.electricity import (
    ElectricityView,
    draw_certified,
    draw_grid,
    draw_on_site,
)
from lca_models.activities.end_of_life import draw_treatment
from lca_models.activities.energy import draw_fuel, draw_heat
from lca_models.activities.materials import draw_material
from lca_models.activities.transport import draw_transport
from lca_models.errors import InvalidAmountError, Text
from lca_models.facts.library import Library
from lca_models.facts.names import fold
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity, find_unit, first_unit_of
from lca_models.inventory.processes import (
    Emission,
    Exchange,
    Supplier,
    SupplierKind,
)
from service.domain.chain import Chain
from service.domain.errors import MissingQuantityError, UnknownReferenceError
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    DeclaredSupply,
    DirectEmission,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    Line,
    MemberProduct,
    NamedMaterial,
    ProcessEmission,
    Transport,
    TransportLeg,
    Waste,
)

# The need of legs that belong to no single input: their labels tell only where they stand.
_COMMON_TRANSPORT = "transport"
_HEAT_NAMES = frozenset({"heat", "steam", "热力", "热", "蒸汽", "外购热力"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the lines of a chain are read against.

    Args:
        chain: Products, declarations and certificates that lines refer to.
        library: Published factors.
        view: Whether electricity contracts count.
    """

    chain: Chain
    library: Library
    view: ElectricityView


def draw_line(line: Line, around: Surroundings) -> Drawn:
    """What one line takes in; own emissions are read by `emission_of`.

    Raises:
        GreenchainError: The line does not fit what it refers to; the caller adds the place.
    """
    _refuse_negative(line)
    match line:
        case Input():
            return _draw_input(line, around)
        case Fuel():
            return _draw_fuel(line, around)
        case Electricity():
            return _draw_electricity(line, around)
        case Transport():
            activity = ActivityLine(line.label, Stage.TRANSPORT_INBOUND, line.notes.uncertainty)
            return _draw_leg(line.leg, activity, None, around, _COMMON_TRANSPORT)
        case Waste():
            return _draw_waste(line, around)
        case ProcessEmission() | DirectEmission():
            return _draw_own_process(line, around.library)


def emission_of(line: DirectEmission, library: Library) -> Emission:
    """A gas that the process emits itself.

    Raises:
        UnknownGasError: The library does not have the gas.
        UnitMismatchError: The quantity is no mass.
    """
    return Emission(
        line=line.label,
        stage=Stage.DIRECT,
        gas=library.find_gas(line.gas),
        mass_kg=line.quantity.to("kg"),
        primary=line.notes.data_type is DataType.PRIMARY,
        uncertainty=line.notes.uncertainty,
    )


def _refuse_negative(line: Line) -> None:
    if isinstance(line, Transport) or line.quantity.amount > 0:
        return
    raise InvalidAmountError(
        Text(en="The amount {amount:g} is not above zero.", zh="数量{amount:g}不大于零。").format(
            amount=line.quantity.amount
        ),
        Text(
            en="Leave the line out, or give what leaves the process as waste or co-product. "
            "Removals and offsets do not enter a footprint.",
            zh="请删除该明细，或将产出物填为废弃物或副产品。碳清除与碳抵消不得计入碳足迹。",
        ),
        value=line.quantity.amount,
    )


def _draw_input(line: Input, around: Surroundings) -> Drawn:
    if not 0 <= line.loss_share < 1:
        raise InvalidAmountError(
            Text(
                en="The loss share {share:g} is not between 0 and 1.",
                zh="损耗率{share:g}不在0与1之间。",
            ).format(share=line.loss_share),
            Text(en="Give the lost share of the gross input.", zh="请填写损耗占总投入的比例。"),
            value=line.loss_share,
        )
    gross = Quantity(line.quantity.amount / (1 - line.loss_share), line.quantity.unit)
    stage = Stage.PACKAGING if line.packaging else Stage.MATERIALS
    activity = ActivityLine(line.label, stage, line.notes.uncertainty)
    unit = first_unit_of(gross.unit)
    drawn = _draw_supply(line, activity, gross, around)
    drawn = drawn.covering(activity, fold(line.name), gross.to(unit), unit)
    carried = ActivityLine(line.label, Stage.TRANSPORT_INBOUND, line.notes.uncertainty)
    mass = mass_of(line, gross, around.chain) if line.legs else None
    for leg in line.legs:
        drawn += _draw_leg(leg, carried, mass, around, fold(line.name))
    return drawn


def _draw_supply(
    line: Input, activity: ActivityLine, gross: Quantity, around: Surroundings
) -> Drawn:
    match line.supply:
        case BackgroundSupply(factor_id):
            supplied = around.library.get_supply_factor(factor_id)
            return draw_factor(around.library, activity, supplied.id, gross)
        case NamedMaterial(name):
            return draw_material(around.library, activity, name, gross)
        case MemberProduct(product_id):
            amount = around.chain.get_product(product_id).declared_units(gross)
            supplier = Supplier(SupplierKind.PRODUCT, product_id)
        case DeclaredSupply(declaration_id):
            amount = gross.to(around.chain.declarations_by_id[declaration_id].unit)
            supplier = Supplier(SupplierKind.DECLARED, declaration_id)
    exchange = Exchange(
        line=activity.label,
        stage=activity.stage,
        supplier=supplier,
        amount=amount,
        uncertainty=activity.uncertainty,
    )
    return Drawn(exchanges=(exchange,))


def mass_of(line: Input, gross: Quantity, chain: Chain) -> Quantity | None:
    """Mass of an input, where the line or the supplier's product tells it."""
    if find_unit(gross.unit).kind == find_unit("kg").kind:
        return gross
    if isinstance(line.supply, MemberProduct):
        product = chain.get_product(line.supply.product_id)
        if product.mass_kg is not None:
            return Quantity(product.declared_units(gross) * product.mass_kg, "kg")
    return None


def is_heat(carrier: str) -> bool:
    """Whether a carrier of energy is heat bought from outside, not a fuel burnt on site."""
    return fold(carrier) in _HEAT_NAMES


def _draw_fuel(line: Fuel, around: Surroundings) -> Drawn:
    activity = ActivityLine(line.label, Stage.ENERGY, line.notes.uncertainty)
    if is_heat(line.carrier):
        return draw_heat(around.library, activity, line.quantity)
    return draw_fuel(around.library, activity, line.carrier, line.quantity)


def _draw_own_process(line: ProcessEmission | DirectEmission, library: Library) -> Drawn:
    activity = ActivityLine(line.label, Stage.DIRECT, line.notes.uncertainty)
    if isinstance(line, DirectEmission):
        gas = library.find_gas(line.gas)
        return Drawn().covering(activity, gas, line.quantity.to("kg"), "kg", cover=gas)
    process = library.find_process(line.process)
    drawn = draw_factor(library, activity, process.factor, line.quantity)
    unit = first_unit_of(line.quantity.unit)
    return drawn.covering(activity, process.key, line.quantity.to(unit), unit, cover=process.key)


def _draw_waste(line: Waste, around: Surroundings) -> Drawn:
    activity = ActivityLine(line.label, Stage.WASTE, line.notes.uncertainty)
    unit = first_unit_of(line.quantity.unit)
    treatment = around.library.find_treatment(line.treatment)
    drawn = draw_treatment(around.library, activity, line.treatment, line.quantity)
    amount, name = line.quantity.to(unit), fold(line.name)
    drawn = drawn.covering(activity, name, amount, unit, cover=treatment.key)
    for leg in line.legs:
        drawn += _draw_leg(leg, activity, line.quantity, around, name)
    return drawn


def _draw_leg(
    leg: TransportLeg,
    activity: ActivityLine,
    carried: Quantity | None,
    around: Surroundings,
    name: str,
) -> Drawn:
    mass = leg.mass or carried
    if mass is None:
        raise MissingQuantityError(
            Text(en="The mass that is transported is not known.", zh="无法确定运输的质量。"),
            Text(en="Give the transported mass in kg or t.", zh="请填写运输质量（kg或t）。"),
        )
    if mass.amount <= 0 or leg.distance.amount <= 0:
        raise InvalidAmountError(
            Text(en="Distance and mass must be above zero.", zh="运输距离和质量必须大于零。"),
            Text(
                en="Leave the leg out if there was no transport.", zh="若无运输，请删除该运输段。"
            ),
        )
    mode = around.library.find_transport_mode(leg.mode)
    drawn = draw_transport(around.library, activity, leg.mode, mass, leg.distance)
    work, carried_t = mass.to("t") * leg.distance.to("km"), mass.to("t")
    return drawn.covering(activity, name, work, "tkm", cover=mode.key, carried_t=carried_t)


def _draw_electricity(line: Electricity, around: Surroundings) -> Drawn:
    activity = ActivityLine(line.label, Stage.ENERGY, line.notes.uncertainty)
    match line.source:
        case ElectricitySource.GRID:
            return draw_grid(around.library, activity, line.quantity)
        case ElectricitySource.ON_SITE:
            technology = _required(line.technology)
            return draw_on_site(around.library, activity, technology, line.quantity)
        case ElectricitySource.CERTIFIED:
            technology = _certified_technology(line, around)
            return draw_certified(around.library, activity, technology, line.quantity, around.view)


def _required(technology: str | None) -> str:
    if technology is None:
        raise MissingQuantityError(
            Text(en="How the power was generated is not given.", zh="未填写发电方式。"),
            Text(
                en="Give the technology, such as pv or wind.", zh="请填写发电技术，如光伏、风电。"
            ),
        )
    return technology


def _certified_technology(line: Electricity, around: Surroundings) -> str:
    certificate = around.chain.certificates_by_id[line.certificate_id or ""]
    certified = around.library.find_generation(certificate.technology)
    if line.technology and around.library.find_generation(line.technology) != certified:
        raise UnknownReferenceError(
            Text(
                en="The certificate “{id}” is for {certified}, not for {given}.",
                zh="绿证“{id}”对应{certified}，与填写的{given}不符。",
            ).format(id=certificate.id, certified=certified.name, given=line.technology),
            Text(en="Correct the technology or the certificate.", zh="请更正发电技术或绿证编号。"),
            value=line.technology,
        )
    return certified.key
