"""Runs with co-products: lines of one product alone, stated shares, and credits."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.facts.library import load_library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.errors import InvalidChainError
from service.domain.footprint import ChainFootprints
from service.domain.submission import (
    DirectEmission,
    Displacement,
    Line,
    MemberProduct,
    NamedMaterial,
    Output,
)
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

LIBRARY = load_library()
CEMENT = LIBRARY.get_footprint_factor("gb51366-portland-cement-market-average").kg_co2e
GRID = 0.5777
STATED, SUBSTITUTION = AllocationMethod.STATED, AllocationMethod.SUBSTITUTION


def serving(product_id: str | None, line: Line) -> Line:
    return replace(line, notes=replace(line.notes, serves=product_id))


def emits(kg: float, label: str, serves: str | None = None) -> Line:
    return serving(serves, DirectEmission(label, "CO2", Quantity(kg, "kg")))


def steelworks(
    *lines: Line,
    slag: Output | None = None,
    steel_share: float | None = None,
    allocation: AllocationMethod = AllocationMethod.MASS,
    more: tuple[Line, ...] = (),
) -> Chain:
    """A run of 900 kg steel and 100 kg slag; with `more` lines, a builder who buys them."""
    steel = replace(make.output("steel", "900 kg"), share=steel_share)
    run = make.submission(
        "steel",
        *lines,
        makes=steel,
        co_products=(slag or make.output("slag", "100 kg"),),
        allocation=allocation,
    )
    products = (make.product("steel", "mill"), make.product("slag", "mill"))
    if not more:
        return make.chain_of(products, (run,))
    house = make.product("house", "builder", "piece")
    return make.chain_of(
        (*products, house),
        (run, make.submission("house", *more, makes=make.output("house", "1 piece"))),
    )


def solve(chain: Chain) -> ChainFootprints:
    return calculate_footprints(chain, LIBRARY)


def totals(chain: Chain) -> dict[str, float]:
    return {key: found.impact.kg_co2e for key, found in solve(chain).footprints.items()}


def refusal(chain: Chain) -> str:
    with pytest.raises(InvalidChainError) as caught:
        solve(chain)
    return caught.value.to_text().en


def displacing(what: str = "cement", per_unit: str = "0.9 kg") -> Output:
    return replace(
        make.output("slag", "100 kg"), displaces=Displacement(what, make.amount_of(per_unit))
    )


def test_a_line_that_serves_one_product_is_borne_by_it_alone() -> None:
    # Common 1000 kg by mass 9 : 1; casting 180 kg for steel alone, granulation 20 kg for slag.
    found = totals(
        steelworks(
            emits(1000, "furnace"), emits(180, "casting", "steel"), emits(20, "mill", "slag")
        )
    )
    assert found["steel"] == pytest.approx((900 + 180) / 900)
    assert found["slag"] == pytest.approx((100 + 20) / 100)


def test_coverage_counts_the_lines_that_a_product_bears() -> None:
    unknown = serving("slag", make.line(NamedMaterial("phlogiston"), label="secret"))
    found = solve(steelworks(emits(1000, "furnace"), unknown)).footprints
    steel, slag = found["steel"], found["slag"]
    assert (steel.coverage.lines, steel.coverage.valued_lines, steel.gaps) == (1, 1, ())
    assert (slag.coverage.lines, slag.coverage.valued_lines) == (2, 1)
    assert [gap.impact.line for gap in slag.gaps] == ["secret"]


def test_a_line_that_serves_what_the_run_does_not_make_is_refused_by_name() -> None:
    told = refusal(steelworks(emits(1, "furnace"), emits(1, "casting", "iron")))
    assert told == (
        "firm mill, product steel, line casting: The line serves “iron”, which this run does not "
        "make. It makes: steel, slag. Name one of them, or none if all share the line."
    )


def test_stated_shares_are_used_as_stated() -> None:
    slag = replace(make.output("slag", "100 kg"), share=0.25)
    chain = steelworks(emits(1000, "furnace"), slag=slag, steel_share=0.75, allocation=STATED)
    assert totals(chain) == pytest.approx({"steel": 750 / 900, "slag": 250 / 100})
    assert "sum to 0.85, not to 1" in refusal(
        steelworks(emits(1, "furnace"), slag=slag, steel_share=0.6, allocation=STATED)
    )


def test_a_process_says_its_share_and_the_method_behind_it() -> None:
    inventory = lay_out(steelworks(emits(1000, "furnace")), LIBRARY).inventory
    found = {p.product: (p.share, p.allocation) for p in inventory.processes}
    assert found == {"steel": (0.9, "mass"), "slag": (0.1, "mass")}
    (alone,) = lay_out(make.chain(tiers=1), LIBRARY).inventory.processes
    assert (alone.share, alone.allocation) == (1.0, "")


def test_a_displaced_product_is_a_credit_on_a_line_of_its_own() -> None:
    # The whole run, granulation included, less 100 kg slag x 0.9 kg cement.
    chain = steelworks(
        emits(1000, "furnace"),
        emits(20, "mill", "slag"),
        slag=displacing(),
        allocation=SUBSTITUTION,
    )
    steel = solve(chain).footprints["steel"]
    assert steel.impact.kg_co2e == pytest.approx((1020 - 90 * CEMENT) / 900)
    assert steel.impact.by_stage[Stage.CREDIT] == pytest.approx(-90 * CEMENT / 900)
    credit = [line for line in steel.impact.by_line if line.stage is Stage.CREDIT]
    assert [line.line for line in credit] == ["slag"]
    assert steel.allocation is not None
    assert steel.allocation.shares == (1.0, 0.0)
    # A credit has no primary data, and counts by its size.
    own, owed = 1020, 90 * CEMENT
    assert steel.impact.primary_data_share == pytest.approx(own / (own + owed))


def test_a_total_may_fall_below_zero_and_shows_it() -> None:
    chain = steelworks(emits(10, "furnace"), slag=displacing(), allocation=SUBSTITUTION)
    assert totals(chain)["steel"] == pytest.approx((10 - 90 * CEMENT) / 900)
    assert totals(chain)["steel"] < 0


def test_power_sold_may_displace_the_grid() -> None:
    chain = steelworks(
        emits(1000, "furnace"),
        slag=displacing(LIBRARY.electricity.grid, "2 kWh"),
        allocation=SUBSTITUTION,
    )
    assert totals(chain)["steel"] == pytest.approx((1000 - 200 * GRID) / 900)


def test_a_substituted_co_product_has_no_footprint_and_is_no_gap_of_others() -> None:
    chain = steelworks(emits(1000, "furnace"), slag=displacing(), allocation=SUBSTITUTION)
    found = solve(chain).footprints
    assert not found["slag"].is_known
    (gap,) = found["slag"].gaps
    assert gap.missing.reason.en.startswith("“slag” leaves its run by substitution, against a")
    assert gap.missing.reason.zh.startswith("“slag”以替代法处理")
    assert found["steel"].gaps == ()


def test_a_member_may_not_draw_on_a_substituted_co_product() -> None:
    bought = (make.line(MemberProduct("slag"), "5 kg", label="aggregate"),)
    told = refusal(
        steelworks(emits(1000, "furnace"), slag=displacing(), allocation=SUBSTITUTION, more=bought)
    )
    assert told.startswith("firm builder, product house, line aggregate: “slag” leaves its run by")
    assert told.endswith("Ask its maker to share the run by mass, energy or value.")


@pytest.mark.parametrize(
    ("slag", "en"),
    [
        (make.output("slag", "100 kg"), "It is not said what the co-product “slag” displaces."),
        (displacing("copper"), "There is no good open value for copper, so none for displacing"),
        (displacing("slate"), "No emission factor has the id “slate”."),
        (displacing("cpcd-al-recycled"), "“cpcd-al-recycled” may only be shown beside a result;"),
        (displacing("cement", "0 kg"), "The displaced amount 0 is not above zero."),
        (displacing("cement", "3 kWh"), "“kWh”"),
        (displacing("el-pcf-cn-wind-2024", "1 kWh"), "“el-pcf-cn-wind-2024” covers a part only"),
    ],
)
def test_what_cannot_be_displaced_is_refused(slag: Output, en: str) -> None:
    told = refusal(steelworks(emits(1, "furnace"), slag=slag, allocation=SUBSTITUTION))
    assert told.startswith("firm mill, product steel")
    assert en in told


def test_a_co_product_that_would_be_free_is_refused_unless_a_line_is_its_own() -> None:
    free = replace(make.output("slag", "100 kg"), share=0.0)
    furnace = emits(900, "furnace")
    told = refusal(steelworks(furnace, slag=free, steel_share=1.0, allocation=STATED))
    assert told == (
        "firm mill, product steel: The co-product “slag” would bear nothing of its run, and be "
        "free to who buys it. If it is worth nothing, list it as waste; otherwise give its share, "
        "or choose another allocation method."
    )
    own = emits(20, "mill", "slag")
    chain = steelworks(furnace, own, slag=free, steel_share=1.0, allocation=STATED)
    assert totals(chain) == pytest.approx({"steel": 1.0, "slag": 0.2})


def test_the_amount_of_a_credit_was_not_measured() -> None:
    chain = steelworks(emits(1000, "furnace"), slag=displacing(), allocation=SUBSTITUTION)
    steel, _ = lay_out(chain, LIBRARY).inventory.processes
    assert [exchange.primary for exchange in steel.exchanges] == [False]


@settings(max_examples=30, deadline=None)
@given(
    common=st.floats(1, 1e4),
    own=st.floats(1, 1e4),
    slag_share=st.floats(0.01, 0.99),
    missing_kg=st.floats(0.1, 1e3),
)
def test_the_products_of_a_run_bear_all_of_it_and_no_more(
    common: float, own: float, slag_share: float, missing_kg: float
) -> None:
    chain = steelworks(
        emits(common, "furnace"),
        emits(own, "mill", "slag"),
        make.line(NamedMaterial("cement"), "7 kg", label="binder"),
        make.line(NamedMaterial("phlogiston"), f"{missing_kg} kg", label="secret"),
        slag=replace(make.output("slag", "100 kg"), share=slag_share),
        steel_share=1 - slag_share,
        allocation=STATED,
    )
    found = solve(chain).footprints
    made = {"steel": 900, "slag": 100}
    borne = sum(made[key] * each.impact.kg_co2e for key, each in found.items())
    assert borne == pytest.approx(common + own + 7 * CEMENT)
    left_out = sum(
        made[key] * gap.impact.amount for key, each in found.items() for gap in each.gaps
    )
    assert left_out == pytest.approx(missing_kg)
