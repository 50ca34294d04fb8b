"""Every admissible method side by side: totals, the span, and suppliers that change places."""

from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.chain import Chain
from service.domain.method_envelope import MethodChoice, MethodResult, RankFlip
from service.domain.submission import (
    DeclaredSupply,
    DirectEmission,
    MemberProduct,
    NamedMaterial,
    RecycledContent,
    Waste,
)
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


def test_recycling_without_a_pair_of_values_is_not_invented() -> None:
    (uncounted,) = compare_methods(steel_user(), LIBRARY).uncounted
    assert uncounted.place.line == "rebar"
    assert uncounted.reason.en == (
        "The library has no primary and recycled value of “rebar” from one source."
    )
