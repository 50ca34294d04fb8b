"""A trace is told in the words of the chain, and tells no value that a licence keeps."""

from dataclasses import replace

import pytest

from lca_models.facts.units import Quantity
from lca_models.impacts.trace import FlowEndKind
from service.domain.chain import Chain
from service.domain.submission import BackgroundSupply, MemberProduct
from service.formats.trace_document import to_trace
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.trace_footprint import trace_footprint
from tests import make

LICENSED = replace(make.factor("licensed", 2.0), redistributable=False)
LIBRARY = make.library(make.factor("open", 3.0), LICENSED)


def barrel() -> Chain:
    """12 L of paint from 5 kg of an open and 4 kg of a licensed factor, and 24 L for a car."""
    paint = replace(make.product("paint", "maker"), declared=Quantity(12.0, "L"))
    return make.chain_of(
        (make.product("car", unit="piece"), paint),
        (
            make.submission(
                "car",
                make.line(MemberProduct("paint"), "24 L", label="coat"),
                makes=make.output("car", "1 piece"),
            ),
            make.submission(
                "paint",
                make.line(BackgroundSupply("open"), "5 kg", label="a"),
                make.line(BackgroundSupply("licensed"), "4 kg", label="b"),
                makes=make.output("paint", "12 L"),
            ),
        ),
    )


def test_amounts_are_told_in_the_units_of_their_product() -> None:
    # One declared unit of paint has 5 × 3 + 4 × 2 = 23 kg CO2e; the car takes two.
    trace = to_trace(trace_footprint(barrel(), LIBRARY, "car"))
    car, paint, open_factor, licensed = trace.contributions
    assert trace.kg_co2e == pytest.approx(46)
    assert (car.amount, car.unit) == (1, "piece")
    assert (paint.amount, paint.unit, paint.kg_co2e) == (24, "L", 46)
    assert (open_factor.amount, open_factor.unit, open_factor.kg_co2e) == (10, "kg", 30)
    assert (licensed.amount, licensed.kg_co2e) == (None, 16)


def test_a_trace_is_of_the_footprint_and_its_method() -> None:
    trace = trace_footprint(barrel(), LIBRARY, "paint", characterisation="AR5")
    found = calculate_footprints(barrel(), LIBRARY, characterisation="AR5")
    assert trace.flows.kg_co2e == found.footprints["paint"].impact.kg_co2e
    assert trace.method == found.method


def test_ends_of_flows_have_names() -> None:
    by_organisation = to_trace(trace_footprint(barrel(), LIBRARY, "car")).by_organisation
    names = {end.kind: end.name.en for end in by_organisation.ends}
    assert names[FlowEndKind.PUBLISHED] == "Published factors: Materials"
    assert {end.id for end in by_organisation.ends} == {"firm", "maker", "materials"}
    assert by_organisation.ends[by_organisation.root].id == "firm"
