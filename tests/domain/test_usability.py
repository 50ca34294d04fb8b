"""Each level of usability is reached by its rules, and what keeps a footprint from it is told."""

from dataclasses import replace

import pytest

from lca_models.activities.drawn import MissingValue
from lca_models.calculate import calculate
from lca_models.facts.data_quality import DataQuality
from lca_models.impacts.impact import GapImpact
from service.domain.chain import Verification
from service.domain.footprint import Coverage, Footprint, FootprintGap
from service.domain.footprint_interval import NoInterval
from service.domain.submission import BackgroundSupply, DataType, DeclaredSupply, Notes
from service.domain.usability import Usability, find_usability
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make


def gap(upper: float | None, line: str = "copper") -> FootprintGap:
    missing = MissingValue(line, make.text("no value"), make.text("ask"))
    return FootprintGap(
        make.organisation("mill"), GapImpact("wire", line, 1.0, "kg", upper), missing
    )


def footprint(*gaps: FootprintGap, kg_co2e: float = 97.0) -> Footprint:
    """A footprint without any fault but its gaps."""
    inventory = make.inventory(make.process("product", make.emission(kg_co2e)))
    impact = calculate(inventory, make.library()).impacts["product"]
    return Footprint(
        product=make.product(),
        organisation=make.organisation(),
        impact=replace(impact, data_quality=DataQuality(3, 3, 3)),
        location_based_kg_co2e=kg_co2e,
        answered=True,
        coverage=Coverage(1, 1, None),
        recycled_share=None,
        allocation=None,
        gaps=gaps,
        factors=(),
        interval=NoInterval(make.text("nobody said"), make.text("ask")),
    )


def told(given: Footprint) -> tuple[Usability, list[str]]:
    found = find_usability(given)
    return found.level, [short.reason.en for short in found.shortfalls]


def test_what_is_left_out_is_a_share_of_the_total_with_it() -> None:
    # 1 and 2 kg CO2e are left out of 97 + 1 + 2.
    assert footprint(gap(1.0), gap(2.0)).exempted_share == pytest.approx(0.03)
    assert footprint().exempted_share == 0


def test_the_share_left_out_is_unknown_where_one_gap_has_no_bound() -> None:
    assert footprint(gap(1.0), gap(None)).exempted_share is None


def test_the_share_left_out_is_unknown_where_credits_outweigh_it() -> None:
    assert footprint(gap(1.0), kg_co2e=-2.0).exempted_share is None


def test_a_footprint_without_fault_is_complete() -> None:
    assert told(footprint(gap(3.0))) == (Usability.COMPLETE, [])


def test_more_than_three_percent_left_out_is_not_complete() -> None:
    level, reasons = told(footprint(gap(2.0, "copper"), gap(2.0, "zinc")))
    assert level is Usability.CONSISTENT
    assert reasons == ["More than 3 % may be left out: mill › copper; mill › zinc."]


def test_a_gap_without_bound_leaves_it_indicative() -> None:
    level, reasons = told(footprint(gap(1.0, "zinc"), gap(None, "copper")))
    assert level is Usability.INDICATIVE
    assert reasons == ["Nobody knows how much is left out: mill › copper."]


def test_long_lists_are_cut_and_counted() -> None:
    gaps = [gap(None, f"line {n}") for n in range(5)]
    found = find_usability(footprint(*gaps)).shortfalls[0].reason
    assert found.en.endswith("mill › line 0; mill › line 1; mill › line 2; 2 more.")
    assert found.zh.endswith("mill › line 0；mill › line 1；mill › line 2等5项。")


def test_a_maker_that_has_not_answered_leaves_it_indicative() -> None:
    level, reasons = told(replace(footprint(), answered=False))
    assert level is Usability.INDICATIVE
    assert reasons == ["Its maker has given no activity data."]


@pytest.mark.parametrize(
    ("quality", "level", "named"),
    [
        (DataQuality(4.1, 3, 4.5), Usability.INDICATIVE, "worse than 4: technological; temporal"),
        (DataQuality(4, 4, 4), Usability.CONSISTENT, "3: technological; geographical; temporal"),
        (DataQuality(3, 3.1, 3), Usability.CONSISTENT, "worse than 3: geographical"),
    ],
)
def test_poor_ratings_are_named(quality: DataQuality, level: Usability, named: str) -> None:
    given = footprint()
    reached, reasons = told(replace(given, impact=replace(given.impact, data_quality=quality)))
    assert reached is level
    assert [reason.endswith(f"{named}.") for reason in reasons] == [True]


def test_screening_values_beyond_three_percent_are_not_complete() -> None:
    given = footprint()
    for share, level in ((0.03, Usability.COMPLETE), (0.031, Usability.CONSISTENT)):
        impact = replace(given.impact, screening_share=share)
        assert told(replace(given, impact=impact))[0] is level


def test_nothing_known_has_no_level() -> None:
    chain = make.chain_of((make.product(),))
    found = calculate_footprints(chain, make.library()).footprints["product"]
    assert found.exempted_share is None
    assert told(found) == (Usability.UNKNOWN, ["Nothing along its chain has a value."])


def test_amounts_from_elsewhere_and_unchecked_declarations_are_named() -> None:
    guessed = replace(
        make.line(BackgroundSupply("factor"), label="steel"), notes=Notes(DataType.SECONDARY)
    )
    part = make.line(DeclaredSupply("declared"), label="part")
    chain = make.chain_of(
        (make.product(),),
        (make.submission("product", guessed, part),),
        declarations=(make.declaration(),),
    )
    found = calculate_footprints(chain, make.library(make.factor())).footprints["product"]
    assert found.secondary_lines == ("steel",)
    assert [declared.id for declared in found.unverified] == ["declared"]
    good = replace(found, impact=replace(found.impact, data_quality=DataQuality(1, 1, 1)))
    assert told(good) == (
        Usability.CONSISTENT,
        [
            "Its maker has not measured: steel.",
            "It rests on declarations that nobody else has checked: declared.",
        ],
    )


def test_a_checked_declaration_keeps_nobody_back() -> None:
    checked = replace(make.declaration(), verification=Verification.SECOND_PARTY)
    chain = make.chain_of(
        (make.product(),),
        (make.submission("product", make.line(DeclaredSupply("declared"))),),
        declarations=(checked,),
    )
    found = calculate_footprints(chain, make.library()).footprints["product"]
    assert found.unverified == ()
