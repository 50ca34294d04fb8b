"""The tables of a chain sheet and their columns: defined here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from lca_models.errors import Text
from lca_models.facts.names import fold
from lca_models.facts.units import DECLARED_UNITS
from service.domain.chain import Verification
from service.domain.organisation import IdentifierScheme, Role
from service.formats.chain.provinces import PROVINCES
from service.formats.sheets.headings import Column, fold_heading

_Choice = TypeVar("_Choice", bound=StrEnum)

ROLE_NAMES: Mapping[Role, Text] = {
    Role.LEAD: Text("lead", "链主"),
    Role.SUPPLIER: Text("supplier", "供应商"),
    Role.RECYCLER: Text("recycler", "再生企业"),
}
SCHEME_NAMES: Mapping[IdentifierScheme, Text] = {
    IdentifierScheme.LEI: Text("LEI", "LEI"),
    IdentifierScheme.DUNS: Text("DUNS", "邓白氏编码"),
    IdentifierScheme.OTHER: Text("other", "其他"),
}
VERIFICATION_NAMES: Mapping[Verification, Text] = {
    Verification.NONE: Text("none", "未核查"),
    Verification.SECOND_PARTY: Text("second party", "第二方核查"),
    Verification.THIRD_PARTY: Text("third party", "第三方核查"),
}


def _words(names: Mapping[_Choice, Text]) -> dict[str, _Choice]:
    return {fold(w): key for key, name in names.items() for w in (key.value, name.en, name.zh)}


ROLES = {**_words(ROLE_NAMES), "链主企业": Role.LEAD, "回收企业": Role.RECYCLER}
SCHEMES = _words(SCHEME_NAMES)
VERIFICATIONS = {
    **_words(VERIFICATION_NAMES),
    "无": Verification.NONE,
    "第二方": Verification.SECOND_PARTY,
    "第三方": Verification.THIRD_PARTY,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a chain sheet: a sheet of a workbook, or a part of a CSV file.

    Args:
        key: Its name in the code.
        name: Its name in both languages.
        columns: Its columns.
        required: Whether a chain sheet is of no use without it.
    """

    key: str
    name: Text
    columns: tuple[Column, ...]
    required: bool = True

    @property
    def names(self) -> frozenset[str]:
        """Names that are read as this section, folded."""
        zh, en = self.name.zh, self.name.en
        words = (self.key, zh, en, zh + en, en + zh, en.removesuffix("s"))
        return frozenset(fold_heading(word) for word in words)


def _id(en: str, zh: str) -> Column:
    note = Text("Short and unique in the chain.", "简短，链内唯一。")
    return Column("id", Text(en, zh), note, ("id", "编号"), required=True, width=18)


_NAME_ZH = Column(
    "name_zh",
    Text("Chinese name", "中文名称"),
    Text("One of the two names is enough.", "中英文名称至少填一个。"),
    ("名称", "name"),
    width=28,
)
_NAME_EN = Column(
    "name_en",
    Text("English name", "英文名称"),
    Text("One of the two names is enough.", "中英文名称至少填一个。"),
    width=28,
)
_ORGANISATION = Column(
    "organisation",
    Text("Firm id", "企业编号"),
    Text("Id of a firm of this chain.", "本链企业的编号。"),
    ("organisation id", "firm", "企业"),
    required=True,
)

_RATINGS = tuple(
    Column(
        key,
        heading,
        Text("1, best, to 5, worst. Empty: unknown.", "1（最好）至5（最差）；留空为未知。"),
        numeric=True,
    )
    for key, heading in (
        ("technological", Text("Technological rating", "技术代表性评分")),
        ("geographical", Text("Geographical rating", "地理代表性评分")),
        ("temporal", Text("Temporal rating", "时间代表性评分")),
    )
)

