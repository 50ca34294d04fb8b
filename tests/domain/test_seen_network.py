"""What an owner is shown follows from what it knows: attacks on its suppliers' figures fail."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.facts.data_quality import UNKNOWN_QUALITY
from service.domain.consent import GrantedDigits
from service.domain.disclosure import Figures
from service.domain.footprint import Footprint
from service.domain.network import Answer, Network, drawn_products
from service.domain.seen_network import chain_as_seen, figures_of, list_supplies, true_id
from service.domain.submission import MemberProduct, Submission
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

LIBRARY = make.library()
OWN, STEEL, ORE = (str(UUID(int=n)) for n in (1, 2, 3))
FIRMS = {OWN: UUID(int=11), STEEL: UUID(int=12), ORE: UUID(int=13)}
NOBODY_CONSENTED = GrantedDigits([])


def network(*submissions: Submission) -> Network:
    products = tuple(make.product(key, str(firm)) for key, firm in FIRMS.items())
    answers = {
        submission.product_id: Answer(
            submission_id=UUID(submission.product_id),
            organisation_id=FIRMS[submission.product_id],
            number=1,
            salt="",
            process={},
            submission=submission,
            drawn=drawn_products(submission),
        )
        for submission in submissions
    }
    return Network(make.chain_of(products, submissions), answers)


def supply(steel_kg: float, taken_kg: float, own_kg: float) -> Network:
    bought = make.line(MemberProduct(STEEL), f"{taken_kg} kg")
    return network(
        make.submission(OWN, bought, make.own_emission(f"{own_kg} kg")),
        make.submission(STEEL, make.own_emission(f"{steel_kg} kg")),
    )


def see(whole: Network, **figures: Figures | None) -> Footprint:
    """What the maker of the first product is shown."""
    found = calculate_footprints(whole.chain, LIBRARY).footprints
    figures = {key: figures_of(found[key]) for key in whole.answers} | figures
    chain = chain_as_seen(whole, [OWN], figures, NOBODY_CONSENTED)
    return calculate_footprints(chain, LIBRARY).footprints[OWN]


def test_the_total_less_ones_own_lines_is_the_released_footprint() -> None:
    seen = see(supply(steel_kg=3.4567, taken_kg=2, own_kg=1))
    assert (seen.impact.kg_co2e - 1) / 2 == pytest.approx(3.5)


@settings(max_examples=20, deadline=None)
@given(
    st.floats(min_value=3.451, max_value=3.549),
    st.floats(min_value=0.1, max_value=100),
    st.floats(min_value=0.1, max_value=100),
)
def test_whatever_the_owner_submits_suppliers_that_round_alike_look_alike(
    steel_kg: float, taken_kg: float, own_kg: float
) -> None:
    seen = see(supply(steel_kg, taken_kg, own_kg))
    assert seen == see(supply(3.5, taken_kg, own_kg))


def test_who_supplies_the_supplier_is_not_seen() -> None:
    bought = make.line(MemberProduct(STEEL), "2 kg")
    ore = make.line(MemberProduct(ORE), "4 kg")
    seen = see(
        network(
            make.submission(OWN, bought),
            make.submission(STEEL, ore),
            make.submission(ORE, make.own_emission("1 kg")),
        )
    )
    assert seen.impact.kg_co2e == pytest.approx(8)
    assert {part.organisation for part in seen.impact.by_organisation} == {str(FIRMS[STEEL])}


def test_a_loop_through_a_supplier_tells_nothing_of_what_it_takes() -> None:
    def looped(back_kg: float, own_of_steel: float) -> Network:
        bought = make.line(MemberProduct(STEEL), "0.5 kg")
        back = make.line(MemberProduct(OWN), f"{back_kg} kg")
        return network(
            make.submission(OWN, bought, make.own_emission("1 kg")),
            make.submission(STEEL, back, make.own_emission(f"{own_of_steel} kg")),
        )

    # Steel s = back + own + 0.5 back s: s = (0.2 + 1.6) / 0.9 = 2, and (0.4 + 1.2) / 0.8 = 2.
    assert see(looped(0.2, 1.6)) == see(looped(0.4, 1.2))


def test_a_supplier_that_has_not_answered_looks_as_it_is() -> None:
    bought = make.line(MemberProduct(STEEL), "2 kg")
    whole = network(make.submission(OWN, bought, make.own_emission("1 kg")))
    assert list_supplies(whole, OWN, NOBODY_CONSENTED) == ()


@pytest.mark.parametrize("figures", [None, Figures(-1, {}, 1, UNKNOWN_QUALITY)])
def test_a_supplier_without_a_usable_footprint_is_a_gap_and_no_zero(
    figures: Figures | None,
) -> None:
    seen = see(supply(steel_kg=3, taken_kg=2, own_kg=1), **{STEEL: figures})
    assert seen.impact.kg_co2e == pytest.approx(1)
    assert [true_id(gap.impact.product) for gap in seen.gaps] == [STEEL]
