"""Carbon that leaves as CO2 must have come in, and may be counted once."""

from __future__ import annotations

from collections.abc import Iterator

from lca_models.errors import Text
from lca_models.facts.choices import Fuel as KnownFuel
from lca_models.facts.names import fold
from service.domain.line_activities import is_heat
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Finding, doubt, say
from service.domain.plausibility.mass_balance import read_balance
from service.domain.submission import DirectEmission, Fuel, Input, MemberProduct

_CO2 = "CO2"


def find_double_counting(examined: Examination) -> Iterator[Finding]:
    """Direct CO2 that is what the fuels emit, by the library's own factors: it counts twice."""
    burnt = {
        line.label: co2
        for line in examined.submission.lines
        if isinstance(line, Fuel) and (co2 := _burnt_kg(line, examined))
    }
    tolerance = examined.facts.limits.double_count_tolerance
    for line in _emitted(examined):
        stated = line.quantity.to("kg")
        same = [co2 for co2 in (sum(burnt.values()), *burnt.values()) if co2]
        match = [co2 for co2 in same if abs(stated - co2) <= tolerance * co2]
        if match:
            yield doubt(
                "combustion-twice",
                line.label,
                Text(
                    en="{stated} kg of CO2 are what the fuels of the submission emit "
                    "({burnt} kg); their combustion is counted with them.",
                    zh="直接排放CO2{stated}千克与所填燃料的燃烧排放（{burnt}千克）相当，"
                    "燃料燃烧已计入。",
                ).format(stated=say(stated), burnt=say(match[0])),
                Text(
                    en="Leave the line out if it is the combustion of these fuels.",
                    zh="若为上述燃料的燃烧排放，请删除该明细。",
                ),
                stated / match[0],
            )


def find_carbon_from_nowhere(examined: Examination) -> Iterator[Finding]:
    """More process CO2 than the inputs could give if all of unknown make were pure carbon.

    Silent where no input is given at all: the mass balance is, too.
    """
    stated = sum(line.quantity.to("kg") for line in _emitted(examined))
    inputs = [line for line in examined.submission.lines if isinstance(line, Input)]
    if not stated or not inputs or read_balance(examined).unknown_inputs:
        return
    available = sum(_most_co2_kg(line, examined) for line in inputs)
    if stated <= available * (1 + examined.facts.limits.double_count_tolerance):
        return
    yield doubt(
        "carbon-from-nowhere",
        None,
        Text(
            en="{stated} kg of process CO2 are stated; the inputs hold carbon for at most "
            "{available} kg.",
            zh="填报过程CO2{stated}千克，而投入物所含碳最多只能产生{available}千克。",
        ).format(stated=say(stated), available=say(available)),
        Text(
            en="Give the input that the carbon comes from; CO2 of fuels counts with the fuels.",
            zh="请补充含碳投入物；燃料燃烧的CO2已随燃料计入，无需另填。",
        ),
        stated / available if available else None,
    )


def _emitted(examined: Examination) -> list[DirectEmission]:
    lines = [line for line in examined.submission.lines if isinstance(line, DirectEmission)]
    return [line for line in lines if examined.library.find_gas(line.gas) == _CO2]


def _burnt_kg(line: Fuel, examined: Examination) -> float:
    if is_heat(line.carrier):
        return 0.0
    fuel = examined.library.find_fuel(line.carrier)
    return examined.fuel_units(line) * _co2_per_unit(fuel, examined)


def _co2_per_unit(fuel: KnownFuel, examined: Examination) -> float:
    return examined.library.get_footprint_factor(fuel.combustion).gases.get(_CO2, 0.0)


def _most_co2_kg(line: Input, examined: Examination) -> float:
    """CO2 if all carbon of an input burns: a known fuel by its factor, else as pure carbon."""
    mass = examined.input_kg(line) or 0.0
    names = [line.name]
    if isinstance(line.supply, MemberProduct):
        product = examined.chain.get_product(line.supply.product_id)
        names += [product.name.zh, product.name.en]
    wanted = {fold(name) for name in names}
    for fuel in examined.library.fuels.values():
        by_mass = examined.library.get_footprint_factor(fuel.combustion).unit == "kg"
        if by_mass and wanted & {fold(n) for n in (fuel.key, fuel.name.en, fuel.name.zh)}:
            return mass * _co2_per_unit(fuel, examined)
    return mass * examined.facts.limits.kg_co2_per_kg_carbon
