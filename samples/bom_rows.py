"""Activity data of a chain document as rows of a bill of materials, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lca_models.errors import Language, Text
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from service.formats.bom.words import (
    ALLOCATION_NAMES,
    DATA_TYPE_NAMES,
    KIND_NAMES,
    SOURCE_NAMES,
    RowKind,
)
from service.formats.chain import document as written
from service.formats.sheets.template_book import Cell

Row = dict[str, Cell]

ILLUSTRATIVE = Text(
    "Illustrative data: invented firms and amounts", "示例数据：企业与数量均为虚构，仅供演示"
)
_HEAT = "heat"
_WHOLE = 100
_DIGITS_OF_PERCENT = 9  # so that 0.07 is 7, not 7.000000000000001


def bom_rows(
    process: written.ProcessItem,
    products: dict[str, written.ProductItem],
    period: written.PeriodItem,
    language: Language,
) -> list[Row]:
    """The rows of one run, the output first."""
    rows = [
        _output(process, products[process.product], period, language),
        *(_co_product(made, products[made.product], language) for made in process.co_products),
    ]
    for kind, lines in _sections(process):
        for line in lines:
            row = {"kind": KIND_NAMES[kind].to(language), **_cells(line, language)}
            rows.append(row | _notes(line, language))
    return rows


def _sections(process: written.ProcessItem) -> Iterator[tuple[RowKind, Sequence[written.LineItem]]]:
    """The lines in the order in which a chain document gives them."""
    yield RowKind.MATERIAL, process.inputs
    yield RowKind.PACKAGING, process.packaging
    yield RowKind.FUEL, [fuel for fuel in process.fuels if fuel.fuel != _HEAT]
    yield RowKind.HEAT, [fuel for fuel in process.fuels if fuel.fuel == _HEAT]
    yield RowKind.ELECTRICITY, process.electricity
    yield RowKind.TRANSPORT, process.transport
    yield RowKind.DIRECT, process.direct_emissions
    yield RowKind.WASTE, process.waste


def _output(
    process: written.ProcessItem,
    product: written.ProductItem,
    period: written.PeriodItem,
    language: Language,
) -> Row:
    row = _made(RowKind.OUTPUT, process.output, product, language)
    row |= {"period_start": period.start, "period_end": period.end}
    if process.allocation is not AllocationMethod.PACT:
        row["allocation"] = ALLOCATION_NAMES[process.allocation].to(language)
    return row | {"note": ILLUSTRATIVE.to(language)}


def _co_product(
    made: written.CoProductItem, product: written.ProductItem, language: Language
) -> Row:
    return _made(RowKind.CO_PRODUCT, made, product, language)


def _made(
    kind: RowKind, made: written.OutputItem, product: written.ProductItem, language: Language
) -> Row:
    return {
        "kind": KIND_NAMES[kind].to(language),
        "name": name_of(product.name).to(language),
        "source": f"product:{product.id}",
        **_quantity(made.quantity),
        "value_per_unit": made.value_per_unit,
        "energy_mj_per_unit": made.energy_mj_per_unit,
        "relation_per_unit": made.relation_per_unit,
    }


def name_of(item: written.NameItem) -> Text:
    """A name in both languages; one stands in for the other."""
    return Text(en=item.en or item.zh or "", zh=item.zh or item.en or "")


def _cells(line: written.LineItem, language: Language) -> Row:
    match line:
        case written.InputItem():
            return _input(line)
        case written.FuelItem():
            return _quantity(line.quantity) | ({} if line.fuel == _HEAT else {"name": line.fuel})
        case written.ElectricityItem():
            return _quantity(line.quantity) | {
                "electricity_source": SOURCE_NAMES[line.source].to(language),
                "technology": line.technology,
                "certificate": line.certificate,
            }
        case written.TransportItem():
            return _quantity(line.mass) | _leg(line, "")
        case written.EmissionItem():
            return _quantity(line.quantity) | {"gas": line.gas}
        case written.WasteItem():
            waste: Row = {"name": line.name, "treatment": line.treatment}
            return waste | _quantity(line.quantity) | _legs(line.transport)
        case _:
            message = f"a line of kind {type(line).__name__} has no row"
            raise TypeError(message)


def _input(line: written.InputItem) -> Row:
    source = None
    if line.product is not None:
        source = f"product:{line.product}"
    elif line.declared is not None:
        source = f"declared:{line.declared}"
    elif line.factor is not None:
        source = line.factor
    elif line.material != line.name:
        source = line.material
    row: Row = {"name": line.name, "source": source, **_quantity(line.quantity)}
    if line.loss_share:
        row["loss_percent"] = _percent(line.loss_share)
    if line.recycled is not None:
        row["recycled_pre_percent"] = _percent(line.recycled.pre_consumer)
        row["recycled_post_percent"] = _percent(line.recycled.post_consumer)
    return row | _legs(line.transport)


def _legs(legs: Iterable[written.LegItem]) -> Row:
    row: Row = {}
    for leg, suffix in zip(legs, ("", "_2"), strict=False):
        row |= _leg(leg, suffix)
        if leg.mass is not None:
            row["transported_mass"] = leg.mass.amount
            row["transported_mass_unit"] = leg.mass.unit
    return row


def _leg(leg: written.LegItem, suffix: str) -> Row:
    distance = Quantity(leg.distance.amount, leg.distance.unit)
    return {f"transport_mode{suffix}": leg.mode, f"distance_km{suffix}": distance.to("km")}


def _notes(line: written.LineItem, language: Language) -> Row:
    row: Row = {"evidence": line.evidence, "note": line.remark}
    if "data_type" in line.model_fields_set:
        row["data_type"] = DATA_TYPE_NAMES[line.data_type].to(language)
    if line.uncertainty is not None:
        row["uncertainty_gsd"] = line.uncertainty.geometric_sd
    return row


def _quantity(item: written.QuantityItem) -> Row:
    return {"amount": item.amount, "unit": item.unit}


def _percent(share: float) -> float:
    return round(share * _WHOLE, _DIGITS_OF_PERCENT)
