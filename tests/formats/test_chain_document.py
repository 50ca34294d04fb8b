"""A chain document is read as written, or refused with field, firm, product and cure."""

import copy
import json
from datetime import date
from typing import Any

import pytest
import yaml

from lca_models.errors import GreenchainError
from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from lca_models.inventory.processes import DistributionKind
from service.domain.chain import Chain
from service.domain.errors import InvalidChainError, InvalidDocumentError
from service.domain.submission import DirectEmission, Input, MemberProduct
from service.formats.chain.reading import read_chain
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

CURE = "See the format's description (greenchain schema chain)."
CURE_ZH = "请参阅格式说明（greenchain schema chain）。"
GONE = object()


def changed(*changes: tuple[str, object]) -> dict[str, Any]:
    """The document of two firms with fields replaced, by their path; `GONE` takes one out."""
    document = copy.deepcopy(make.chain_document())
    for path, value in changes:
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        part: Any = document
        for step in way:
            part = part[step]
        if value is GONE:
            del part[last]
        else:
            part[last] = value
    return document


def as_json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def as_yaml(document: dict[str, Any]) -> bytes:
    return yaml.safe_dump(document, allow_unicode=True).encode()


def refusal(content: bytes, kind: type[GreenchainError]) -> tuple[list[str], list[str]]:
    with pytest.raises(kind) as caught:
        read_chain(content)
    told = caught.value.to_text()
    return told.en.split("\n"), told.zh.split("\n")


def test_a_document_is_read_as_a_chain() -> None:
    chain = read_chain(as_json(make.chain_document()))
    assert (chain.id, chain.name.zh, chain.name.en, chain.lead_id) == (
        "axles",
        "车桥",
        "Axles",
        "lead",
    )
    assert (chain.period.start, chain.period.end) == (date(2025, 1, 1), date(2025, 12, 31))
    axle = chain.submissions[0]
    assert axle.output.quantity == Quantity(1, "piece")
    assert axle.lines == (
        Input("inputs[1] steel", "steel", Quantity(2, "kg"), MemberProduct("steel")),
        DirectEmission("direct_emissions[1] CO2", "CO2", Quantity(3, "kg")),
    )


def test_the_document_has_the_footprint_worked_by_hand() -> None:
    chain = read_chain(as_json(make.chain_document()))
    axle = calculate_footprints(chain, load_library()).footprints["axle"]
    assert axle.impact.kg_co2e == pytest.approx(6.0)


def test_json_and_yaml_say_the_same() -> None:
    document = make.chain_document()
    chains: list[Chain] = [read_chain(write(document)) for write in (as_json, as_yaml)]
    assert chains[0] == chains[1] == read_chain(b"\xef\xbb\xbf" + as_json(document))


def test_a_quantity_is_text_or_fields() -> None:
    text = read_chain(as_json(changed(("processes.0.inputs.0.quantity", "2.5 千克"))))
    fields = changed(("processes.0.inputs.0.quantity", {"amount": 2.5, "unit": "kg"}))
    assert text == read_chain(as_json(fields))


def test_one_language_stands_in_for_the_other() -> None:
    chain = read_chain(as_json(changed(("name", {"zh": "车桥"}))))
    assert (chain.name.en, chain.name.zh) == ("车桥", "车桥")


