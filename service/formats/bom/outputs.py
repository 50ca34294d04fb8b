"""The rows that say what a run makes: the output with its period, and co-products."""

from __future__ import annotations

from dataclasses import replace

from lca_models.activities.displacement import draw_credit
from lca_models.errors import Text
from lca_models.facts.units import DECLARED_UNITS, Quantity, find_unit
from lca_models.inventory.allocation import AllocationMethod
from service.domain.submission import Displacement, Output, Period
from service.formats.bom.context import BomContext
from service.formats.bom.supply import read_product_reference
from service.formats.bom.words import ALLOCATION_NAMES, ALLOCATIONS
from service.formats.sheets.row_reader import RowReader


def read_output(row: RowReader, context: BomContext) -> Output:
    """What the run makes of the file's own product."""
    named = read_product_reference(row, context)
    if named is not None and context.product_id not in {None, named}:
        row.complain(
            "source",
            "unknown-reference",
            Text(
                en="The output is “{named}”, but the file is for the product “{expected}”.",
                zh="产出行为产品“{named}”，而该文件对应产品“{expected}”。",
            ).format(named=named, expected=context.product_id),
            Text(
                en="Clear the source of the output row, or send the other product's file.",
                zh="请清空产出行的来源，或上传对应产品的文件。",
            ),
        )
    return _made(row, context.product_id or named or "")


def read_co_product(row: RowReader, context: BomContext) -> Output:
    """What else the run makes."""
    row.need("source")
    made = _made(row, read_product_reference(row, context) or "")
    return replace(made, displaces=_displaces(row, context))


def _displaces(row: RowReader, context: BomContext) -> Displacement | None:
    keys = ("displaces", "displaced_per_unit", "displaced_unit")
    if not any(row.has(key) for key in keys):
        return None
    displaced = row.text("displaces") if row.need("displaces") else None
    per_unit = row.quantity("displaced_per_unit", "displaced_unit")
    if displaced is None or row.is_broken:
        return None
    row.attempt("displaces", lambda: draw_credit(context.library, "", displaced, per_unit))
    return Displacement(displaced, per_unit)


def read_allocation(row: RowReader) -> AllocationMethod:
    """How the run is shared among its products; PACT's rule where nothing is said."""
    return row.choice("allocation", ALLOCATIONS, ALLOCATION_NAMES) or AllocationMethod.PACT


def read_period(row: RowReader, default: Period | None) -> Period | None:
    """The period on the output row, else the default; None if it is missing or wrong."""
    if not (row.has("period_start") or row.has("period_end")):
        if default is None:
            row.need("period_start")
            row.need("period_end")
        return default
    row.need("period_start")
    row.need("period_end")
    start, end = row.day("period_start"), row.day("period_end")
    if start is None or end is None:
        return None
    if end < start:
        row.complain(
            "period_end",
            "invalid-period",
            Text(en="The period ends before it starts.", zh="统计期结束早于开始。"),
            Text(en="Correct the two dates.", zh="请更正起止日期。"),
        )
        return None
    return Period(start, end)


def _made(row: RowReader, product_id: str) -> Output:
    quantity = row.quantity("amount", "unit")
    _refuse_undeclarable(row, quantity)
    row.text("name")
    return Output(
        product_id=product_id,
        quantity=quantity,
        value=row.number_at("value_per_unit"),
        energy_mj=row.number_at("energy_mj_per_unit"),
        relation=row.number_at("relation_per_unit"),
        share=row.share("share_percent") if row.has("share_percent") else None,
    )


def _refuse_undeclarable(row: RowReader, quantity: Quantity) -> None:
    """Refuse a unit that measures nothing that a declared unit measures, such as a distance."""
    if find_unit(quantity.unit).kind in {unit.kind for unit in DECLARED_UNITS}:
        return
    row.complain(
        "unit",
        "unknown-unit",
        Text(en="A product cannot be made in “{unit}”.", zh="产品产量不能以“{unit}”计。").format(
            unit=quantity.unit
        ),
        Text(en="Use one of: {list}.", zh="请使用以下单位之一：{list}。").format(
            list=", ".join(unit.symbol for unit in DECLARED_UNITS)
        ),
    )
