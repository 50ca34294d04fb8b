"""Every admissible method side by side: totals, the span, and suppliers that change places."""

from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.chain import Chain
from service.domain.method_envelope import MethodChoice, MethodResult, RankFlip, find_flips
from service.domain.submission import (
    DeclaredSupply,
    DirectEmission,
    MemberProduct,
    NamedMaterial,
    RecycledContent,
    Waste,
)
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.compare_methods import compare_methods
from tests import make

LIBRARY = load_library()
MASS, ECONOMIC = AllocationMethod.MASS, AllocationMethod.ECONOMIC


def two_suppliers(*, priced: bool = True) -> Chain:
    """A car of 1 kg from a mill with a co-product, and 1 kg from a foundry.

    The mill emits 10 kg CO2 for 1 kg steel (value 9) and 1 kg slag (value 1): steel bears 9 kg by
    value, 5 kg by mass. The foundry emits 6 kg CO2.
    """
    values = (9.0, 1.0) if priced else (None, None)
    run = make.submission(
        "steel",
        make.own_emission("10 kg"),
        makes=make.output("steel", "1 kg", value=values[0]),
        co_products=(make.output("slag", "1 kg", value=values[1]),),
        allocation=ECONOMIC if priced else MASS,
    )
    car = make.submission(
        "car",
        make.line(MemberProduct("steel"), label="steel"),
        make.line(MemberProduct("casting"), label="casting"),
    )
    return make.chain_of(
        (
            make.product("car", "lead"),
            make.product("steel", "mill"),
            make.product("slag", "mill"),
            make.product("casting", "foundry"),
        ),
        (car, run, make.submission("casting", make.own_emission("6 kg"))),
    )


def by_choice(results: tuple[MethodResult, ...]) -> dict[MethodChoice, MethodResult]:
    return {result.choice: result for result in results}


def test_an_allocation_that_flips_the_ranking_is_flagged_with_the_pair() -> None:
    # By value steel 9 and casting 6 kg; by mass steel 5 and casting 6.
    envelope = compare_methods(two_suppliers(), LIBRARY)
    assert envelope.base.kg_co2e["car"] == pytest.approx(15)
    assert envelope.base.suppliers["car"] == pytest.approx({"mill": 9, "foundry": 6})
    found = by_choice(envelope.alternatives)
    by_mass = found[MethodChoice("AR6", MASS)]
    assert by_mass.kg_co2e["car"] == pytest.approx(11)
    assert list(by_mass.suppliers["car"]) == ["foundry", "mill"]
    assert by_mass.flips == (RankFlip("car", "mill", "foundry"),)
    assert found[MethodChoice("AR6", ECONOMIC)].flips == ()
    assert envelope.span("car") == pytest.approx((11, 15))


def test_methods_without_data_are_inadmissible_with_the_reason() -> None:
    envelope = compare_methods(two_suppliers(priced=False), LIBRARY)
    refused = {r.choice.allocation: r.reasons[0].to_text().en for r in envelope.inadmissible}
    assert set(refused) == set(AllocationMethod) - {AllocationMethod.PACT, MASS}
    assert refused[ECONOMIC].startswith(
        "firm mill, product steel: Output “steel” has no usable economic value"
    )


def test_a_run_without_the_data_keeps_its_method_and_is_named() -> None:
    chain = two_suppliers()
    gas = make.submission(
        "casting",
        make.own_emission("6 kg"),
        co_products=(make.output("gas", "1 kg"),),
        allocation=MASS,
    )
    products = (*chain.products, make.product("gas", "foundry"))
    chain = replace(chain, products=products, submissions=(*chain.submissions[:2], gas))
    found = by_choice(compare_methods(chain, LIBRARY).alternatives)
    economic = found[MethodChoice("AR6", ECONOMIC)]
    assert economic.kg_co2e["car"] == pytest.approx(9 + 3)
    assert [defect.place.product for defect in economic.kept] == ["casting"]


