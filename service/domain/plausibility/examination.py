"""What a submission is judged against, and the amounts of its lines in common units."""

from __future__ import annotations

from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.facts.library import Library
from lca_models.facts.plausibility import PlausibilityFacts
from lca_models.facts.units import Quantity, find_unit
from service.domain.chain import Chain
from service.domain.line_activities import is_heat, mass_of
from service.domain.submission import Electricity, Fuel, Input, Output, Submission, Waste

_MASS = find_unit("kg").kind
_WATER = "water"
# What prefix was taken for which, by the unit that stands there: a thousand times smaller, larger.
_SMALLER = {"t": "kg", "kg": "g", "MWh": "kWh", "GJ": "MJ", "MJ": "kJ", "m3": "L", "km": "m"}
_LARGER = {small: large for large, small in _SMALLER.items()}
_OTHER_UNIT = Text(en="a unit a thousand times off", zh="相差一千倍的单位")


@dataclass(frozen=True, slots=True)
class Former:
    """What the product's firm said before, and what came out.

    Args:
        submission: An accepted submission.
        kg_co2e: Its footprint per declared unit as its firm saw it, where it is known.
    """

    submission: Submission
    kg_co2e: float | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """A submission with all that rules may look at; its chain can be laid out.

    Args:
        submission: What is judged.
        chain: Where it stands; rules tell its supplier nothing of other firms.
        library: Published factors.
        facts: Where doubt begins.
        former: Accepted submissions of the product, latest first.
        kg_co2e: Its footprint per declared unit as its firm may see it; None without a value.
    """

    submission: Submission
    chain: Chain
    library: Library
    facts: PlausibilityFacts
    former: tuple[Former, ...] = ()
    kg_co2e: float | None = None

    @property
    def made_units(self) -> float:
        """Declared units of the product that one run makes."""
        return made_units(self.submission, self.chain)

    def output_kg(self, output: Output) -> float | None:
        """Mass of an output of one run; None where nobody stated the mass of its unit."""
        if find_unit(output.quantity.unit).kind == _MASS:
            return output.quantity.to("kg")
        product = self.chain.get_product(output.product_id)
        if product.mass_kg is None:
            return None
        return product.declared_units(output.quantity) * product.mass_kg

    def input_kg(self, line: Input) -> float | None:
        """Mass of an input, losses included; None where neither line nor maker tells it."""
        gross = Quantity(line.quantity.amount / (1 - line.loss_share), line.quantity.unit)
        mass = mass_of(line, gross, self.chain)
        carried = [leg.mass for leg in line.legs if leg.mass is not None]
        if mass is None and carried:
            mass = carried[0]
        return None if mass is None else mass.to("kg")

    def energy_mj(self, line: Fuel | Electricity) -> float:
        """Energy of a line; of a fuel by its net calorific value."""
        if isinstance(line, Electricity) or is_heat(line.carrier):
            return line.quantity.to("MJ")
        if find_unit(line.quantity.unit).kind == find_unit("MJ").kind:
            return line.quantity.to("MJ")
        return self.fuel_units(line) * self.library.find_fuel(line.carrier).mj_per_unit

    def fuel_units(self, line: Fuel) -> float:
        """A fuel in the unit of its combustion factor."""
        fuel = self.library.find_fuel(line.carrier)
        unit = self.library.get_footprint_factor(fuel.combustion).unit
        energy = find_unit("MJ").kind
        if find_unit(line.quantity.unit).kind == energy != find_unit(unit).kind:
            return line.quantity.to("MJ") / fuel.mj_per_unit
        return line.quantity.to(unit)

    def is_water(self, line: Input | Waste) -> bool:
        """Whether a line is water, which balances leave out: it comes and goes unweighed."""
        if isinstance(line, Waste):
            factor = self.library.find_treatment(line.treatment).factor
            return self.library.get_footprint_factor(factor).category == _WATER
        known = self.library.find_material(line.name)
        return known is not None and known.key == _WATER


def made_units(submission: Submission, chain: Chain) -> float:
    """Declared units of its product that one run of a submission makes."""
    product = chain.get_product(submission.product_id)
    return product.declared_units(submission.output.quantity)


def tell_slip(unit: str, *, too_large: bool) -> Text:
    """Which unit was probably meant where another stands."""
    symbol = find_unit(unit).symbol
    meant = (_SMALLER if too_large else _LARGER).get(symbol)
    if meant is None:
        return _OTHER_UNIT
    return Text(en="{meant} typed as {unit}", zh="以{meant}计的数值被填成了{unit}").format(
        meant=meant, unit=symbol
    )
