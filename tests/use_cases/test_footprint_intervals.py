"""Every footprint carries its interval, or says why it has none; it stands either way."""

from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from lca_models.impacts.interval import Interval
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.chain import Chain
from service.domain.footprint import Footprint
from service.domain.footprint_interval import NoInterval
from service.domain.submission import BackgroundSupply, DeclaredSupply, MemberProduct, Notes
from service.formats.result_writing import to_result
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

REACH = 1.959963985  # of 95 % of a normal distribution, in standard deviations
LIBRARY = make.library(replace(make.factor("sure", 3.0), geometric_sd2=1.0))


def off(geometric_sd: float) -> Uncertainty:
    return Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=geometric_sd)


def declared(uncertainty: Uncertainty | None) -> Chain:
    """3 kg of something declared with 2 kg CO2e, and 1 kg of a factor that is sure."""
    return make.chain_of(
        (make.product(), make.product("nothing"), make.product("own")),
        (
            make.submission("product", make.line(DeclaredSupply("declared"), "3 kg")),
            make.submission("own", make.line(BackgroundSupply("sure"), "1 kg")),
        ),
        declarations=(replace(make.declaration(gases={"CO2": 2.0}), uncertainty=uncertainty),),
    )


def footprints_of(chain: Chain) -> dict[str, Footprint]:
    return dict(calculate_footprints(chain, LIBRARY).footprints)


def why(footprint: Footprint) -> str:
    assert isinstance(footprint.interval, NoInterval)
    return footprint.interval.reason.en


def test_a_declaration_that_may_be_off_gives_an_interval() -> None:
    interval = footprints_of(declared(off(1.5)))["product"].interval
    assert isinstance(interval, Interval)
    assert interval.median_kg_co2e == pytest.approx(6.0)
    assert interval.low_kg_co2e == pytest.approx(6.0 * 1.5**-REACH)
    assert interval.high_kg_co2e == pytest.approx(6.0 * 1.5**REACH)


def test_where_nothing_is_stated_or_known_there_is_no_interval() -> None:
    found = footprints_of(declared(off(1.5)))
    assert why(found["own"]) == "Nothing along its chain says how far it may be off."
    assert why(found["nothing"]) == "Nothing is known of the footprint."
    assert why(footprints_of(declared(None))["product"]).startswith("Nothing along its chain")


def test_uncertainty_beyond_measure_leaves_the_footprint_without_an_interval() -> None:
    footprint = footprints_of(declared(off(1e30)))["product"]
    assert footprint.impact.kg_co2e == pytest.approx(6.0)
    assert "beyond any measure" in why(footprint)


def test_a_loop_that_its_mean_amounts_use_up_leaves_the_footprint_without_an_interval() -> None:
    # 0.9 × 0.9 is less than 1; off by 1.8, each amount has a mean of 0.9 × e^(ln²1.8 / 2) = 1.07.
    notes = Notes(uncertainty=off(1.8))
    chain = make.chain_of(
        (make.product("a"), make.product("b", "other")),
        (
            make.submission(
                "a",
                replace(make.line(MemberProduct("b"), "0.9 kg"), notes=notes),
                make.own_emission(),
            ),
            make.submission("b", replace(make.line(MemberProduct("a"), "0.9 kg"), notes=notes)),
        ),
    )
    footprint = footprints_of(chain)["a"]
    assert footprint.impact.kg_co2e == pytest.approx(1 / (1 - 0.81))
    assert why(footprint)


def test_a_result_tells_the_interval_or_why_there_is_none() -> None:
    found = calculate_footprints(declared(off(1.5)), LIBRARY)
    product, nothing, own = to_result(found, ["product", "nothing", "own"]).footprints
    assert product.interval is not None
    assert product.no_interval is None
    assert product.interval.coverage == 0.95
    assert product.interval.low_kg_co2e == pytest.approx(6.0 * 1.5**-REACH)
    for part in (nothing, own):
        assert part.interval is None
        assert part.no_interval is not None
        assert part.no_interval.cure.zh


def test_the_shipped_factors_give_intervals() -> None:
    chain = make.chain_of(
        (make.product(screening="热轧卷板"),),
    )
    interval = calculate_footprints(chain, load_library()).footprints["product"].interval
    assert isinstance(interval, Interval)
    assert interval.low_kg_co2e < 2.31 < interval.high_kg_co2e
