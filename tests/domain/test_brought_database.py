"""A database that is brought becomes square, or every reason why not is told."""

from dataclasses import replace
from typing import Any

import pytest

from lca_models.facts.elementary_flows import ElementaryFlow, load_elementary_flows
from service.domain.brought_database import Activity, BroughtDatabase, SquareDatabase, square
from service.domain.errors import UnusableDatabaseError

CO2 = ElementaryFlow("Carbon dioxide, fossil", "air", "124-38-9", "kilogram")
DUST = ElementaryFlow("Dust", "air", "", "kilogram")
CHLOROFORM = ElementaryFlow("Chloroform", "air::urban", "67-66-3", "kilogram")


def activity(name: str) -> Activity:
    return Activity(name, name, name, "kilogram", "GLO")


def database() -> BroughtDatabase:
    """Steel makes 2 kg from 1 kg of ore and leaves 0.5 kg of slag to be treated."""
    return BroughtDatabase(
        versions={},
        activities=(activity("steel"), activity("ore"), activity("slag")),
        products=(),
        flows=(CO2, DUST),
        made=((0, 0, 2.0), (1, 1, 1.0), (2, 2, -1.0)),
        taken=((0, 1, 1.0), (0, 2, -0.5)),
        emitted=((0, 0, 3.0), (0, 1, 9.0), (2, 0, 0.25)),
    )


def squared(given: BroughtDatabase, *leave_out: str) -> SquareDatabase:
    return square(given, load_elementary_flows(), leave_out=leave_out)


def reasons(given: BroughtDatabase, *leave_out: str) -> list[str]:
    with pytest.raises(UnusableDatabaseError) as refused:
        squared(given, *leave_out)
    return [defect.reason.en for defect in refused.value.defects]


def test_activities_stand_in_order_of_their_ids_with_what_they_make_above_zero() -> None:
    found = squared(database())
    assert [a.id for a in found.activities] == ["ore", "slag", "steel"]
    # The treatment of 1 kg of slag is stated as -1 kg made; here it is a service of +1.
    assert found.technosphere == (
        (0, 0, 1.0),
        (0, 2, -1.0),
        (1, 1, 1.0),
        (1, 2, -0.5),
        (2, 2, 2.0),
    )
    assert found.emissions_kg == (("CO2", 1, 0.25), ("CO2", 2, 3.0))
    assert (found.left_out, found.other_flows) == ({}, 1)


def test_a_product_that_stands_apart_gives_name_and_unit() -> None:
    given = database()
    apart = Activity("p", "pig iron", "", "ton", "GLO")
    found = squared(replace(given, products=(apart,), made=((0, 3, 2.0), *given.made[1:])))
    assert (found.activities[2].product, found.activities[2].unit) == ("pig iron", "ton")


def test_what_is_displaced_is_given_back() -> None:
    given = database()
    found = squared(replace(given, taken=((0, 1, 1.0), (0, 1, -0.25))))
    assert (0, 2, -0.75) in found.technosphere


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"made": ((0, 0, 2.0), (0, 1, 1.0), (2, 2, -1.0))},
            ["1 activities make several products: steel.", "1 activities make nothing: ore."],
        ),
        (
            {"made": ((0, 0, 2.0), (1, 1, 0.0), (2, 2, -1.0))},
            [
                "1 activities make nothing: ore.",
                "1 products are taken and made by nothing: ore.",
            ],
        ),
        (
            {"made": ((0, 0, 2.0), (1, 0, 1.0), (2, 2, -1.0))},
            [
                "1 products are made by several activities: steel.",
                "1 products are taken and made by nothing: ore.",
            ],
        ),
        (
            {"unlinked": tuple((0, f"thing {n}") for n in range(11))},
            [
                "11 exchanges draw on something that is not in the database: "
                + "; ".join(f"steel ← thing {n}" for n in range(10))
                + " …."
            ],
        ),
    ],
)
def test_what_is_not_one_product_for_one_activity_is_refused(
    change: dict[str, Any], reason: list[str]
) -> None:
    assert reasons(replace(database(), **change)) == reason


def test_a_greenhouse_gas_without_a_gwp_is_refused_or_left_out_by_name() -> None:
    given = replace(database(), flows=(CO2, CHLOROFORM))
    assert reasons(given) == [
        "“Chloroform” (air::urban) warms the climate, and we have no gas that fits."
    ]
    found = squared(given, "Chloroform")
    assert (found.left_out, found.other_flows) == ({"Chloroform": 1}, 0)


def test_only_what_has_no_gwp_can_be_left_out() -> None:
    wanted = ["“Carbon dioxide, fossil” is to be left out, and is no flow without a gas here."]
    assert reasons(database(), CO2.name) == wanted


def test_a_gas_that_is_not_measured_by_mass_is_refused() -> None:
    given = replace(database(), flows=(replace(CO2, unit="cubic meter"), DUST))
    assert reasons(given) == [
        "The unit “cubic meter” measures volume, but an amount in “kg” (mass) is expected."
    ]
