"""The columns of a bill of materials, and which kinds of rows use them: defined here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.facts.units import UNITS
from service.formats.bom.words import (
    ALLOCATION_NAMES,
    DATA_TYPE_NAMES,
    KIND_NAMES,
    SOURCE_NAMES,
    RowKind,
)
from service.formats.sheets.headings import Column

_UNITS = tuple(
    Text(unit.symbol if unit.symbol.isascii() else unit.names[0], unit.symbol) for unit in UNITS
)
_MASS_UNITS = (Text("kg", "kg"), Text("t", "t"))

COLUMNS: tuple[Column, ...] = (
    Column(
        "kind",
        Text("Kind", "类别"),
        Text(
            "What the row is about; exactly one row is the output.",
            "该行的类别；“产出”有且只有一行。",
        ),
        ("row kind",),
        required=True,
        choices=tuple(KIND_NAMES.values()),
    ),
    Column(
        "name",
        Text("Name", "名称"),
        Text(
            "What you call it; for a fuel, which fuel. A name that the library does not have "
            "exactly stays a visible gap.",
            "贵司使用的名称；燃料填写品种。与背景数据库名称不完全一致的，将列为数据缺口。",
        ),
        ("物料名称", "材料名称", "品名", "material name"),
        required=True,
        width=24,
    ),
    Column(
        "source",
        Text("Source", "来源"),
        Text(
            "A factor id of the library; product:ID of a member of the chain; declared:ID of a "
            "declared footprint. Empty: matched by name. For a co-product: product:ID.",
            "背景数据库因子编号；product:产品编号（链上企业）；declared:声明编号。"
            "留空按名称匹配。副产品填写product:产品编号。",
        ),
        ("物料来源", "supply"),
        width=26,
    ),
    Column(
        "amount",
        Text("Amount", "数量"),
        Text(
            "Output: how much one run makes. Other rows: how much that run takes, net of losses. "
            "Transport: the mass carried, or tonne-kilometres.",
            "产出行填写本批产量；其余行填写该批净用量；运输行填写运输质量或周转量（tkm）。",
        ),
        ("用量", "消耗量", "quantity"),
        required=True,
        numeric=True,
    ),
    Column(
        "unit",
        Text("Unit", "单位"),
        Text("Choose from the list.", "请从列表中选择。"),
        ("计量单位", "uom"),
        required=True,
        width=10,
        choices=_UNITS,
    ),
    Column(
        "loss_percent",
        Text("Loss (%)", "损耗率(%)"),
        Text("Share of the gross input that is lost.", "损耗占总投入量的百分比。"),
        ("损耗率", "loss", "loss rate", "scrap rate"),
        numeric=True,
    ),
    Column(
        "recycled_pre_percent",
        Text("Recycled, pre-consumer (%)", "消费前再生料(%)"),
        Text("Share recycled from before use.", "消费前再生料占比。"),
        ("消费前再生料", "消费前再生料比例(%)", "pre-consumer recycled (%)"),
        numeric=True,
    ),
    Column(
        "recycled_post_percent",
        Text("Recycled, post-consumer (%)", "消费后再生料(%)"),
        Text("Share recycled from after use.", "消费后再生料占比。"),
        ("消费后再生料", "消费后再生料比例(%)", "post-consumer recycled (%)"),
        numeric=True,
    ),
    Column(
        "transport_mode",
        Text("Transport mode", "运输方式"),
        Text("How it comes in; for waste, how it goes out.", "运入方式；废弃物为运出方式。"),
        ("mode", "运输方式1"),
        width=18,
    ),
    Column(
        "distance_km",
        Text("Distance (km)", "运输距离(km)"),
        Text("Kilometres.", "单位为千米。"),
        ("运输距离", "运输距离(公里)", "distance", "运距", "运距(km)"),
        numeric=True,
    ),
    Column(
        "transport_mode_2",
        Text("Transport mode 2", "运输方式2"),
        Text("Second leg, if there is one.", "第二段运输（如有）。"),
        ("mode 2", "第二段运输方式"),
        width=18,
    ),
    Column(
        "distance_km_2",
        Text("Distance 2 (km)", "运输距离2(km)"),
        Text("Second leg, kilometres.", "第二段距离，单位为千米。"),
        ("运输距离2", "第二段运输距离(km)", "distance 2"),
        numeric=True,
    ),
    Column(
        "transported_mass",
        Text("Transported mass", "运输质量"),
        Text(
            "Only where it is not the amount of the row, such as for pieces.",
            "仅当与该行数量不同时填写，如按件计量的物料。",
        ),
        ("运输重量", "mass carried"),
        numeric=True,
    ),
    Column(
        "transported_mass_unit",
        Text("Unit of transported mass", "运输质量单位"),
        Text("kg or t.", "kg或t。"),
        ("运输重量单位",),
        choices=_MASS_UNITS,
    ),
    Column(
        "gas",
        Text("Gas", "气体"),
        Text(
            "Of a direct emission: CO2, CH4, N2O, SF6 …", "直接排放的气体：CO2、CH4、N2O、SF6等。"
        ),
        ("温室气体", "greenhouse gas"),
    ),
    Column(
        "electricity_source",
        Text("Electricity source", "电力来源"),
        Text("Grid, own plant on site, or grid with certificates.", "电网、自发或绿证。"),
        ("供电方式", "power source"),
        choices=tuple(SOURCE_NAMES.values()),
    ),
    Column(
        "technology",
        Text("Generation technology", "发电技术"),
        Text("For power on site or with certificates.", "自发或绿证电力填写。"),
        ("generation", "发电方式"),
        width=18,
    ),
    Column(
        "certificate",
        Text("Certificate number", "绿证编号"),
        Text("Of the green-power certificate.", "绿色电力证书编号。"),
        ("certificate id", "绿色电力证书编号"),
        width=20,
    ),
    Column(
        "treatment",
        Text("Treatment", "处置方式"),
        Text("What becomes of the waste.", "废弃物的去向。"),
        ("waste treatment", "处理方式"),
        width=18,
    ),
    Column(
        "value_per_unit",
        Text("Value per unit", "单位价值"),
        Text(
            "Price of one unit, for allocation; one currency.",
            "单位产品价格，用于分配，币种须一致。",
        ),
        ("单位产品价值",),
        numeric=True,
    ),
    Column(
        "energy_mj_per_unit",
        Text("Energy per unit (MJ)", "单位热值(MJ)"),
        Text("Energy content of one unit, for allocation.", "单位产品热值，用于分配。"),
        ("单位热值", "energy content (MJ)"),
        numeric=True,
    ),
    Column(
        "relation_per_unit",
        Text("Other relation per unit", "其他物理关系量"),
        Text(
            "Another physical relation of one unit, for allocation.", "其他物理分配依据（每单位）。"
        ),
        ("physical relation",),
        numeric=True,
    ),
    Column(
        "share_percent",
        Text("Stated share (%)", "约定份额(%)"),
        Text(
            "Share of the run, for allocation by stated shares; all outputs together 100 %.",
            "按约定份额分配时填写；各产出合计须为100%。",
        ),
        ("约定份额", "stated share"),
        numeric=True,
    ),
    Column(
        "displaces",
        Text("Displaces", "替代对象"),
        Text(
            "For substitution: the one material or factor id that the co-product displaces.",
            "采用替代法时填写：副产品所替代的唯一材料名称或因子编号。",
        ),
        ("displaced product", "被替代产品"),
    ),
    Column(
        "displaced_per_unit",
        Text("Displaced per unit", "单位替代量"),
        Text("How much of it one unit of the co-product displaces.", "每单位副产品所替代的数量。"),
        ("单位被替代量",),
        numeric=True,
    ),
    Column(
        "displaced_unit",
        Text("Unit of what is displaced", "替代量单位"),
        Text("Choose from the list.", "请从列表中选择。"),
        ("displaced unit",),
        choices=_UNITS,
    ),
    Column(
        "allocation",
        Text("Allocation", "分配方法"),
        Text(
            "On the output row, if there are co-products. Empty: PACT's rule.",
            "有副产品时在产出行填写；留空按PACT规则。",
        ),
        ("allocation method",),
        choices=tuple(ALLOCATION_NAMES.values()),
    ),
    Column(
        "period_start",
        Text("Period start", "统计期开始"),
        Text(
            "On the output row: first day, such as 2024-01-01.", "产出行填写：首日，如2024-01-01。"
        ),
        ("统计期起",),
    ),
    Column(
        "period_end",
        Text("Period end", "统计期结束"),
        Text(
            "On the output row: last day, such as 2024-12-31.", "产出行填写：末日，如2024-12-31。"
        ),
        ("统计期止",),
    ),
    Column(
        "serves",
        Text("Serves", "归属产出"),
        Text(
            "Id of the one product of the run that the line is for. Empty: all share it.",
            "仅用于某一产出的明细，填写该产品编号；留空表示各产出共用。",
        ),
        ("serves product", "归属产品"),
    ),
    Column(
        "data_type",
        Text("Data type", "数据类型"),
        Text("Measured or taken from elsewhere. Empty: measured.", "实测或次级；留空视为实测。"),
        choices=tuple(DATA_TYPE_NAMES.values()),
    ),
    Column(
        "uncertainty_gsd",
        Text("Geometric standard deviation", "几何标准差"),
        Text(
            "How far the amount may be off, from 1, such as 1.1.",
            "数量的不确定性，不小于1，如1.1。",
        ),
        ("gsd",),
        numeric=True,
    ),
    Column(
        "evidence",
        Text("Evidence", "凭证"),
        Text("Invoice, meter or record behind the amount.", "发票、计量记录等依据。"),
        ("凭证编号", "proof"),
        width=24,
    ),
    Column(
        "note",
        Text("Note", "备注"),
        Text("Anything else.", "其他说明。"),
        ("remark",),
        width=24,
    ),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}

_ALL = frozenset(RowKind)
_NONE: frozenset[RowKind] = frozenset()
_OUTPUT = frozenset({RowKind.OUTPUT})
_CO_PRODUCT = frozenset({RowKind.CO_PRODUCT})
_OUTPUTS = _OUTPUT | _CO_PRODUCT
_LINES = _ALL - _OUTPUTS
_INPUTS = frozenset({RowKind.MATERIAL, RowKind.PACKAGING})
_SHIPPED = _INPUTS | {RowKind.WASTE}
_TRANSPORT = frozenset({RowKind.TRANSPORT})
_ELECTRICITY = frozenset({RowKind.ELECTRICITY})
_DIRECT = frozenset({RowKind.DIRECT})
_WASTE = frozenset({RowKind.WASTE})


@dataclass(frozen=True, slots=True)
class Use:
    """Which kinds of rows may fill a column, and which must."""

    allowed: frozenset[RowKind]
    needed: frozenset[RowKind] = _NONE


USES: Mapping[str, Use] = {
    "kind": Use(_ALL, _ALL),
    "name": Use(_ALL, _INPUTS | _WASTE | {RowKind.FUEL}),
    "source": Use(_INPUTS | _OUTPUTS, _CO_PRODUCT),
    "amount": Use(_ALL, _ALL),
    "unit": Use(_ALL, _ALL),
    "loss_percent": Use(_INPUTS),
    "recycled_pre_percent": Use(_INPUTS),
    "recycled_post_percent": Use(_INPUTS),
    "transport_mode": Use(_SHIPPED | _TRANSPORT, _TRANSPORT),
    "distance_km": Use(_SHIPPED | _TRANSPORT),
    "transport_mode_2": Use(_SHIPPED),
    "distance_km_2": Use(_SHIPPED),
    "transported_mass": Use(_SHIPPED),
    "transported_mass_unit": Use(_SHIPPED),
    "gas": Use(_DIRECT, _DIRECT),
    "electricity_source": Use(_ELECTRICITY, _ELECTRICITY),
    "technology": Use(_ELECTRICITY),
    "certificate": Use(_ELECTRICITY),
    "treatment": Use(_WASTE, _WASTE),
    "value_per_unit": Use(_OUTPUTS),
    "energy_mj_per_unit": Use(_OUTPUTS),
    "relation_per_unit": Use(_OUTPUTS),
    "share_percent": Use(_OUTPUTS),
    "displaces": Use(_CO_PRODUCT),
    "displaced_per_unit": Use(_CO_PRODUCT),
    "displaced_unit": Use(_CO_PRODUCT),
    "allocation": Use(_OUTPUT),
    "period_start": Use(_OUTPUT),
    "period_end": Use(_OUTPUT),
    "serves": Use(_LINES),
    "data_type": Use(_LINES),
    "uncertainty_gsd": Use(_LINES),
    "evidence": Use(_ALL),
    "note": Use(_ALL),
}
