"""Rounding for others: deterministic, consistent, and of no use to who tries to undo it."""

from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.facts.data_quality import DataQuality
from service.domain.chain_footprint import SuppliedPart, split_by_firm
from service.domain.consent import Consent, GrantedDigits
from service.domain.disclosure import Figures, disclose, round_digits
from tests.members import NOW

QUALITY = DataQuality(1.24, 2.25, 3.35)


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (12345.0, 2, "12000"),
        (0.98765, 2, "0.99"),
        (0.995, 2, "1.00"),
        (1.25, 2, "1.2"),
        (1.35, 2, "1.4"),
        (-12.5, 2, "-12"),
        (3.0, 2, "3.0"),
        (1e-9, 2, "0.0000000010"),
        (0.0, 2, "0"),
        (12.3456, 17, "12.3456"),
    ],
)
def test_a_number_is_rounded_half_to_even_and_written_out(
    value: float, digits: int, written: str
) -> None:
    assert str(round_digits(value, digits)) == written.rstrip() or Decimal(written) == round_digits(
        value, digits
    )


def test_parts_are_in_steps_of_the_total_and_sum_to_it() -> None:
    seen = disclose(Figures(12345, {"CO2": 11600, "CH4": 745}, 0.456, QUALITY), 2)
    # CO2 alone would be 12000 and CH4 1000; the greatest takes what is left: 12000 - 1000.
    assert dict(seen.by_gas) == {"CO2": Decimal(11000), "CH4": Decimal(1000)}
    assert seen.primary_data_share == Decimal("0.46")
    assert [seen.technological, seen.geographical, seen.temporal] == [
        Decimal("1.2"),
        Decimal("2.2"),
        Decimal("3.4"),
    ]


AMOUNTS = st.floats(min_value=0, max_value=1e9)


@settings(max_examples=40, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.integers(2, 17))
def test_parts_always_sum_to_the_total_and_the_same_comes_out_twice(
    parts: list[float], digits: int
) -> None:
    figures = Figures(sum(parts), {str(n): part for n, part in enumerate(parts)}, 0.5, QUALITY)
    seen = disclose(figures, digits)
    assert seen == disclose(figures, digits)
    if seen.by_gas:
        assert sum(seen.by_gas.values()) == seen.kg_co2e


def test_two_digits_are_seen_where_nobody_consented_and_the_most_where_somebody_did() -> None:
    supplier, buyer, product = uuid4(), uuid4(), uuid4()
    consents = [
        Consent(uuid4(), supplier, buyer, None, 3, NOW),
        Consent(uuid4(), supplier, buyer, product, 5, NOW),
    ]
    granted = GrantedDigits(consents)
    assert granted.find(supplier, buyer, product) == 5
    assert granted.find(supplier, buyer, uuid4()) == 3
    assert granted.find(supplier, uuid4(), product) == 2


def test_a_chain_is_split_by_the_firms_that_are_seen() -> None:
    lead, mill, mine, smelter = uuid4(), uuid4(), uuid4(), uuid4()
    behind = {mill: 0.5049, mine: 0.3, smelter: 0.1951}
    found = split_by_firm(lead, 8.0, [SuppliedPart(mill, 7.0, behind, 2, frozenset({mine}))])
    # 7 of 8 are supplied; of these 0.50 by the mill, 0.30 by the mine, 0.20 by firms not seen.
    assert found == pytest.approx({lead: 1.0, mill: 3.5, mine: 2.1, None: 1.4})


def test_a_supplier_that_is_seen_counts_once() -> None:
    lead, forge = uuid4(), uuid4()
    part = SuppliedPart(forge, 57.0, {forge: 0.1031, uuid4(): 0.8969}, 2, frozenset({forge}))
    # The forge's own share is 0.10 of 57; the rest is of a firm that is not seen.
    assert split_by_firm(lead, 57.0, [part]) == pytest.approx({forge: 5.7, None: 51.3})


@settings(max_examples=20, deadline=None)
@given(st.floats(min_value=0.01, max_value=100))
def test_a_lead_that_varies_what_it_takes_learns_no_more_of_who_is_behind(taken: float) -> None:
    lead, mill, mine = uuid4(), uuid4(), uuid4()
    one = {mill: 0.601, mine: 0.399}
    other = {mill: 0.604, mine: 0.396}
    shown = [
        split_by_firm(lead, taken, [SuppliedPart(mill, taken, behind, 2, frozenset({mine}))])
        for behind in (one, other)
    ]
    assert shown[0] == shown[1]
