"""A declaration's three ratings are read from documents and sheets, and told in results."""

import json

import pytest

from lca_models.facts.data_quality import UNKNOWN_QUALITY, DataQuality
from lca_models.facts.library import load_library
from service.domain.chain import Declaration
from service.domain.errors import InvalidDocumentError
from service.formats.chain.reading import read_chain
from service.formats.chain.sheet import ChainSheetReading, read_chain_sheet
from service.formats.result_document import FootprintPart
from service.formats.result_writing import to_result
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

DECLARATION = {
    "id": "wire",
    "owner": "丙",
    "name": "焊丝",
    "unit": "kg",
    "kg_co2e": 2.0,
    "valid_from": "2025-01-01",
    "valid_until": "2025-12-31",
    "statement": "p. 3",
}
SHEET = """供应链
编号,名称,链主,统计期开始,统计期结束
C1,示例链,A,2025-01-01,2025-12-31

企业
编号,中文名称,其他标识类型,其他标识编号
A,甲,其他,1

产品
编号,企业编号,名称,声明单位
P1,A,框架,件

{title}
{headings}
D1,丙,焊丝,kg,2.4,2025-01-01,2026-12-31,第3页,{ratings}
"""
HEADINGS = {
    "声明": "编号,声明方,名称,单位,kg CO2e,有效期开始,有效期结束,声明出处,"
    "技术代表性评分,地理代表性评分,时间代表性评分",
    "Declarations": "Declaration id,Owner,name,Unit,kg CO2e,Valid from,Valid until,"
    "Where it can be read,Technological rating,Geographical rating,Temporal rating",
}


def declared(ratings: dict[str, float] | None) -> Declaration:
    added = {} if ratings is None else {"data_quality": ratings}
    document = {**make.chain_document(), "declarations": [{**DECLARATION, **added}]}
    return read_chain(json.dumps(document).encode()).declarations[0]


def test_a_document_gives_some_ratings_and_leaves_the_others_unknown() -> None:
    assert declared({"technological": 1.5, "temporal": 2}).quality == DataQuality(1.5, 5, 2)
    assert declared(None).quality == UNKNOWN_QUALITY


@pytest.mark.parametrize("rating", [0.9, 5.1, True])
def test_a_document_with_an_impossible_rating_is_refused_by_its_field(rating: float) -> None:
    with pytest.raises(InvalidDocumentError, match=r"declarations\.0\.data_quality\.temporal"):
        declared({"temporal": rating})


def read_sheet(title: str, ratings: str) -> ChainSheetReading:
    text = SHEET.format(title=title, headings=HEADINGS[title], ratings=ratings)
    return read_chain_sheet(text.encode(), "chain.csv")


@pytest.mark.parametrize("title", HEADINGS)
def test_a_sheet_gives_ratings_in_both_languages(title: str) -> None:
    reading = read_sheet(title, "1.5,,2")
    assert reading.sheet is not None, [defect.to_text().en for defect in reading.defects]
    assert reading.sheet.declarations[0].quality == DataQuality(1.5, 5, 2)


@pytest.mark.parametrize(
    ("ratings", "told"),
    [("6,,", "The rating 6 is above 5."), (",0,", "The number 0 is not at least 1.")],
)
def test_a_sheet_with_an_impossible_rating_is_refused_at_its_cell(ratings: str, told: str) -> None:
    (defect,) = read_sheet("声明", ratings).defects
    assert defect.reason.en == told
    assert defect.place.row is not None


def result_of(data_quality: dict[str, float]) -> FootprintPart:
    document = make.chain_document()
    document["declarations"] = [{**DECLARATION, "data_quality": data_quality}]
    document["processes"] = [
        {
            "product": "axle",
            "output": {"quantity": "1 件"},
            "inputs": [{"name": "wire", "declared": "wire", "quantity": "1 kg"}],
        }
    ]
    chain = read_chain(json.dumps(document).encode())
    return to_result(calculate_footprints(chain, load_library()), ["axle"]).footprints[0]


def test_a_result_tells_ratings_share_left_out_and_usability() -> None:
    quality = result_of({"technological": 2, "geographical": 1, "temporal": 3}).quality
    assert quality.data_quality is not None
    assert quality.data_quality.model_dump() == {
        "technological": 2.0,
        "geographical": 1.0,
        "temporal": 3.0,
    }
    assert quality.exempted_share == 0
    assert quality.usability.level == "consistent"
    (need,) = quality.usability.next_needs
    assert need.reason.en == "It rests on declarations that nobody else has checked: 焊丝."
    assert need.cure.zh == "请声明方完成核查。"