def test_a_bought_co_product_keeps_its_run_from_substitution() -> None:
    chain = two_suppliers()
    car = make.submission("car", make.line(MemberProduct("slag"), label="slag"))
    chain = replace(chain, submissions=(car, *chain.submissions[1:]))
    refused = compare_methods(chain, LIBRARY).inadmissible
    reasons = [r for r in refused if r.choice.allocation is AllocationMethod.SUBSTITUTION]
    assert "It is not said what the co-product" in reasons[0].reasons[0].reason.en


def test_the_base_is_what_calculate_gives() -> None:
    chain = two_suppliers()
    base = compare_methods(chain, LIBRARY).base
    found = calculate_footprints(chain, LIBRARY)
    assert base.kg_co2e == {key: f.impact.kg_co2e for key, f in found.footprints.items()}
    assert base.method == found.method


def test_the_rule_of_pact_is_tried_where_a_firm_chose_otherwise() -> None:
    # Per kg 9 and 1: more than fivefold, so by value, as in the base.
    chosen = compare_methods(two_suppliers(), LIBRARY).alternatives
    pact = by_choice(chosen)[MethodChoice("AR6", AllocationMethod.PACT)]
    assert pact.kg_co2e["car"] == pytest.approx(15)
    car, run, casting = two_suppliers().submissions
    by_pact = replace(run, allocation=AllocationMethod.PACT)
    alike = compare_methods(replace(two_suppliers(), submissions=(car, by_pact, casting)), LIBRARY)
    assert AllocationMethod.PACT not in {r.choice.allocation for r in alike.alternatives}


def ranked(**suppliers: float) -> MethodResult:
    base = compare_methods(two_suppliers(), LIBRARY).base
    order = dict(sorted(suppliers.items(), key=lambda entry: (-entry[1], entry[0])))
    return replace(base, suppliers={"car": order})


@pytest.mark.parametrize(
    ("base", "other", "pairs"),
    [
        # a falls below c; b, which stood level with a, does not
        ({"a": 10, "b": 10, "c": 9}, {"a": 5, "b": 10, "c": 9}, [("a", "c")]),
        # who stood level, or comes to stand level, overtakes nobody
        ({"a": 10, "b": 10}, {"a": 5, "b": 10}, []),
        ({"a": 10, "b": 9}, {"a": 9, "b": 9}, []),
        ({"a": 10, "b": 9}, {"a": 9, "b": 9 + 1e-12}, []),
        ({"a": 3, "b": 2, "c": 1}, {"a": 1, "b": 2, "c": 3}, [("a", "b"), ("b", "c")]),
        ({"a": 1, "b": -1}, {"a": -2, "b": -1}, [("a", "b")]),
    ],
)
def test_a_flip_is_found_behind_suppliers_who_stand_level(
    base: dict[str, float], other: dict[str, float], pairs: list[tuple[str, str]]
) -> None:
    found = find_flips(ranked(**base), ranked(**other))
    assert [(flip.ahead, flip.behind) for flip in found] == pairs


def test_a_supplier_without_a_value_has_no_rank() -> None:
    silent = make.line(MemberProduct("steel"), label="steel")
    car = make.submission("car", silent, make.own_emission())
    chain = make.chain_of((make.product("car", "lead"), make.product("steel", "mill")), (car,))
    assert compare_methods(chain, LIBRARY).base.suppliers["car"] == {}


def test_sets_of_gwps_stand_side_by_side() -> None:
    # 1 kg N2O: 273 by AR6, 265 by AR5.
    nitrous = DirectEmission("own", "N2O", Quantity(1, "kg"))
    chain = make.chain_of((make.product(),), (make.submission("product", nitrous),))
    envelope = compare_methods(chain, LIBRARY)
    assert envelope.base.kg_co2e["product"] == pytest.approx(273)
    (other,) = envelope.alternatives
    assert other.choice == MethodChoice("AR5")
    assert other.kg_co2e["product"] == pytest.approx(265)
    assert other.method.inputs_hash != envelope.base.method.inputs_hash
    assert (envelope.sensitivities, envelope.inadmissible, envelope.uncounted) == ((), (), ())


