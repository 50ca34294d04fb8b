"""Footprints are drawn alone, or against those of another chain, and what is unknown stays so."""

from dataclasses import replace

import pytest

from lca_models.errors import InventoryError
from lca_models.impacts.interval import Interval
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.chain import Chain
from service.domain.errors import UnknownProductError
from service.domain.footprint_interval import NoInterval
from service.domain.submission import BackgroundSupply, Notes
from service.formats.simulation_document import to_simulation
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.simulate_footprints import Drawing, simulate_footprints
from tests import make

LIBRARY = make.library(replace(make.factor("steel", 2.0), geometric_sd2=1.21))
DRAWING = Drawing(seed=3, draws=2000)
OFF = Notes(uncertainty=Uncertainty(DistributionKind.NORMAL, relative_sd=0.1))


def frames(own: str = "1 kg", steel: str = "10 kg") -> Chain:
    """A frame from steel with an emission of its own, and a bolt that nobody knows."""
    return make.chain_of(
        (make.product("frame"), make.product("bolt"), make.product("part", "other")),
        (
            make.submission(
                "frame",
                replace(make.line(BackgroundSupply("steel"), steel), notes=OFF),
                make.own_emission(own),
            ),
        ),
    )


def test_the_lead_firms_products_are_drawn_and_what_is_unknown_is_said() -> None:
    found = simulate_footprints(frames(), LIBRARY, DRAWING)
    frame, bolt = found.footprints
    assert (frame.product.id, bolt.product.id) == ("frame", "bolt")
    assert frame.kg_co2e == pytest.approx(21.0)
    assert isinstance(frame.interval, Interval)
    # A factor off by 1.1 and an amount off by a tenth: about 20 × √(0.0953² + 0.1²) around 21.
    assert frame.interval.standard_deviation_kg_co2e == pytest.approx(2.8, rel=0.05)
    assert frame.interval.low_kg_co2e < 21.0 < frame.interval.high_kg_co2e
    assert (frame.interval.draws, found.dropped, found.seed) == (2000, 0, 3)
    assert (bolt.kg_co2e, type(bolt.interval)) == (None, NoInterval)
    assert found.method == calculate_footprints(frames(), LIBRARY).method


def test_the_same_seed_gives_the_same_document_and_another_one_does_not() -> None:
    first, again, other = (
        to_simulation(simulate_footprints(frames(), LIBRARY, Drawing(seed, 50)))
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first.footprints[0].interval != other.footprints[0].interval


def test_against_another_chain_only_what_differs_makes_the_interval() -> None:
    found = simulate_footprints(
        frames(steel="9 kg"), LIBRARY, DRAWING, against=frames(), products=["frame"]
    )
    (frame,) = found.footprints
    assert [frame.kg_co2e, frame.against_kg_co2e] == pytest.approx([19.0, 21.0])
    assert isinstance(frame.interval, Interval)
    # One kilogram of steel less: 2 kg CO2e, off by a tenth of what 20 kg CO2e are off.
    assert frame.interval.mean_kg_co2e == pytest.approx(-2.0, rel=0.02)
    assert frame.interval.standard_deviation_kg_co2e == pytest.approx(0.28, rel=0.05)
    assert frame.share_lower == 1.0


def test_a_difference_that_nothing_makes_uncertain_has_no_interval() -> None:
    found = simulate_footprints(frames("2 kg"), LIBRARY, DRAWING, against=frames())
    frame = found.footprints[0]
    assert isinstance(frame.interval, NoInterval)
    assert frame.interval.reason.en.startswith("Nothing in which the chains differ")
    assert frame.share_lower == 0.0
    part = to_simulation(found).footprints[0]
    assert (part.interval, part.share_lower) == (None, 0.0)
    assert part.no_interval is not None


def test_a_chain_of_unknown_products_is_told_without_draws() -> None:
    found = simulate_footprints(frames(), LIBRARY, DRAWING, products=["part"])
    (part,) = found.footprints
    assert (part.kg_co2e, found.dropped, type(part.interval)) == (None, 0, NoInterval)


@pytest.mark.parametrize("against", [None, frames()])
def test_a_product_that_a_chain_lacks_is_refused(against: Chain | None) -> None:
    with pytest.raises(UnknownProductError, match="boat"):
        simulate_footprints(frames(), LIBRARY, DRAWING, against=against, products=["boat"])


def test_chains_without_a_common_product_of_the_lead_firm_are_refused() -> None:
    other = make.chain_of((make.product("boat"),))
    with pytest.raises(UnknownProductError, match="no product to simulate"):
        simulate_footprints(frames(), LIBRARY, DRAWING, against=other)


def test_chains_that_declare_a_product_per_other_units_are_not_compared() -> None:
    chain = frames()
    frame = replace(chain.products[0], declared=replace(chain.products[0].declared, amount=2.0))
    other = replace(chain, products=(frame, *chain.products[1:]))
    with pytest.raises(InventoryError, match="declared per"):
        simulate_footprints(chain, LIBRARY, DRAWING, against=other, products=["frame"])
