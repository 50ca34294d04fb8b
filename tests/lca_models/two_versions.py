"""Small chains in two versions, and why their product changed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from lca_models.calculation.change.versions import ChainVersion
from lca_models.explain_change import explain_change
from lca_models.facts.library import Library
from lca_models.facts.stages import Stage
from lca_models.impacts.change import Change, Driver
from lca_models.inventory.processes import (
    Exchange,
    Inventory,
    Need,
    Process,
    Supplier,
    SupplierKind,
)
from tests import make

LIBRARY = make.library(
    make.factor("grid", 0.6, "kWh"),
    make.factor("pv", 0.1, "kWh"),
    make.factor("delivery", 0.05, "kWh"),
    make.factor("steel", 2.0),
    make.factor("other steel", 1.5),
    make.factor("gas burnt", 2.0, "m3"),
    make.factor("gas supplied", 0.5, "m3"),
    make.factor("road", 0.1, "tkm"),
    make.factor("rail", 0.02, "tkm"),
    make.factor("landfill", 0.4),
    make.factor("methane", gases={"CH4_fossil": 0.1}),
)


def change_of(
    before: Inventory,
    after: Inventory,
    *,
    libraries: tuple[Library, Library] = (LIBRARY, LIBRARY),
    gwps: tuple[str, str] = ("AR6", "AR6"),
    sold: Mapping[str, tuple[float, float]] | None = None,
) -> Change:
    """Why the footprint of `product` changed."""
    versions = map(ChainVersion, (before, after), libraries, gwps)
    (change,) = explain_change(*versions, products=["product"], sold=sold).changes
    return change


def causes_of(before: Process, after: Process, *others: Process) -> Mapping[Driver, float]:
    return change_of(make.inventory(before, *others), make.inventory(after, *others)).causes


def only(driver: Driver, kg_co2e: float) -> object:
    return pytest.approx({driver: kg_co2e})


def need(
    name: str,
    amount: float,
    *suppliers: str,
    line: str = "",
    stage: Stage = Stage.ENERGY,
    cover: str = "",
    carried_t: float | None = None,
) -> Need:
    """A need that published factors cover, all lines of it told apart by their cover."""
    drawn = tuple(Supplier(SupplierKind.BACKGROUND, supplier) for supplier in suppliers)
    return Need(line or cover, stage, name, amount, "unit", drawn, cover, carried_t)


def powered(*sources: tuple[str, float]) -> Process:
    drawn = (make.drawn(name, kwh, stage=Stage.ENERGY) for name, kwh in sources)
    needs = tuple(need("electricity", kwh, name, cover=name) for name, kwh in sources)
    return replace(make.process("product", *drawn), needs=needs)


def carried(mode: str, mass_t: float, km: float) -> Process:
    work = mass_t * km
    stage = Stage.TRANSPORT_INBOUND
    drawn = make.drawn(mode, work, line="steel", stage=stage)
    covers = need("steel", work, mode, line="steel", stage=stage, cover=mode, carried_t=mass_t)
    return replace(make.process("product", drawn), needs=(covers,))


def bought_from(supplier: Exchange, kg: float = 1.0) -> Process:
    covers = Need("steel", Stage.MATERIALS, "steel", kg, "kg", (supplier.supplier,))
    exchange = replace(supplier, line="steel", amount=kg)
    return replace(make.process("product", exchange), needs=(covers,))


MILL = make.process("mill's steel", make.emission(3.0))
OTHER_MILL = make.process("other mill's steel", make.emission(2.0))