def test_declared_suppliers_are_ranked_and_factors_are_none() -> None:
    chain = make.chain_of(
        (make.product(),),
        (
            make.submission(
                "product",
                make.line(DeclaredSupply("bolt"), "3 kg", label="bolts"),
                make.line(NamedMaterial("rebar"), "1 kg", label="rebar"),
            ),
        ),
        declarations=(make.declaration("bolt", "forge"),),
    )
    assert compare_methods(chain, LIBRARY).base.suppliers["product"] == pytest.approx({"forge": 3})


def steel_user() -> Chain:
    """10 kg of converter steel, a fifth of it recycled, 1 kg of it back as scrap."""
    steel = replace(
        make.line(NamedMaterial("转炉钢"), "10 kg", label="steel"),
        recycled=RecycledContent(post_consumer=0.2),
    )
    rebar = replace(
        make.line(NamedMaterial("rebar"), "1 kg", label="rebar"),
        recycled=RecycledContent(pre_consumer=0.1),
    )
    scrap = Waste("scrap", "chips", "recycling", Quantity(1, "kg"), material="转炉钢")
    return make.chain_of((make.product(),), (make.submission("product", steel, rebar, scrap),))


def test_recycling_is_cut_off_and_other_methods_stand_beside() -> None:
    # Per kg: converter steel 2.32, scrap steel 0.67, rebar 2.34, collection 0.00468568.
    envelope = compare_methods(steel_user(), LIBRARY)
    rest = 2.34 + 0.00468568
    assert envelope.base.kg_co2e["product"] == pytest.approx(23.2 + rest)
    found = {r.choice.recycling: r.kg_co2e["product"] for r in envelope.sensitivities}
    content = 8 * 2.32 + 2 * 0.67
    assert found == pytest.approx(
        {
            RecyclingMethod.RECYCLED_CONTENT: content + rest,
            RecyclingMethod.SHARED_BURDENS: 8 * 2.32 + (2.32 + 0.67) - 0.5 * 1.65 + rest,
            RecyclingMethod.CLOSED_LOOP: content - 1.65 + rest,
            RecyclingMethod.CREDIT: 23.2 - 1.65 + rest,
        }
    )
    assert envelope.span("product") == pytest.approx((23.2 + rest, 23.2 + rest))


def test_in_a_closed_loop_own_scrap_replaces_primary_material_that_says_nothing_of_recycling() -> (
    None
):
    # 10 kg of converter steel, 1 kg of it back: 1 kg at 0.67 instead of 2.32.
    steel = make.line(NamedMaterial("转炉钢"), "10 kg", label="steel")
    scrap = Waste("scrap", "chips", "recycling", Quantity(1, "kg"), material="转炉钢")
    chain = make.chain_of((make.product(),), (make.submission("product", steel, scrap),))
    envelope = compare_methods(chain, LIBRARY)
    found = {r.choice.recycling: r.kg_co2e["product"] for r in envelope.sensitivities}
    base = 23.2 + 0.00468568
    assert envelope.base.kg_co2e["product"] == pytest.approx(base)
    assert found[RecyclingMethod.CLOSED_LOOP] == pytest.approx(base - 1.65)
    assert found[RecyclingMethod.RECYCLED_CONTENT] == pytest.approx(base)


def test_primary_material_alone_has_no_recycling_to_count_otherwise() -> None:
    steel = make.line(NamedMaterial("转炉钢"), "10 kg", label="steel")
    chain = make.chain_of((make.product(),), (make.submission("product", steel),))
    assert compare_methods(chain, LIBRARY).sensitivities == ()


def test_recycling_without_a_pair_of_values_is_not_invented() -> None:
    (uncounted,) = compare_methods(steel_user(), LIBRARY).uncounted
    assert uncounted.place.line == "rebar"
    assert uncounted.reason.en == (
        "The library has no primary and recycled value of “rebar” from one source."
    )
