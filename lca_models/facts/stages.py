"""The life-cycle stages from cradle to gate that results are split by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lca_models.errors import Text


class Stage(StrEnum):
    """Life-cycle stages from cradle to gate, as a product's own inventory tells them.

    A credit is no stage of life: it stands apart, so that it hides in none.
    """

    MATERIALS = "materials"
    PACKAGING = "packaging"
    TRANSPORT_INBOUND = "transport_inbound"
    ENERGY = "energy"
    DIRECT = "direct"
    WASTE = "waste"
    CREDIT = "credit"


STAGE_NAMES: Mapping[Stage, Text] = {
    Stage.MATERIALS: Text(en="Materials", zh="原材料获取"),
    Stage.PACKAGING: Text(en="Packaging", zh="包装"),
    Stage.TRANSPORT_INBOUND: Text(en="Inbound transport", zh="运入运输"),
    Stage.ENERGY: Text(en="Energy", zh="能源"),
    Stage.DIRECT: Text(en="Direct emissions", zh="直接排放"),
    Stage.WASTE: Text(en="Waste treatment", zh="废弃物处理"),
    Stage.CREDIT: Text(en="Credits", zh="替代抵扣"),
}
