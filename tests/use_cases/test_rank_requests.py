"""Whom to ask next is told in the words of the chain, and tells no value that a licence keeps."""

from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from lca_models.impacts.request import RequestKind
from service.domain.chain import Chain
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    DeclaredSupply,
    MemberProduct,
    NamedMaterial,
    Notes,
)
from service.formats.request_document import to_requests
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.rank_requests import rank_product_requests
from tests import make

LICENSED = replace(make.factor("licensed", 7.654321), geometric_sd2=1.44, redistributable=False)
LIBRARY = load_library().with_factors(
    replace(make.factor("open", 3.0), geometric_sd2=1.21), LICENSED
)


def car() -> Chain:
    """A car from an assumed amount, a measured one, a declaration, a silent member and a gap."""
    assumed = Notes(data_type=DataType.SECONDARY)
    return make.chain_of(
        (make.product("car"), make.product("silent", "other", screening="open")),
        (
            make.submission(
                "car",
                make.line(BackgroundSupply("licensed"), "2 kg", label="bought"),
                replace(
                    make.line(BackgroundSupply("open"), "0.5 kg", label="guess"), notes=assumed
                ),
                make.line(DeclaredSupply("declared"), "1 kg", label="stated"),
                make.line(MemberProduct("silent"), "1 kg", label="part"),
                make.line(NamedMaterial("铜"), "0.1 kg", label="wire"),
            ),
        ),
        declarations=(make.declaration(),),
    )


def test_requests_name_firm_product_line_and_what_stands_there() -> None:
    found = to_requests(rank_product_requests(car(), LIBRARY, "car"))
    told = [
        (part.kind, part.organisation.id, part.line, part.suppliers[0].id, part.measured)
        for part in found.requests
    ]
    assert told == [
        (RequestKind.PUBLISHED, "firm", "bought", "licensed", True),
        (RequestKind.SCREENING, "other", "—", "open", True),
        (RequestKind.PUBLISHED, "firm", "guess", "open", False),
        (RequestKind.DECLARED, "owner", None, "declared", True),
    ]
    assert found.requests[0].kg_co2e == pytest.approx(2 * 7.654321)
    assert found.requests[0].variance_removed > 0.5


def test_gaps_stand_apart_with_reason_and_cure() -> None:
    (gap,) = to_requests(rank_product_requests(car(), LIBRARY, "car")).gaps
    assert (gap.organisation.id, gap.product.id, gap.line) == ("firm", "car", "wire")
    assert "copper" in gap.reason.en
    assert gap.cure.zh


def test_a_ranking_is_of_the_footprint_and_its_method() -> None:
    ranked = rank_product_requests(car(), LIBRARY, "car", characterisation="AR5")
    found = calculate_footprints(car(), LIBRARY, characterisation="AR5")
    interval = found.footprints["car"].interval
    spread = getattr(interval, "standard_deviation_kg_co2e", None)
    assert ranked.ranking.standard_deviation_kg_co2e == pytest.approx(spread)
    assert ranked.method == found.method


def test_the_value_of_a_licensed_factor_is_not_told() -> None:
    found = rank_product_requests(car(), LIBRARY, "car")
    assert "7.654" not in to_requests(found).model_dump_json()
