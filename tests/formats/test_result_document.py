"""The result document holds the whole result, in full precision, and reads back the same."""

import json
import math

import pytest

from lca_models.facts.library import load_library
from service.domain.errors import UnknownProductError
from service.domain.footprint import ChainFootprints
from service.formats.chain.example import CHAIN_EXAMPLE
from service.formats.chain.reading import to_chain, validate_document
from service.formats.result_document import FootprintPart, ResultDocument
from service.formats.result_writing import to_result
from service.formats.schemas import DocumentKind, to_schema
from service.use_cases.calculate_footprints import calculate_footprints


def calculated(**changes: object) -> ChainFootprints:
    document = json.loads(json.dumps({**CHAIN_EXAMPLE, **changes}))
    return calculate_footprints(to_chain(validate_document(document)), load_library())


def footprint(product: str, **changes: object) -> FootprintPart:
    return to_result(calculated(**changes), [product]).footprints[0]


def test_it_reads_back_the_same() -> None:
    result = to_result(calculated())
    assert ResultDocument.model_validate_json(result.model_dump_json()) == result


def test_numbers_keep_every_digit() -> None:
    found = calculated()
    total = json.loads(to_result(found).model_dump_json())["footprints"][0]["kg_co2e"]
    assert total == found.footprints["bracket"].impact.kg_co2e


def test_every_split_sums_to_the_total() -> None:
    for part in to_result(calculated()).footprints:
        for split in (
            part.by_stage.values(),
            [gas.kg_co2e for gas in part.by_gas],
            [line.kg_co2e for line in part.by_line],
            [firm.kg_co2e for firm in part.by_organisation],
            part.by_gwp_basis.values(),
        ):
            assert math.fsum(split) == pytest.approx(part.kg_co2e, rel=1e-9)


def test_the_lead_firms_products_come_first() -> None:
    products = list(reversed(CHAIN_EXAMPLE["products"]))  # type: ignore[call-overload] # a list
    result = to_result(calculated(products=products))
    assert [part.product for part in result.footprints] == ["bracket", "sheet"]


def test_products_are_chosen_by_id() -> None:
    result = to_result(calculated(), ["sheet", "sheet"])
    assert [part.product for part in result.footprints] == ["sheet"]
    with pytest.raises(UnknownProductError, match="no product “x”"):
        to_result(calculated(), ["x"])


def test_lines_name_what_they_draw_on() -> None:
    lines = {(line.line, line.stage.value): line for line in footprint("bracket").by_line}
    sheet = lines["sheet", "materials"]
    assert sheet.supplier is not None
    assert (sheet.supplier.id, sheet.supplier.name.en) == ("sheet", "Steel sheet")


def test_a_gap_has_reason_cure_bound_and_comparisons_that_enter_nothing() -> None:
    result = to_result(calculated(), ["bracket"])
    (gap,) = result.footprints[0].gaps
    assert (gap.line, gap.unit) == ("copper rivets", "kg")
    assert gap.amount == pytest.approx(20 / 1000)
    assert gap.reason.en == "There is no good open value for copper."
    assert gap.cure.zh
    shown = {factor.id: factor for factor in result.cross_checks}
    assert set(gap.cross_checks) == set(shown)
    highest = max(f.kg_co2e or 0.0 for f in shown.values())
    assert gap.upper_kg_co2e == pytest.approx(gap.amount * highest)
    assert not set(shown) & {factor.id for factor in result.factors}


def test_factors_are_told_once_with_their_citation() -> None:
    result = to_result(calculated())
    ids = [factor.id for factor in result.factors]
    assert ids == sorted(set(ids))
    assert set(ids) == {key for part in result.footprints for key in part.factors}
    assert all(factor.citation.title and factor.citation.licence for factor in result.factors)


def test_what_nobody_knows_is_null_and_never_zero() -> None:
    part = footprint("sheet", processes=CHAIN_EXAMPLE["processes"][:1])  # type: ignore[index] # a list
    assert (part.answered, part.kg_co2e, part.location_based_kg_co2e) == (False, None, None)
    assert (part.by_stage, part.by_gas, part.by_organisation) == ({}, [], [])
    assert part.quality.primary_data_share is None
    assert len(part.gaps) == 1


def test_allocation_is_told_by_product() -> None:
    run = {
        "product": "bracket",
        "output": {"quantity": "1 piece", "value_per_unit": 30},
        "co_products": [{"product": "sheet", "quantity": "1 kg", "value_per_unit": 0}],
        "direct_emissions": [
            {"gas": "CO2", "quantity": "3 kg"},
            {"gas": "CO2", "quantity": "1 kg", "serves": "sheet"},
        ],
    }
    products = [dict(p, organisation="maker") for p in CHAIN_EXAMPLE["products"]]  # type: ignore[attr-defined] # a list
    allocation = footprint("bracket", products=products, processes=[run]).allocation
    assert allocation is not None
    assert allocation.method == "economic"
    assert {part.product: part.share for part in allocation.shares} == {"bracket": 1, "sheet": 0}
    assert allocation.value_ratio is None  # JSON has no infinity


def test_the_schemas_name_their_formats() -> None:
    for kind in DocumentKind:
        schema = to_schema(kind)
        assert f'"const": "greenchain.{kind}/1"' in json.dumps(schema)
        assert schema["additionalProperties"] is False