# Path, value, place of the field, and what is told about it.
FIELDS: list[tuple[str, object, str, str, str]] = [
    ("lead", GONE, "line lead", "The field is missing.", "缺少该字段。"),
    (
        "products.1.declared_unit",
        GONE,
        "firm mill, product steel, line products.1.declared_unit",
        "The field is missing.",
        "缺少该字段。",
    ),
    (
        "processes.0.inputs.0.quantity",
        GONE,
        "firm lead, product axle, line processes.0.inputs.0.quantity",
        "The field is missing.",
        "缺少该字段。",
    ),
    ("offsets", [], "line offsets", "The format has no such field.", "格式中没有该字段。"),
    (
        "processes.1.output.unit",
        "kg",
        "firm mill, product steel, line processes.1.output.unit",
        "The format has no such field.",
        "格式中没有该字段。",
    ),
    (
        "processes.0.inputs.0.quantity",
        "two kg",
        "firm lead, product axle, line processes.0.inputs.0.quantity.amount",
        "This is not a number.",
        "不是有效数值。",
    ),
    (
        "processes.0.inputs.0.quantity",
        {"amount": True, "unit": "kg"},
        "firm lead, product axle, line processes.0.inputs.0.quantity.amount",
        "This is not a number.",
        "不是有效数值。",
    ),
    (
        "processes.0.inputs.0.quantity",
        "1e400 kg",
        "firm lead, product axle, line processes.0.inputs.0.quantity.amount",
        "The number is not finite.",
        "数值不是有限数。",
    ),
    (
        "processes.0.inputs.0.loss_share",
        1,
        "firm lead, product axle, line processes.0.inputs.0.loss_share",
        "The number must be below 1",
        "数值必须小于1",
    ),
    (
        "products.0.declared_amount",
        0,
        "firm lead, product axle, line products.0.declared_amount",
        "The number must be above 0",
        "数值必须大于0",
    ),
    ("id", "", "line id", "The text is empty.", "文本为空。"),
    ("id", 7, "line id", "This is not text; numbers need quotes.", "不是文本，数字请加引号。"),
    ("id", "x" * 201, "line id", "The text has more than 200 characters.", "文本超过200个字符。"),
    ("products", [], "line products", "At least 1 entries are expected.", "至少需要1项。"),
    ("products", "axle", "line products", "A list is expected.", "此处应为列表。"),
    (
        "format",
        "greenchain.chain/2",
        "line format",
        "Allowed are: 'greenchain.chain/1'.",
        "可选值：'greenchain.chain/1'。",
    ),
    (
        "period.start",
        "2025-02-30",
        "line period.start",
        "This is not a date such as 2025-12-31.",
        "不是有效日期，格式如2025-12-31。",
    ),
    (
        "period",
        {"start": "2025-12-31", "end": "2025-01-01"},
        "line period",
        "The period ends before it starts.",
        "期末早于期初。",
    ),
    (
        "organisations.0.identifier.scheme",
        "vat",
        "firm lead, line organisations.0.identifier.scheme",
        "Allowed are: 'uscc', 'lei', 'duns' or 'other'.",
        "可选值：'uscc', 'lei', 'duns' or 'other'。",
    ),
    (
        "name",
        {"zh": "", "en": ""},
        "line name",
        "Give the name in zh, en or both.",
        "请至少填写一种语言的名称。",
    ),
    (
        "processes.0.inputs.0.material",
        "steel",
        "firm lead, product axle, line processes.0.inputs.0",
        "Give exactly one of product, declared, factor, material.",
        "须且只能填写product、declared、factor、material之一。",
    ),
    (
        "processes.0.inputs.0.recycled",
        {"pre_consumer": 0.6, "post_consumer": 0.6},
        "firm lead, product axle, line processes.0.inputs.0.recycled",
        "The recycled shares exceed 1.",
        "再生料比例合计超过1。",
    ),
    (
        "processes.0.electricity",
        [{"quantity": "1 kWh", "source": "on_site"}],
        "firm lead, product axle, line processes.0.electricity.0",
        "On-site power needs its technology.",
        "自发电须填写发电技术。",
    ),
    (
        "processes.0.electricity",
        [{"quantity": "1 kWh", "source": "certified"}],
        "firm lead, product axle, line processes.0.electricity.0",
        "Certified power needs its certificate.",
        "绿电须填写绿证编号。",
    ),
    (
        "processes.0.inputs.0.uncertainty",
        {"distribution": "lognormal"},
        "firm lead, product axle, line processes.0.inputs.0.uncertainty",
        "Give pedigree, or a distribution with just its parameters:",
        "请填写谱系评分，或分布类型及其参数。",
    ),
    (
        "processes.0.inputs.0.uncertainty",
        {"pedigree": [1, 2, 3, 4]},
        "firm lead, product axle, line processes.0.inputs.0.uncertainty.pedigree",
        "At least 5 entries are expected.",
        "至少需要5项。",
    ),
]


@pytest.mark.parametrize(("path", "value", "place", "en", "zh"), FIELDS)
@pytest.mark.parametrize("write", [as_json, as_yaml])
def test_a_field_that_does_not_fit_is_told_with_its_place(
    path: str, value: object, place: str, en: str, zh: str, write: Any
) -> None:
    told_en, told_zh = refusal(write(changed((path, value))), InvalidDocumentError)
    assert any(line.startswith(f"{place}: {en}") and line.endswith(CURE) for line in told_en)
    assert any(zh in line and line.endswith(CURE_ZH) for line in told_zh)


DECLARATION = {
    "id": "epd",
    "owner": "somebody",
    "name": "steel",
    "unit": "kg",
    "valid_from": "2025-01-01",
    "valid_until": "2026-01-01",
    "statement": "in a drawer",
}


@pytest.mark.parametrize(
    ("fields", "en", "zh"),
    [
        ({}, "Give either kg_co2e or gases.", "须填写kg_co2e或gases之一。"),
        ({"kg_co2e": 1, "gases": {"CO2": 1}}, "Give either kg_co2e or gases.", "之一。"),
        ({"gases": {}}, "At least 1 entries are expected.", "至少需要1项。"),
        ({"gases": {"CO2": "much"}}, "This is not a number.", "不是有效数值。"),
        ({"kg_co2e": False}, "This is not a number.", "不是有效数值。"),
        (
            {"kg_co2e": 1, "valid_until": "2024-01-01"},
            "The validity ends before it starts.",
            "有效期截止早于开始。",
        ),
        (
            {"kg_co2e": 1, "primary_data_share": 40},
            "The number must be at most 1",
            "数值不得大于1",
        ),
    ],
)
def test_a_declaration_states_one_value_for_a_time(
    fields: dict[str, object], en: str, zh: str
) -> None:
    document = {**make.chain_document(), "declarations": [{**DECLARATION, **fields}]}
    told_en, told_zh = refusal(as_json(document), InvalidDocumentError)
    assert all(line.startswith("line declarations.0") for line in told_en)
    assert any(en in line for line in told_en)
    assert any(zh in line for line in told_zh)


