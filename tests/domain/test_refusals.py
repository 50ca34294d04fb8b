"""Rules of the domain beyond those of a chain, and the guarantee that every error is read."""

import pytest

from lca_models.errors import GreenchainError, RuleBrokenError
from lca_models.facts.library import load_library
from service.domain import errors
from service.domain.calculation_limits import (
    CalculationLimits,
    refuse_large_answer,
    refuse_large_chain,
)
from service.domain.errors import (
    AnswerTooLargeError,
    ChainTooLargeError,
    InvalidChainError,
    UnknownProductError,
)
from service.domain.footprint import Footprint
from service.domain.submission import MemberProduct
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make
from tests.domain.test_chain_rules import REFUSED

LIBRARY = load_library()


def test_a_product_that_the_chain_lacks_is_told_the_ones_it_has() -> None:
    with pytest.raises(UnknownProductError) as caught:
        make.chain(tiers=2).get_product("axle")
    told = caught.value.to_text()
    assert told.en == "The chain has no product “axle”. It has: product 1, product 2."
    assert told.zh == "供应链中没有产品“axle”。可选产品：product 1, product 2。"


@pytest.mark.parametrize(
    ("limits", "en", "zh"),
    [
        (
            CalculationLimits(products=2, lines=99, parts=99),
            (
                "The chain has 3 products; one request may have 2. "
                "Calculate it on the command line: greenchain calculate."
            ),
            "该供应链有3个产品，单次请求上限为2个产品。请改用命令行计算：greenchain calculate。",
        ),
        (
            CalculationLimits(products=3, lines=4, parts=99),
            "The chain has 5 lines of activity data; one request may have 4.",
            "该供应链有5条活动数据，单次请求上限为4条活动数据。",
        ),
    ],
)
def test_a_chain_beyond_one_request_is_told_the_limit(
    limits: CalculationLimits, en: str, zh: str
) -> None:
    with pytest.raises(ChainTooLargeError) as caught:
        refuse_large_chain(make.chain(tiers=3), limits)
    told = caught.value.to_text()
    assert told.en.startswith(en)
    assert told.zh.startswith(zh)


def footprints() -> list[Footprint]:
    return list(calculate_footprints(make.chain(tiers=2), LIBRARY).footprints.values())


def test_an_answer_beyond_one_request_is_told_the_limit() -> None:
    # Product 1: two lines, two firms, one gas; product 2: one of each.
    with pytest.raises(AnswerTooLargeError) as caught:
        refuse_large_answer(footprints(), CalculationLimits(products=2, lines=2, parts=7))
    told = caught.value.to_text()
    assert told.en.startswith("The answer would have 8 lines, firms, gases and gaps; 7 are")
    assert told.zh.startswith("结果将包含8个明细、企业、气体和缺口条目，上限为7个。")


def test_what_is_just_within_the_limits_is_calculated() -> None:
    limits = CalculationLimits(products=2, lines=3, parts=8)
    refuse_large_chain(make.chain(tiers=2), limits)
    refuse_large_answer(footprints(), limits)


def test_all_breaches_are_told_at_once_each_with_its_place() -> None:
    chain = make.chain_of(
        (make.product(),),
        (
            make.submission(
                "product",
                make.line(MemberProduct("steel"), label="first"),
                make.line(MemberProduct("paint"), label="second"),
                make.own_emission("-1 kg"),
            ),
        ),
    )
    with pytest.raises(InvalidChainError) as caught:
        calculate_footprints(chain, LIBRARY)
    places = [defect.place for defect in caught.value.defects]
    assert {place.line for place in places} == {"first", "second", "own CO2"}
    assert {place.organisation for place in places} == {"firm"}
    codes = {defect.code for defect in caught.value.defects}
    assert codes == {"unknown-reference", "invalid-amount"}


# Errors that are read elsewhere: in test_organisation.py, test_document_text.py, in this file and
# in use_cases/test_missing_files.py.
ELSEWHERE = {
    "brightway-missing",
    "unusable-database",
    "invalid-identifier",
    "invalid-document",
    "invalid-chain",
    "unknown-product",
    "chain-too-large",
    "answer-too-large",
    "missing-file",
}


def test_every_error_of_the_domain_is_read_by_a_test() -> None:
    rules = [*GreenchainError.__subclasses__(), *RuleBrokenError.__subclasses__()]
    ours = {rule.code for rule in rules if rule.__module__ == errors.__name__}
    told = set()
    for chain, _, _ in REFUSED.values():
        with pytest.raises(InvalidChainError) as caught:
            calculate_footprints(chain, LIBRARY)
        told |= {defect.code for defect in caught.value.defects}
    assert ours <= told | ELSEWHERE
