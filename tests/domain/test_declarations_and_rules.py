"""What must not slip in beside the lines: removals, second spellings, empty or impossible runs."""

from dataclasses import replace
from datetime import date

import pytest

from lca_models.errors import InvalidAmountError, UnknownUnitError
from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity, find_unit
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.errors import InvalidChainError
from service.domain.submission import Input, MemberProduct, NamedMaterial, Period, RecycledContent
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

LIBRARY = load_library()


def refusals(chain: Chain) -> str:
    with pytest.raises(InvalidChainError) as caught:
        lay_out(chain, LIBRARY)
    return str(caught.value)


def test_a_declaration_below_zero_is_refused() -> None:
    with pytest.raises(InvalidAmountError, match="below zero") as caught:
        make.declaration(gases={"CO2e": -500.0})
    assert "未扣减碳清除与碳抵消" in caught.value.to_text().zh


@pytest.mark.parametrize(
    ("written", "known"),
    [("ar6", "AR6"), ("AR 5", "AR5"), ("", "not_stated"), ("ILCD", "not_stated")],
)
def test_the_basis_of_a_declaration_is_spelt_in_one_way(written: str, known: str) -> None:
    assert replace(make.declaration(), gwp_basis=written).gwp_basis == known


def test_a_declaration_must_hold_when_the_period_ends() -> None:
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    held = [
        make.declaration(valid=Period(start, end)).covers(year)
        for start, end in (
            (date(2020, 1, 1), date(2025, 1, 1)),
            (date(2025, 6, 1), date(2026, 6, 1)),
            (date(2026, 1, 1), date(2027, 1, 1)),
        )
    ]
    assert held == [False, True, False]


@pytest.mark.parametrize("second", ["certificate", "CERTIFICATE", "Ｃertificate"])
def test_a_certificate_is_one_however_it_is_spelt(second: str) -> None:
    chain = make.chain_of(
        (make.product(),),
        (make.submission("product", make.own_emission()),),
        certificates=(make.certificate(), make.certificate(second)),
    )
    assert "Certificate given twice" in refusals(chain)


def test_activity_data_without_a_line_is_refused() -> None:
    told = refusals(make.chain_of((make.product(),), (make.submission("product"),)))
    assert "product product: The activity data has no line" in told


def test_amounts_that_are_impossible_together_are_refused_at_their_line() -> None:
    line = make.line(NamedMaterial("rebar"), "1e14 kg", label="bar")
    run = make.submission("product", line, makes=make.output("product", "0.001 kg"))
    told = refusals(make.chain_of((make.product(),), (run,)))
    assert "line bar" in told
    assert "no possible amount" in told


def test_a_product_of_nothing_but_gaps_has_no_footprint() -> None:
    chain = make.chain_of(
        (make.product(), make.product("other", "other")),
        (
            make.submission("product", make.line(MemberProduct("other"))),
            make.submission("other", make.line(NamedMaterial("copper"))),
        ),
    )
    footprints = calculate_footprints(chain, LIBRARY).footprints
    assert not footprints["other"].is_known
    assert not footprints["product"].is_known
    assert footprints["product"].coverage.valued_lines == 0
    assert footprints["product"].coverage.mass_share == 0


def test_mass_coverage_weighs_pieces_by_their_mass() -> None:
    # 4 brakes of 26 kg from a firm that has not answered, and 1 kg of bar: 1 of 105 kg has a value.
    chain = make.chain_of(
        (make.product(), make.product("brake", "brakes", "piece", mass_kg=26.0)),
        (
            make.submission(
                "product",
                make.line(MemberProduct("brake"), "4 piece", label="brakes"),
                make.line(NamedMaterial("rebar"), "1 kg", label="bar"),
            ),
        ),
    )
    coverage = calculate_footprints(chain, LIBRARY).footprints["product"].coverage
    assert coverage.mass_share == pytest.approx(1 / 105)


def test_recycled_packaging_makes_no_recycled_product() -> None:
    box = Input(
        "box",
        "box",
        Quantity(1, "kg"),
        NamedMaterial("rebar"),
        packaging=True,
        recycled=RecycledContent(post_consumer=1.0),
    )
    chain = make.chain_of(
        (make.product(),), (make.submission("product", box, make.line(NamedMaterial("rebar"))),)
    )
    assert calculate_footprints(chain, LIBRARY).footprints["product"].recycled_share is None


@pytest.mark.parametrize("symbol", ["mWh", "mJ", "G"])
def test_a_symbol_whose_case_tells_another_unit_is_asked_about(symbol: str) -> None:
    with pytest.raises(UnknownUnitError):
        find_unit(symbol)


def test_order_changes_no_digit() -> None:
    chain = make.chain(tiers=3)
    turned = replace(chain, submissions=chain.submissions[::-1], products=chain.products[::-1])
    one, other = (calculate_footprints(c, LIBRARY).footprints for c in (chain, turned))
    assert {key: f.impact.kg_co2e for key, f in one.items()} == {
        key: f.impact.kg_co2e for key, f in other.items()
    }


def test_a_product_cannot_leave_its_whole_run_to_a_co_product() -> None:
    run = make.submission(
        "product",
        make.own_emission("10 kg"),
        makes=make.output("product", value=0.0),
        co_products=(make.output("other", value=5.0),),
    )
    chain = make.chain_of((make.product(), make.product("other")), (run,))
    assert "product product: The product itself would bear nothing of its run" in refusals(chain)


@pytest.mark.parametrize("factor_id", ["waste-recycle-collect", "water-treat-uk", "greet-libasm"])
def test_a_service_is_no_screening_value_of_a_product(factor_id: str) -> None:
    product = replace(make.product(), screening=factor_id)
    assert f"“{factor_id}” covers a part only" in refusals(make.chain_of((product,)))
