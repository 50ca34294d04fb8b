"""Makes examinations: one submission in a chain, beside the shipped facts."""

from lca_models.facts.library import load_library
from lca_models.facts.plausibility import load_plausibility
from lca_models.facts.units import Quantity
from service.domain.plausibility.examination import Examination, Former
from service.domain.plausibility.finding import Finding
from service.domain.plausibility.rules import find_doubts
from service.domain.product import Product
from service.domain.submission import (
    DirectEmission,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    Line,
    NamedMaterial,
    Output,
    Submission,
    Supply,
    TransportLeg,
    Waste,
)
from tests import make

PART = make.product("part", "maker", "piece", mass_kg=10.0)


def examine(
    submission: Submission,
    *products: Product,
    product: Product = PART,
    former: tuple[Former, ...] = (),
    kg_co2e: float | None = None,
) -> Examination:
    """A submission among its own product and others."""
    return Examination(
        submission=submission,
        chain=make.chain_of((product, *products), (submission,)),
        library=load_library(),
        facts=load_plausibility(),
        former=former,
        kg_co2e=kg_co2e,
    )


def parts(quantity: str, *lines: Line, co_products: tuple[Output, ...] = ()) -> Submission:
    """A run that makes parts of 10 kg, such as `100 piece`."""
    makes = make.output("part", quantity)
    return make.submission("part", *lines, makes=makes, co_products=co_products)


def steel(quantity: str, *, label: str = "steel", supply: Supply | None = None) -> Input:
    return make.line(supply or NamedMaterial("steel"), quantity, label=label)


def brought(quantity: str, distance: str, *, mode: str = "road") -> Input:
    """An input with one leg of transport."""
    leg = TransportLeg(mode, make.amount_of(distance))
    return Input("steel", "steel", make.amount_of(quantity), NamedMaterial("steel"), legs=(leg,))


def fuel(carrier: str, quantity: str) -> Fuel:
    return Fuel(carrier, carrier, make.amount_of(quantity))


def power(quantity: str) -> Electricity:
    return Electricity("power", make.amount_of(quantity), ElectricitySource.GRID)


def co2(quantity: str) -> DirectEmission:
    return DirectEmission("CO2", "CO2", make.amount_of(quantity))


def waste(quantity: str, treatment: str = "recycling") -> Waste:
    return Waste("waste", "waste", treatment, make.amount_of(quantity))


def codes(examined: Examination) -> list[tuple[str, str | None]]:
    """Code and line of everything that is found."""
    return [finding.key for finding in find_doubts(examined)]


def only(examined: Examination) -> Finding:
    """The one thing that is found."""
    (finding,) = find_doubts(examined)
    return finding


def scaled(quantity: Quantity, factor: float) -> Quantity:
    return Quantity(quantity.amount * factor, quantity.unit)
