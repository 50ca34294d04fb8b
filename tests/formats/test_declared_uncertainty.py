"""How far a declaration may be off is read from documents and from chain sheets."""

import json

import pytest

from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.chain import Declaration
from service.domain.errors import InvalidDocumentError
from service.formats.chain.reading import read_chain
from service.formats.chain.sheet import ChainSheetReading, read_chain_sheet
from tests import make
from tests.formats.test_declared_ratings import DECLARATION, SHEET

HEADINGS = "编号,声明方,名称,单位,kg CO2e,有效期开始,有效期结束,声明出处,几何标准差"


def declared(**uncertainty: object) -> Declaration:
    declaration = {**DECLARATION, "uncertainty": uncertainty}
    document = {**make.chain_document(), "declarations": [declaration]}
    return read_chain(json.dumps(document).encode()).declarations[0]


def read_sheet(spread: str) -> ChainSheetReading:
    text = SHEET.format(title="声明", headings=HEADINGS, ratings=spread)
    return read_chain_sheet(text.encode(), "chain.csv")


def test_a_document_states_it_as_of_a_line() -> None:
    assert declared(distribution="normal", relative_sd=0.1).uncertainty == Uncertainty(
        DistributionKind.NORMAL, relative_sd=0.1
    )
    # Five best scores leave the basic uncertainty: the square root of 1.05.
    pedigree = declared(pedigree=[1, 1, 1, 1, 1]).uncertainty
    assert pedigree is not None
    assert pedigree.geometric_sd == pytest.approx(1.05**0.5)


def test_a_distribution_without_its_parameters_is_refused_by_its_field() -> None:
    with pytest.raises(InvalidDocumentError, match=r"declarations\.0\.uncertainty"):
        declared(distribution="lognormal")


@pytest.mark.parametrize(("written", "spread"), [("1.2", 1.2), ("1", None), ("", None)])
def test_a_sheet_states_a_geometric_standard_deviation(written: str, spread: float | None) -> None:
    reading = read_sheet(written)
    assert reading.sheet is not None, [defect.to_text().en for defect in reading.defects]
    found = reading.sheet.declarations[0].uncertainty
    expected = spread and Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=spread)
    assert found == expected


def test_a_sheet_with_an_impossible_spread_is_refused_at_its_cell() -> None:
    (defect,) = read_sheet("0.9").defects
    assert defect.reason.en == "The number 0.9 is not at least 1."
