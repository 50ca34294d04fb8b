"""What goes in by mass must come out: the balance of one run, and slips that upset it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.facts.units import find_unit
from service.domain.plausibility.examination import Examination, tell_slip
from service.domain.plausibility.finding import Finding, doubt, note, say
from service.domain.submission import DirectEmission, Input, Waste

_MASS = find_unit("kg").kind
_CO2 = "CO2"
_CHECK = Text(
    en="Check amounts and units of this line and of the output, and whether a line is missing.",
    zh="请核对该明细和产出的数量与计量单位，以及是否遗漏明细。",
)


@dataclass(frozen=True, slots=True)
class MassBalance:
    """Masses of one run in kg, packaging and water left out.

    Args:
        inputs: By label of the line, losses included; known ones.
        made: Outputs and wastes together, known ones.
        carbon: Carbon in the CO2 that the process emits beside its fuels: leaves in any case.
        oxygen: Oxygen in that CO2: from the inputs (ores) or from the air, nobody says.
        unknown_inputs: Labels of inputs without a known mass.
        unknown_outputs: Labels of wastes, ids of outputs without one.
    """

    inputs: Mapping[str, float]
    made: float
    carbon: float
    oxygen: float
    unknown_inputs: tuple[str, ...]
    unknown_outputs: tuple[str, ...]

    @property
    def taken(self) -> float:
        """All known inputs together."""
        return sum(self.inputs.values())

    @property
    def least_out(self) -> float:
        """What leaves at least: all oxygen came from the air."""
        return self.made + self.carbon

    @property
    def most_out(self) -> float:
        """What leaves at most: all oxygen came with the inputs."""
        return self.least_out + self.oxygen

    @property
    def is_complete(self) -> bool:
        """Whether all masses are known."""
        return not self.unknown_inputs and not self.unknown_outputs

    def closes(self, taken: float, tolerance: float) -> bool:
        """Whether an input of so many kg is what leaves, within the tolerance."""
        return self.least_out * (1 - tolerance) <= taken <= self.most_out * (1 + tolerance)


def read_balance(examined: Examination) -> MassBalance:
    """Add up the masses of a run.

    Fuels and power stay out: what burns leaves as flue gas. CO2 that the process emits beside its
    fuels carries carbon of the inputs.
    """
    submission = examined.submission
    masses = {line.label: examined.input_kg(line) for line in _inputs(examined)}
    wastes = [line for line in submission.lines if isinstance(line, Waste)]
    out = {line.label: _waste_kg(line) for line in wastes if not examined.is_water(line)}
    outputs = {o.product_id: examined.output_kg(o) for o in submission.outputs}
    emitted = sum(
        line.quantity.to("kg")
        for line in submission.lines
        if isinstance(line, DirectEmission) and examined.library.find_gas(line.gas) == _CO2
    )
    carbon = emitted / examined.facts.limits.kg_co2_per_kg_carbon
    leaving = [*out.values(), *outputs.values()]
    return MassBalance(
        inputs={label: mass for label, mass in masses.items() if mass is not None},
        made=sum(mass for mass in leaving if mass is not None),
        carbon=carbon,
        oxygen=emitted - carbon,
        unknown_inputs=tuple(label for label, mass in masses.items() if mass is None),
        unknown_outputs=tuple(k for k, mass in (out | outputs).items() if mass is None),
    )


def _inputs(examined: Examination) -> list[Input]:
    lines = [line for line in examined.submission.lines if isinstance(line, Input)]
    return [line for line in lines if not line.packaging and not examined.is_water(line)]


def _waste_kg(line: Waste) -> float | None:
    return line.quantity.to("kg") if find_unit(line.quantity.unit).kind == _MASS else None


def find_imbalance(examined: Examination) -> Iterator[Finding]:
    """More goes in than comes out, or less; a note where that cannot be known."""
    balance = read_balance(examined)
    if not balance.inputs and not balance.unknown_inputs:
        return
    tolerance = examined.facts.limits.mass_tolerance
    vanishes = balance.taken > balance.most_out * (1 + tolerance) and not balance.unknown_outputs
    appears = balance.taken < balance.least_out * (1 - tolerance) and not balance.unknown_inputs
    if vanishes or appears:
        yield doubt("mass-balance", None, _tell_imbalance(balance), _CHECK, _ratio(balance))
    elif not balance.is_complete:
        unknown = ", ".join((*balance.unknown_inputs, *balance.unknown_outputs))
        yield note(
            "mass-unknown",
            None,
            Text(
                en="The mass balance cannot be checked: no mass is known of {list}.",
                zh="无法核对质量平衡：{list}的质量未知。",
            ).format(list=unknown),
            Text(
                en="Give these amounts by mass, or the mass of one unit of the product.",
                zh="请以质量填写这些数量，或填写产品单件质量。",
            ),
        )


def _tell_imbalance(balance: MassBalance) -> Text:
    return Text(
        en="{taken} kg of material go in, but {least} to {most} kg come out as "
        "products, waste and process CO2.",
        zh="物料投入{taken}千克，而产品、废弃物和过程CO2合计产出{least}至{most}千克。",
    ).format(taken=say(balance.taken), least=say(balance.least_out), most=say(balance.most_out))


def _ratio(balance: MassBalance) -> float | None:
    return balance.taken / balance.least_out if balance.least_out else None


def find_mass_slips(examined: Examination) -> Iterator[Finding]:
    """A line, or the output, a thousand times off: with it put right, the run balances."""
    balance = read_balance(examined)
    limits = examined.facts.limits
    if not balance.is_complete or balance.closes(balance.taken, limits.mass_tolerance):
        return
    factors = (1 / limits.slip_factor, limits.slip_factor)
    units = {line.label: line.quantity.unit for line in _inputs(examined)}
    found = [
        _tell_line_slip(label, units[label], factor)
        for label, mass in balance.inputs.items()
        for factor in factors
        if balance.closes(balance.taken + mass * (factor - 1), limits.mass_tolerance)
    ]
    yield from found
    if found:
        return
    for factor in factors:
        if balance.closes(balance.taken * factor, limits.mass_tolerance):
            yield _tell_output_slip(examined.submission.output.quantity.unit, factor)


def _tell_line_slip(label: str, unit: str, factor: float) -> Finding:
    reason = Text(
        en="With this line {factor} times as large the run would balance by mass: it looks like "
        "{slip}.",
        zh="该明细乘以{factor}后质量即可平衡：疑似{slip}。",
    ).format(factor=say(factor), slip=tell_slip(unit, too_large=factor < 1))
    return doubt("unit-slip", label, reason, _CHECK, 1 / factor)


def _tell_output_slip(unit: str, factor: float) -> Finding:
    reason = Text(
        en="With all inputs {factor} times as large the run would balance by mass: the output "
        "looks like {slip}.",
        zh="所有投入乘以{factor}后质量即可平衡：产出疑似{slip}。",
    ).format(factor=say(factor), slip=tell_slip(unit, too_large=factor > 1))
    return doubt("unit-slip", None, reason, _CHECK, 1 / factor)