def test_every_field_that_does_not_fit_is_told_at_once() -> None:
    wrong = changed(("lead", GONE), ("products.0.mass", "heavy"), ("processes.1.product", GONE))
    told_en, told_zh = refusal(as_json(wrong), InvalidDocumentError)
    assert len(told_en) == len(told_zh) == 3


# What has the right shape and cannot be used.
VALUES: list[tuple[str, object, str, str]] = [
    (
        "processes.0.inputs.0.quantity",
        "2 bushel",
        "firm lead, product axle, line inputs[1] steel: “bushel” is not a unit we know.",
        "企业“lead”，产品“axle”，明细“inputs[1] steel”：无法识别计量单位“bushel”。",
    ),
    (
        "processes.0.output.quantity",
        "2 bushel",
        "firm lead, product axle: “bushel” is not a unit we know.",
        "企业“lead”，产品“axle”：无法识别计量单位“bushel”。",
    ),
    (
        "products.1.declared_unit",
        "吨",
        "firm mill, product steel: “t” cannot be the declared unit of a product.",
        "企业“mill”，产品“steel”：“t”不能作为产品的声明单位。",
    ),
    (
        "products.0.mass",
        "5 kWh",
        "firm lead, product axle: The unit “kWh” measures energy, but an amount in “kg” (mass)",
        "企业“lead”，产品“axle”：单位“kWh”表示能量，此处应填写以“kg”计的质量。",
    ),
    (
        "products.1.mass",
        "5 kg",
        "firm mill, product steel: The declared unit is 1 kg, but its mass is 5 kg.",
        "企业“mill”，产品“steel”：声明单位为1千克，但填写的质量为5千克。",
    ),
    (
        "organisations.1.identifier",
        {"scheme": "uscc", "value": "914403001922038217"},
        "firm mill: The check character of the unified social credit code “914403001922038217”",
        "企业“mill”：统一社会信用代码“914403001922038217”的校验码不正确。",
    ),
    (
        "organisations.1.sites",
        [{"id": "works", "name": "厂区", "province": "Shaanxi"}],
        "firm mill: “Shaanxi” is not a province by ISO 3166-2.",
        "企业“mill”：“Shaanxi”不是ISO 3166-2省级代码。",
    ),
    (
        "certificates",
        [{"id": "gec", "organisation": "mill", "energy": "5 kg", "technology": "wind"}],
        "firm mill, line gec: The unit “kg” measures mass, but an amount in “kWh” (energy)",
        "企业“mill”，明细“gec”：单位“kg”表示质量，此处应填写以“kWh”计的能量。",
    ),
    (
        "declarations",
        [{**DECLARATION, "unit": "bushel", "kg_co2e": 1}],
        "firm somebody, product epd: “bushel” is not a unit we know.",
        "企业“somebody”，产品“epd”：无法识别计量单位“bushel”。",
    ),
]


@pytest.mark.parametrize(("path", "value", "en", "zh"), VALUES)
def test_a_value_that_cannot_be_used_is_told_with_its_place(
    path: str, value: object, en: str, zh: str
) -> None:
    told_en, told_zh = refusal(as_json(changed((path, value))), InvalidChainError)
    assert any(en in line for line in told_en), told_en
    assert any(zh in line for line in told_zh), told_zh


def test_packaging_is_told_apart_from_what_it_packs() -> None:
    box = [{"name": "box", "material": "纸板", "quantity": "1 kg"}]
    lines = read_chain(as_json(changed(("processes.0.packaging", box)))).submissions[0].lines
    packed = {line.label: line.packaging for line in lines if isinstance(line, Input)}
    assert packed == {"inputs[1] steel": False, "packaging[1] box": True}


def test_uncertainty_is_read_as_a_distribution() -> None:
    uncertainty = {"distribution": "triangular", "relative_low": 0.9, "relative_high": 1.2}
    chain = read_chain(as_json(changed(("processes.0.inputs.0.uncertainty", uncertainty))))
    found = chain.submissions[0].lines[0].notes.uncertainty
    assert found is not None
    assert (found.kind, found.relative_low, found.relative_high) == (
        DistributionKind.TRIANGULAR,
        0.9,
        1.2,
    )


def test_pedigree_scores_are_read_as_a_spread() -> None:
    # sqrt(exp(sqrt(ln(1.05)^2 + ln(1.1)^2))): best scores but for technology, which has 2.
    scores = {"pedigree": [1, 1, 1, 1, 2]}
    chain = read_chain(as_json(changed(("processes.0.inputs.0.uncertainty", scores))))
    found = chain.submissions[0].lines[0].notes.uncertainty
    assert found is not None
    assert found.kind is DistributionKind.LOGNORMAL
    assert found.geometric_sd == pytest.approx(1.0550, abs=5e-5)
