"""The words of a bill of materials: kinds of rows, sources of power and other closed choices."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from lca_models.errors import Text
from lca_models.facts.names import fold
from lca_models.inventory.allocation import AllocationMethod
from service.domain.submission import DataType, ElectricitySource

_Choice = TypeVar("_Choice", bound=StrEnum)


class RowKind(StrEnum):
    """What a row of a bill of materials is about."""

    OUTPUT = "output"
    CO_PRODUCT = "co_product"
    MATERIAL = "material"
    PACKAGING = "packaging"
    FUEL = "fuel"
    HEAT = "heat"
    ELECTRICITY = "electricity"
    TRANSPORT = "transport"
    DIRECT = "direct"
    WASTE = "waste"


KIND_NAMES: Mapping[RowKind, Text] = {
    RowKind.OUTPUT: Text(en="output", zh="产出"),
    RowKind.CO_PRODUCT: Text(en="co-product", zh="副产品"),
    RowKind.MATERIAL: Text(en="material", zh="原材料"),
    RowKind.PACKAGING: Text(en="packaging", zh="包装"),
    RowKind.FUEL: Text(en="fuel", zh="燃料"),
    RowKind.HEAT: Text(en="heat", zh="热力"),
    RowKind.ELECTRICITY: Text(en="electricity", zh="电力"),
    RowKind.TRANSPORT: Text(en="transport", zh="运输"),
    RowKind.DIRECT: Text(en="direct emission", zh="直接排放"),
    RowKind.WASTE: Text(en="waste", zh="废弃物"),
}
SOURCE_NAMES: Mapping[ElectricitySource, Text] = {
    ElectricitySource.GRID: Text(en="grid", zh="电网"),
    ElectricitySource.ON_SITE: Text(en="on site", zh="自发"),
    ElectricitySource.CERTIFIED: Text(en="certified", zh="绿证"),
}
DATA_TYPE_NAMES: Mapping[DataType, Text] = {
    DataType.PRIMARY: Text(en="primary", zh="实测"),
    DataType.SECONDARY: Text(en="secondary", zh="次级"),
}
ALLOCATION_NAMES: Mapping[AllocationMethod, Text] = {
    AllocationMethod.PACT: Text(en="PACT rule", zh="PACT规则"),
    AllocationMethod.MASS: Text(en="mass", zh="质量"),
    AllocationMethod.ENERGY: Text(en="energy", zh="能量"),
    AllocationMethod.ECONOMIC: Text(en="economic", zh="经济价值"),
    AllocationMethod.PHYSICAL: Text(en="physical", zh="其他物理关系"),
    AllocationMethod.STATED: Text(en="stated shares", zh="约定份额"),
    AllocationMethod.SUBSTITUTION: Text(en="substitution", zh="替代法"),
}
_KIND_ALIASES: Mapping[str, RowKind] = {
    "产品": RowKind.OUTPUT,
    "product": RowKind.OUTPUT,
    "产品产出": RowKind.OUTPUT,
    "联产品": RowKind.CO_PRODUCT,
    "by-product": RowKind.CO_PRODUCT,
    "材料": RowKind.MATERIAL,
    "原料": RowKind.MATERIAL,
    "原辅料": RowKind.MATERIAL,
    "辅料": RowKind.MATERIAL,
    "零部件": RowKind.MATERIAL,
    "raw material": RowKind.MATERIAL,
    "part": RowKind.MATERIAL,
    "component": RowKind.MATERIAL,
    "包装材料": RowKind.PACKAGING,
    "包材": RowKind.PACKAGING,
    "package": RowKind.PACKAGING,
    "燃料燃烧": RowKind.FUEL,
    "蒸汽": RowKind.HEAT,
    "热": RowKind.HEAT,
    "steam": RowKind.HEAT,
    "电": RowKind.ELECTRICITY,
    "用电": RowKind.ELECTRICITY,
    "power": RowKind.ELECTRICITY,
    "direct": RowKind.DIRECT,
    "过程排放": RowKind.DIRECT,
    "process emission": RowKind.DIRECT,
    "废物": RowKind.WASTE,
    "固废": RowKind.WASTE,
    "废料": RowKind.WASTE,
}
_SOURCE_ALIASES = {
    "grid power": ElectricitySource.GRID,
    "网电": ElectricitySource.GRID,
    "市电": ElectricitySource.GRID,
    "外购电网": ElectricitySource.GRID,
    "自发自用": ElectricitySource.ON_SITE,
    "自发电": ElectricitySource.ON_SITE,
    "own": ElectricitySource.ON_SITE,
    "绿电": ElectricitySource.CERTIFIED,
    "green": ElectricitySource.CERTIFIED,
}
_DATA_TYPE_ALIASES = {
    "初级": DataType.PRIMARY,
    "初级数据": DataType.PRIMARY,
    "实测数据": DataType.PRIMARY,
    "measured": DataType.PRIMARY,
    "二手": DataType.SECONDARY,
    "次级数据": DataType.SECONDARY,
    "二手数据": DataType.SECONDARY,
    "estimated": DataType.SECONDARY,
}
_ALLOCATION_ALIASES = {
    "pact": AllocationMethod.PACT,
    "经济": AllocationMethod.ECONOMIC,
    "价值": AllocationMethod.ECONOMIC,
    "能量含量": AllocationMethod.ENERGY,
    "热值": AllocationMethod.ENERGY,
    "物理": AllocationMethod.PHYSICAL,
}


def _words(names: Mapping[_Choice, Text], aliases: Mapping[str, _Choice]) -> dict[str, _Choice]:
    said = {word: key for key, name in names.items() for word in (key.value, name.en, name.zh)}
    return {fold(word): key for word, key in ({**aliases, **said}).items()}


KINDS = _words(KIND_NAMES, _KIND_ALIASES)
SOURCES = _words(SOURCE_NAMES, _SOURCE_ALIASES)
DATA_TYPES = _words(DATA_TYPE_NAMES, _DATA_TYPE_ALIASES)
ALLOCATIONS = _words(ALLOCATION_NAMES, _ALLOCATION_ALIASES)