CHAIN = Section(
    "chain",
    Text("Chain", "供应链"),
    (
        _id("Chain id", "供应链编号"),
        _NAME_ZH,
        _NAME_EN,
        Column(
            "lead",
            Text("Lead firm id", "链主企业编号"),
            Text("Id of the lead firm.", "链主企业的编号。"),
            ("lead", "lead id", "链主"),
            required=True,
        ),
        Column(
            "period_start",
            Text("Period start", "统计期开始"),
            Text("First day, such as 2025-01-01.", "首日，如2025-01-01。"),
            required=True,
        ),
        Column(
            "period_end",
            Text("Period end", "统计期结束"),
            Text("Last day, such as 2025-12-31.", "末日，如2025-12-31。"),
            required=True,
        ),
        Column(
            "remark",
            Text("Remark", "备注"),
            Text("What a reader of the result must know.", "结果使用者须知事项。"),
            ("note", "说明"),
            width=40,
        ),
    ),
)
ORGANISATIONS = Section(
    "organisations",
    Text("Firms", "企业"),
    (
        _id("Firm id", "企业编号"),
        _NAME_ZH,
        _NAME_EN,
        Column(
            "uscc",
            Text("Unified social credit code", "统一社会信用代码"),
            Text("18 characters of the business licence.", "营业执照上的18位代码。"),
            ("uscc",),
            width=24,
        ),
        Column(
            "scheme",
            Text("Other register", "其他标识类型"),
            Text("For firms without such a code.", "无统一社会信用代码的企业填写。"),
            choices=tuple(SCHEME_NAMES.values()),
        ),
        Column(
            "number",
            Text("Number in the register", "其他标识编号"),
            Text("Number in that register.", "对应的编号。"),
            width=20,
        ),
        Column(
            "roles",
            Text("Role", "角色"),
            Text("Several are parted by a semicolon.", "多个角色用分号分隔。"),
            ("roles",),
            choices=tuple(ROLE_NAMES.values()),
        ),
        Column(
            "site",
            Text("Site", "厂址名称"),
            Text("Where it works.", "生产场所名称。"),
            width=20,
        ),
        Column(
            "province",
            Text("Province", "省份"),
            Text("Of the site.", "厂址所在省份。"),
            choices=tuple(PROVINCES.values()),
        ),
    ),
)
PRODUCTS = Section(
    "products",
    Text("Products", "产品"),
    (
        _id("Product id", "产品编号"),
        _ORGANISATION,
        _NAME_ZH,
        _NAME_EN,
        Column(
            "declared_amount",
            Text("Declared amount", "声明单位数量"),
            Text("Empty: 1.", "留空为1。"),
            numeric=True,
        ),
        Column(
            "declared_unit",
            Text("Declared unit", "声明单位"),
            Text("What a footprint is stated per.", "碳足迹结果所对应的单位。"),
            required=True,
            choices=tuple(Text(unit.symbol, unit.symbol) for unit in DECLARED_UNITS),
        ),
        Column(
            "mass_kg",
            Text("Mass of one declared unit (kg)", "每声明单位质量(kg)"),
            Text("Where it has one.", "如适用请填写。"),
            ("mass kg", "质量kg"),
            numeric=True,
        ),
        Column(
            "bom_file",
            Text("Bill of materials", "物料清单文件"),
            Text(
                "Name of the file beside this one. Empty: not answered yet.",
                "与本表放在同一文件夹的文件名；留空表示尚未填报。",
            ),
            ("bom", "bom file", "物料清单"),
            width=28,
        ),
        Column(
            "screening",
            Text("Screening value", "筛选替代值"),
            Text(
                "Material or factor id that stands in until the firm has answered.",
                "企业填报前暂用的材料名称或因子编号。",
            ),
            ("screening",),
            width=28,
        ),
    ),
)
DECLARATIONS = Section(
    "declarations",
    Text("Declarations", "声明"),
    (
        _id("Declaration id", "声明编号"),
        Column(
            "owner",
            Text("Owner", "声明方"),
            Text("Firm that states it: an id or a name.", "发布声明的企业编号或名称。"),
            required=True,
        ),
        _NAME_ZH,
        _NAME_EN,
        Column(
            "unit",
            Text("Unit", "单位"),
            Text("What the value is per.", "数值对应的单位。"),
            required=True,
        ),
        Column(
            "kg_co2e",
            Text("Footprint (kg CO2e per unit)", "碳足迹(kg CO2e/单位)"),
            Text("As declared.", "声明值。"),
            ("kg CO2e",),
            required=True,
            numeric=True,
        ),
        Column(
            "gwp_basis",
            Text("GWP basis", "GWP来源"),
            Text("Such as AR6, where it is stated.", "如AR6；未说明可留空。"),
        ),
        Column(
            "valid_from",
            Text("Valid from", "有效期开始"),
            Text("First day.", "首日。"),
            required=True,
        ),
        Column(
            "valid_until",
            Text("Valid until", "有效期结束"),
            Text("Last day.", "末日。"),
            required=True,
        ),
        Column(
            "primary_percent",
            Text("Primary data share (%)", "初级数据占比(%)"),
            Text("Empty: 0.", "留空为0。"),
            ("初级数据占比",),
            numeric=True,
        ),
        Column(
            "statement",
            Text("Where it can be read", "声明出处"),
            Text("Number, page or address of the declaration.", "声明编号、页码或网址。"),
            required=True,
            width=32,
        ),
        Column(
            "verification",
            Text("Verification", "核查情况"),
            Text("Who has checked it. Empty: nobody.", "由谁核查；留空为未核查。"),
            choices=tuple(VERIFICATION_NAMES.values()),
        ),
        *_RATINGS,
        Column(
            "uncertainty_gsd",
            Text("Geometric standard deviation", "几何标准差"),
            Text(
                "How far the value may be off, from 1, such as 1.1. Empty: not stated.",
                "声明值的不确定性，不小于1，如1.1；留空为未说明。",
            ),
            ("gsd",),
            numeric=True,
        ),
    ),
    required=False,
)
CERTIFICATES = Section(
    "certificates",
    Text("Certificates", "绿证"),
    (
        _id("Certificate number", "绿证编号"),
        _ORGANISATION,
        Column(
            "energy",
            Text("Energy", "电量"),
            Text("Energy that it stands for.", "绿证对应的电量。"),
            required=True,
            numeric=True,
        ),
        Column(
            "energy_unit",
            Text("Unit", "单位"),
            Text("kWh or MWh.", "kWh或MWh。"),
            required=True,
            choices=(Text("kWh", "kWh"), Text("MWh", "MWh")),
        ),
        Column(
            "technology",
            Text("Generation technology", "发电技术"),
            Text("How the power was generated, such as wind.", "发电方式，如风力发电。"),
            required=True,
            width=20,
        ),
    ),
    required=False,
)
SECTIONS = (CHAIN, ORGANISATIONS, PRODUCTS, DECLARATIONS, CERTIFICATES)
