"""What lines draw on is rated by technology, place and year, and marked where it was measured."""

from dataclasses import replace
from datetime import date

import pytest

from lca_models.facts.data_quality import UNKNOWN_QUALITY, DataQuality
from lca_models.facts.factors import Factor
from lca_models.inventory.processes import Inventory
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.data_ratings import rate_factor
from service.domain.organisation import Site
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    DeclaredSupply,
    MemberProduct,
    Notes,
    Period,
)
from tests import make

SECONDARY = Notes(data_type=DataType.SECONDARY)


def factor(geography: str = "CN", year: int | None = 2025, technology: int = 1) -> Factor:
    return replace(
        make.factor(),
        geography=geography,
        valid_year=year,
        pedigree=(1, 1, 1, 1, technology),
    )


@pytest.mark.parametrize(("score", "rating"), [(1, 3), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_a_published_value_is_at_best_an_average_of_the_technology(
    score: int, rating: float
) -> None:
    found = rate_factor(factor(technology=score), ["CN-SN"], make.YEAR)
    assert found.technological == rating


@pytest.mark.parametrize(
    ("geography", "places", "rating"),
    [
        ("CN-SN", ["CN-SN"], 1),
        ("CN", ["CN"], 1),
        ("CN", ["CN-SN"], 2),
        ("CN-SC", ["CN-SN"], 2),
        ("CN-region-northwest", ["CN-SN"], 2),
        ("CN-SN", ["CN"], 2),
        ("GLO", ["CN-SN"], 4),
        ("GB", ["CN-SN"], 5),
        ("CN-SN", ["CN-SN", "CN-SC"], 2),
        ("CN-SN", [], 5),
        ("GLO", [], 4),
    ],
)
def test_a_place_is_rated_by_how_near_it_is(
    geography: str, places: list[str], rating: float
) -> None:
    assert rate_factor(factor(geography), places, make.YEAR).geographical == rating


@pytest.mark.parametrize(
    ("year", "rating"),
    [
        (2027, 1),
        (2025, 1),
        (2024, 1),  # 365 days from 31 December 2024 to 31 December 2025
        (2023, 2),  # 731, with the leap day of 2024
        (2022, 3),  # 1096
        (2021, 4),  # 1461
        (2020, 5),  # 1826
        (None, 5),
    ],
)
def test_a_year_is_rated_by_the_days_to_the_end_of_the_period(
    year: int | None, rating: float
) -> None:
    assert rate_factor(factor(year=year), ["CN"], make.YEAR).temporal == rating


@pytest.mark.parametrize(("end", "rating"), [(date(2024, 12, 31), 1), (date(2025, 1, 1), 2)])
def test_a_rating_changes_after_366_days(end: date, rating: float) -> None:
    # From 31 December 2023: 366 days to the end of 2024, with its leap day.
    period = Period(date(2024, 1, 1), end)
    assert rate_factor(factor(year=2023), ["CN"], period).temporal == rating


def laid_out(chain: Chain, *factors: Factor) -> Inventory:
    return lay_out(chain, make.library(*factors)).inventory


def at(chain: Chain, province: str) -> Chain:
    """The same chain with every firm in one province."""
    sites = (Site("works", "works", province),)
    firms = tuple(replace(firm, sites=sites) for firm in chain.organisations)
    return replace(chain, organisations=firms)


def test_a_line_is_rated_by_its_factor_and_the_site_of_its_firm() -> None:
    chain = make.chain_of(
        (make.product(),), (make.submission("product", make.line(BackgroundSupply("factor"))),)
    )
    (process,) = laid_out(at(chain, "CN-SN"), factor(year=2023)).processes
    assert process.exchanges[0].quality == DataQuality(3, 2, 2)
    assert process.exchanges[0].primary


def test_a_measured_emission_is_rated_best_and_another_unknown() -> None:
    own = make.own_emission()
    guessed = replace(own, label="guessed", notes=SECONDARY)
    chain = make.chain_of((make.product(),), (make.submission("product", own, guessed),))
    (process,) = laid_out(chain).processes
    assert [emission.quality for emission in process.emissions] == [
        DataQuality(1, 1, 1),
        UNKNOWN_QUALITY,
    ]


def test_an_amount_from_elsewhere_is_no_primary_data() -> None:
    bought = replace(make.line(MemberProduct("part")), notes=SECONDARY)
    chain = make.chain_of(
        (make.product(), make.product("part", "mill")),
        (make.submission("product", bought), make.submission("part", make.own_emission())),
    )
    process, _ = laid_out(chain).processes
    assert not process.exchanges[0].primary


def test_a_screening_value_is_a_proxy() -> None:
    chain = make.chain_of((make.product(screening="factor"),))
    (process,) = laid_out(at(chain, "CN-SN"), factor()).processes
    assert process.exchanges[0].quality == DataQuality(4, 2, 1)


def test_a_declaration_keeps_the_ratings_of_its_owner() -> None:
    declaration = replace(make.declaration(), quality=DataQuality(2, 1, 3))
    chain = make.chain_of(
        (make.product(),),
        (make.submission("product", make.line(DeclaredSupply("declared"))),),
        declarations=(declaration,),
    )
    (declared,) = laid_out(chain).declared
    assert declared.quality == DataQuality(2, 1, 3)
