"""Rows of a bill of materials as lines of activity data, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lca_models.errors import Text
from lca_models.facts.units import Quantity, find_unit
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.submission import (
    DataType,
    DirectEmission,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    Line,
    Notes,
    ProcessEmission,
    RecycledContent,
    Transport,
    TransportLeg,
    Waste,
)
from service.formats.bom.context import BomContext
from service.formats.bom.references import name_certificate, name_own_product
from service.formats.bom.supply import MATCHED, read_supply
from service.formats.bom.words import (
    DATA_TYPE_NAMES,
    DATA_TYPES,
    SOURCE_NAMES,
    SOURCES,
    RowKind,
)
from service.formats.sheets.cells import MAX_NOTE_LENGTH
from service.formats.sheets.row_reader import STAND_IN, RowReader

_HEAT = "heat"
_ENERGY_UNIT = "kWh"
_MASS_UNIT = "kg"
_WORK_UNIT = "tkm"

_Build = Callable[[RowReader, RowKind, BomContext], Line]


def read_line(row: RowReader, kind: RowKind, context: BomContext) -> Line:
    """The line that a row says; of no use if the row turned out to be broken."""
    return _BUILDERS[kind](row, kind, context)


def label_of(row: RowReader, kind: RowKind) -> str:
    """How a line is named in messages and results: its row, and what the user calls it."""
    name = row.text("name") or row.text("kind") or kind.value
    return f"{row.number} {name}"


def _notes(row: RowReader, context: BomContext) -> Notes:
    spread = row.number_at("uncertainty_gsd", least=1.0)
    return Notes(
        data_type=row.choice("data_type", DATA_TYPES, DATA_TYPE_NAMES) or DataType.PRIMARY,
        uncertainty=None
        if spread is None or spread == 1.0
        else Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=spread),
        evidence=row.text("evidence", MAX_NOTE_LENGTH),
        remark=row.text("note", MAX_NOTE_LENGTH),
        serves=_served(row, context),
    )


def _served(row: RowReader, context: BomContext) -> str | None:
    text = row.text("serves")
    return None if text is None else name_own_product(row, "serves", text, context.references)


def _input(row: RowReader, kind: RowKind, context: BomContext) -> Input:
    name = row.text("name") or ""
    quantity = row.quantity("amount", "unit")
    loss = row.share("loss_percent")
    if loss == 1.0:
        row.complain(
            "loss_percent",
            "invalid-percentage",
            Text(en="All of the input would be lost.", zh="投入全部损耗，无法计算。"),
            Text(en="Give a loss below 100 %.", zh="损耗率应小于100%。"),
        )
    return Input(
        label=label_of(row, kind),
        name=name,
        quantity=quantity,
        supply=read_supply(row, name, quantity, context),
        packaging=kind is RowKind.PACKAGING,
        loss_share=loss,
        recycled=_recycled(row),
        legs=_legs(row, context),
        notes=_notes(row, context),
    )


def _recycled(row: RowReader) -> RecycledContent | None:
    if not (row.has("recycled_pre_percent") or row.has("recycled_post_percent")):
        return None
    content = RecycledContent(row.share("recycled_pre_percent"), row.share("recycled_post_percent"))
    if content.share > 1.0:
        row.complain(
            "recycled_post_percent",
            "invalid-percentage",
            Text(en="Recycled content is more than 100 % together.", zh="再生料占比合计超过100%。"),
            Text(en="Correct one of the two.", zh="请更正其中一项。"),
        )
    return content


def _legs(row: RowReader, context: BomContext) -> tuple[TransportLeg, ...]:
    mass = _transported_mass(row)
    legs = [
        _leg(row, mode_key, distance_key, mass, context)
        for mode_key, distance_key in (
            ("transport_mode", "distance_km"),
            ("transport_mode_2", "distance_km_2"),
        )
    ]
    found = tuple(leg for leg in legs if leg is not None)
    if mass is not None and not found:
        row.need("transport_mode")
    return found


def _transported_mass(row: RowReader) -> Quantity | None:
    if not (row.has("transported_mass") or row.has("transported_mass_unit")):
        return None
    mass = row.quantity("transported_mass", "transported_mass_unit")
    row.fit(mass, _MASS_UNIT, "transported_mass_unit")
    return mass


def _leg(
    row: RowReader, mode_key: str, distance_key: str, mass: Quantity | None, context: BomContext
) -> TransportLeg | None:
    if not (row.has(mode_key) or row.has(distance_key)):
        return None
    given = row.need(mode_key) and row.need(distance_key)
    distance = row.number_at(distance_key, above=True)
    mode = _mode(row, mode_key, context)
    if not given or distance is None:
        return None
    return TransportLeg(mode, Quantity(distance, "km"), mass)


def _mode(row: RowReader, key: str, context: BomContext) -> str:
    text = row.text(key)
    if text is None:
        return ""
    found = row.attempt(key, lambda: context.library.find_transport_mode(text))
    if found is None:
        return text
    row.read[key] = found.key
    return found.key


def _fuel(row: RowReader, kind: RowKind, context: BomContext) -> Fuel:
    quantity = row.quantity("amount", "unit")
    name = row.text("name")
    fuel = None if name is None else row.attempt("name", lambda: context.library.find_fuel(name))
    if fuel is not None:
        row.read[MATCHED] = fuel.key
    # Fuels are given in the unit of their factor, or as energy by their calorific value.
    if fuel is not None and find_unit(quantity.unit).kind != find_unit(_ENERGY_UNIT).kind:
        row.fit(quantity, context.library.get_footprint_factor(fuel.combustion).unit)
    return Fuel(label_of(row, kind), fuel.key if fuel else "", quantity, _notes(row, context))


def _heat(row: RowReader, kind: RowKind, context: BomContext) -> Fuel:
    return Fuel(label_of(row, kind), _HEAT, _energy(row), _notes(row, context))


def _energy(row: RowReader) -> Quantity:
    quantity = row.quantity("amount", "unit")
    row.fit(quantity, _ENERGY_UNIT)
    return quantity


def _electricity(row: RowReader, kind: RowKind, context: BomContext) -> Electricity:
    source = row.choice("electricity_source", SOURCES, SOURCE_NAMES)
    if source is not None and source is not ElectricitySource.GRID:
        row.need("technology")
    if source is ElectricitySource.CERTIFIED:
        row.need("certificate")
    technology = _technology(row, context)
    _refuse_idle(row, source)
    return Electricity(
        label_of(row, kind),
        _energy(row),
        source or ElectricitySource.GRID,
        technology,
        name_certificate(row, context.references),
        _notes(row, context),
    )


def _technology(row: RowReader, context: BomContext) -> str | None:
    text = row.text("technology")
    if text is None:
        return None
    found = row.attempt("technology", lambda: context.library.find_generation(text))
    if found is None:
        return None
    row.read["technology"] = found.key
    return found.key


def _refuse_idle(row: RowReader, source: ElectricitySource | None) -> None:
    """Refuse a technology or a certificate beside a source that has none: one of them is wrong."""
    idle = {
        ElectricitySource.GRID: ("technology", "certificate"),
        ElectricitySource.ON_SITE: ("certificate",),
    }
    for key in idle.get(source, ()) if source else ():
        if row.has(key):
            row.complain(
                key,
                "unused-value",
                Text(
                    en="Power from “{source}” has none.", zh="“{source}”电力不应填写此项。"
                ).format(source=SOURCE_NAMES[source] if source else ""),
                Text(
                    en="Clear the cell, or correct the electricity source.",
                    zh="请清空该单元格，或更正电力来源。",
                ),
            )


def _transport(row: RowReader, kind: RowKind, context: BomContext) -> Transport:
    carried = row.quantity("amount", "unit")
    mode = _mode(row, "transport_mode", context)
    if carried.unit == _WORK_UNIT:
        # Tonne-kilometres alone: as many tonnes over one kilometre.
        _refuse_distance(row)
        leg = TransportLeg(mode, Quantity(1.0, "km"), Quantity(carried.amount, "t"))
        return Transport(label_of(row, kind), leg, _notes(row, context))
    row.fit(carried, _MASS_UNIT)
    if carried is not STAND_IN:
        row.need("distance_km")
    distance = row.number_at("distance_km", above=True)
    leg = TransportLeg(mode, Quantity(distance or 1.0, "km"), carried)
    return Transport(label_of(row, kind), leg, _notes(row, context))


def _refuse_distance(row: RowReader) -> None:
    if row.has("distance_km"):
        row.complain(
            "distance_km",
            "unused-value",
            Text(
                en="Tonne-kilometres already hold the distance.", zh="货物周转量（tkm）已包含距离。"
            ),
            Text(
                en="Clear the distance, or give the mass in t.", zh="请清空距离，或改填质量（t）。"
            ),
        )


def _direct(row: RowReader, kind: RowKind, context: BomContext) -> DirectEmission | ProcessEmission:
    quantity = row.quantity("amount", "unit")
    row.fit(quantity, _MASS_UNIT)
    gas = row.text("gas") or ""
    if context.library.is_process(gas):
        row.attempt("gas", lambda: context.library.find_process(gas))
        return ProcessEmission(label_of(row, kind), gas, quantity, _notes(row, context))
    key = row.attempt("gas", lambda: context.library.find_gas(gas)) if gas else None
    if key is not None:
        row.read["gas"] = key
    return DirectEmission(label_of(row, kind), key or "", quantity, _notes(row, context))


def _waste(row: RowReader, kind: RowKind, context: BomContext) -> Waste:
    quantity = row.quantity("amount", "unit")
    text = row.text("treatment")
    treatment = (
        None
        if text is None
        else row.attempt("treatment", lambda: context.library.find_treatment(text))
    )
    if treatment is not None:
        row.read["treatment"] = treatment.key
        row.fit(quantity, context.library.get_footprint_factor(treatment.factor).unit)
    return Waste(
        label=label_of(row, kind),
        name=row.text("name") or "",
        treatment=treatment.key if treatment else "",
        quantity=quantity,
        legs=_legs(row, context),
        notes=_notes(row, context),
    )


_BUILDERS: Mapping[RowKind, _Build] = {
    RowKind.MATERIAL: _input,
    RowKind.PACKAGING: _input,
    RowKind.FUEL: _fuel,
    RowKind.HEAT: _heat,
    RowKind.ELECTRICITY: _electricity,
    RowKind.TRANSPORT: _transport,
    RowKind.DIRECT: _direct,
    RowKind.WASTE: _waste,
}
