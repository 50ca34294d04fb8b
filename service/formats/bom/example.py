"""An example of a bill of materials: realistic, complete, and invented for illustration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lca_models.errors import Language, Text
from lca_models.facts.library import Library
from lca_models.inventory.allocation import AllocationMethod
from service.domain.submission import DataType, ElectricitySource
from service.formats.bom.words import (
    ALLOCATION_NAMES,
    DATA_TYPE_NAMES,
    KIND_NAMES,
    SOURCE_NAMES,
    RowKind,
)
from service.formats.sheets.template_book import Cell

_Given = Mapping[str, Cell | Text]

_ILLUSTRATIVE = Text("Illustrative figures", "示例数据，仅供演示")
_ROAD, _ROAD_SMALL, _RAIL = "road", "road_18t", "rail"
# One year of a workshop that makes frames of hot-rolled coil for battery packs.
_ROWS: tuple[tuple[RowKind, _Given], ...] = (
    (
        RowKind.OUTPUT,
        {
            "name": Text("Battery pack frame", "电池包框架"),
            "amount": 12_000.0,
            "unit": "piece",
            "value_per_unit": 860.0,
            "allocation": ALLOCATION_NAMES[AllocationMethod.ECONOMIC],
            "period_start": date(2025, 1, 1),
            "period_end": date(2025, 12, 31),
            "evidence": Text("Warehouse ledger 2025", "2025年入库台账"),
            "note": _ILLUSTRATIVE,
        },
    ),
    (
        RowKind.CO_PRODUCT,
        {
            "name": Text("Punching offcuts, reused as blanks", "可用冲裁余料"),
            "source": "product:FRAME-BLANKS",
            "amount": 9_500.0,
            "unit": "kg",
            "value_per_unit": 3.2,
            "evidence": Text("Sales ledger", "销售台账"),
        },
    ),
    (
        RowKind.MATERIAL,
        {
            "name": Text("hot-rolled coil", "热轧卷板"),
            "amount": 336_000.0,
            "unit": "kg",
            "loss_percent": 6.5,
            "recycled_post_percent": 12.0,
            "transport_mode": _RAIL,
            "distance_km": 860.0,
            "transport_mode_2": _ROAD,
            "distance_km_2": 35.0,
            "data_type": DATA_TYPE_NAMES[DataType.PRIMARY],
            "uncertainty_gsd": 1.05,
            "evidence": Text("Purchase orders 2025-01 to 2025-12", "2025年采购订单"),
        },
    ),
    (
        RowKind.MATERIAL,
        {
            "name": Text("galvanised brackets", "镀锌支架"),
            "source": "gb51366-hot-dip-galvanised-coil",
            "amount": 21.6,
            "unit": "t",
            "transport_mode": _ROAD_SMALL,
            "distance_km": 120.0,
            "data_type": DATA_TYPE_NAMES[DataType.PRIMARY],
        },
    ),
    (
        RowKind.MATERIAL,
        {
            "name": Text("Aluminium cross member", "铝合金横梁"),
            "source": "product:AL-CROSS-MEMBER",
            "amount": 24_000.0,
            "unit": "piece",
            "transport_mode": _ROAD,
            "distance_km": 48.0,
            "transported_mass": 60.0,
            "transported_mass_unit": "t",
            "note": Text("Made by a member of the chain", "链上企业供应"),
        },
    ),
    (
        RowKind.MATERIAL,
        {
            "name": Text("Welding wire", "焊丝"),
            "source": "declared:WIRE-2025",
            "amount": 4_300.0,
            "unit": "kg",
            "note": Text("With the supplier's declared footprint", "采用供应商碳足迹声明"),
        },
    ),
    (
        RowKind.PACKAGING,
        {
            "name": Text("paperboard", "纸板"),
            "amount": 1_800.0,
            "unit": "kg",
            "recycled_pre_percent": 10.0,
            "recycled_post_percent": 60.0,
            "transport_mode": _ROAD_SMALL,
            "distance_km": 60.0,
            "data_type": DATA_TYPE_NAMES[DataType.SECONDARY],
        },
    ),
    (
        RowKind.FUEL,
        {
            "name": Text("natural gas", "天然气"),
            "amount": 18_500.0,
            "unit": "m3",
            "evidence": Text("Gas meter G-02", "燃气表G-02"),
        },
    ),
    (
        RowKind.HEAT,
        {
            "name": Text("Steam from the park", "园区蒸汽"),
            "amount": 420.0,
            "unit": "GJ",
            "evidence": Text("Monthly bills", "月度账单"),
        },
    ),
    (
        RowKind.ELECTRICITY,
        {
            "name": Text("Workshop power", "车间用电"),
            "amount": 610_000.0,
            "unit": "kWh",
            "electricity_source": SOURCE_NAMES[ElectricitySource.GRID],
            "evidence": Text("Power bills", "电费单"),
        },
    ),
    (
        RowKind.ELECTRICITY,
        {
            "name": Text("Roof", "屋顶光伏"),
            "amount": 92_000.0,
            "unit": "kWh",
            "electricity_source": SOURCE_NAMES[ElectricitySource.ON_SITE],
            "technology": "pv",
        },
    ),
    (
        RowKind.ELECTRICITY,
        {
            "name": Text("Green power", "绿电"),
            "amount": 150_000.0,
            "unit": "kWh",
            "electricity_source": SOURCE_NAMES[ElectricitySource.CERTIFIED],
            "technology": "wind",
            "certificate": "GEC-2025-000123",
        },
    ),
    (
        RowKind.TRANSPORT,
        {
            "name": Text("Shuttle between plants", "厂区间倒运"),
            "amount": 370.0,
            "unit": "t",
            "transport_mode": _ROAD,
            "distance_km": 12.0,
        },
    ),
    (
        RowKind.DIRECT,
        {
            "name": Text("Shielding gas", "焊接保护气"),
            "amount": 2_600.0,
            "unit": "kg",
            "gas": "CO2",
            "evidence": Text("Cylinder records", "气瓶领用记录"),
        },
    ),
    (
        RowKind.WASTE,
        {
            "name": Text("Steel scrap", "废钢"),
            "amount": 23_400.0,
            "unit": "kg",
            "treatment": "recycling",
            "transport_mode": _ROAD_SMALL,
            "distance_km": 30.0,
        },
    ),
    (
        RowKind.WASTE,
        {
            "name": Text("Mixed production waste", "一般工业固废"),
            "amount": 3.2,
            "unit": "t",
            "treatment": "landfill",
            "transport_mode": _ROAD_SMALL,
            "distance_km": 25.0,
        },
    ),
)


def example_rows(language: Language, library: Library) -> list[dict[str, Cell]]:
    """The rows of the example by the key of the column, in the words of one language."""
    names = {
        **{key: mode.name for key, mode in library.transport_modes.items()},
        **{key: treatment.name for key, treatment in library.treatments.items()},
        **{key: made.name for key, made in library.electricity.technologies.items()},
    }
    named = {"transport_mode", "transport_mode_2", "treatment", "technology"}

    def said(key: str, value: Cell | Text) -> Cell:
        text = names[value] if key in named and isinstance(value, str) else value
        return text.to(language) if isinstance(text, Text) else text

    return [
        {"kind": KIND_NAMES[kind].to(language), **{key: said(key, v) for key, v in given.items()}}
        for kind, given in _ROWS
    ]
