"""From activity data to the process of a chain document, as it is kept: defaults left out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.processes import Uncertainty
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    DeclaredSupply,
    DirectEmission,
    Displacement,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    Line,
    MemberProduct,
    Notes,
    Output,
    ProcessEmission,
    RecycledContent,
    Submission,
    Supply,
    Transport,
    TransportLeg,
    Waste,
)

Part = dict[str, Any]


def write_process(activity: Submission) -> Part:
    """The process that reads back as the same activity data, every line with its label."""
    sections: defaultdict[str, list[Part]] = defaultdict(list)
    for line in activity.lines:
        section, said = _write_line(line)
        sections[section].append({"id": line.label, **said, **_notes(line.notes)})
    return {
        "product": activity.product_id,
        "period": {
            "start": activity.period.start.isoformat(),
            "end": activity.period.end.isoformat(),
        },
        "output": _output(activity.output),
        **sections,
        **_given(
            co_products=[_co_product(output) for output in activity.co_products],
            allocation=_unless(activity.allocation, AllocationMethod.PACT),
        ),
    }


def _write_line(line: Line) -> tuple[str, Part]:
    match line:
        case Input():
            return ("packaging" if line.packaging else "inputs"), _input(line)
        case Electricity():
            return "electricity", _electricity(line)
        case Transport():
            return "transport", _leg(line.leg)
        case Waste():
            return "waste", _waste(line)
    return _write_burnt_or_emitted(line)


def _write_burnt_or_emitted(line: Fuel | DirectEmission | ProcessEmission) -> tuple[str, Part]:
    quantity = {"quantity": _quantity(line.quantity)}
    match line:
        case Fuel():
            return "fuels", {"fuel": line.carrier, **quantity}
        case DirectEmission():
            return "direct_emissions", {"gas": line.gas, **quantity}
    return "direct_emissions", {"process": line.process, **quantity}


def _input(line: Input) -> Part:
    return {
        "name": line.name,
        "quantity": _quantity(line.quantity),
        **_supply(line.supply),
        **_given(loss_share=line.loss_share, transport=list(map(_leg, line.legs))),
        **_stated(recycled=None if line.recycled is None else _recycled(line.recycled)),
    }


def _supply(supply: Supply) -> Part:
    match supply:
        case MemberProduct(product_id):
            return {"product": product_id}
        case DeclaredSupply(declaration_id):
            return {"declared": declaration_id}
        case BackgroundSupply(factor_id):
            return {"factor": factor_id}
        case _:
            return {"material": supply.name}


def _recycled(content: RecycledContent) -> Part:
    return _given(pre_consumer=content.pre_consumer, post_consumer=content.post_consumer)


def _electricity(line: Electricity) -> Part:
    return {
        "quantity": _quantity(line.quantity),
        **_given(
            source=_unless(line.source, ElectricitySource.GRID),
            technology=line.technology,
            certificate=line.certificate_id,
        ),
    }


def _waste(line: Waste) -> Part:
    return {
        "name": line.name,
        "treatment": line.treatment,
        "quantity": _quantity(line.quantity),
        **_given(material=line.material, transport=list(map(_leg, line.legs))),
    }


def _leg(leg: TransportLeg) -> Part:
    mass = None if leg.mass is None else _quantity(leg.mass)
    return {"mode": leg.mode, "distance": _quantity(leg.distance), **_given(mass=mass)}


def _output(output: Output) -> Part:
    # A value of nothing is a statement, not a default.
    return {
        "quantity": _quantity(output.quantity),
        **_stated(
            value_per_unit=output.value,
            energy_mj_per_unit=output.energy_mj,
            relation_per_unit=output.relation,
            share=output.share,
        ),
    }


def _co_product(output: Output) -> Part:
    displaces = None if output.displaces is None else _displacement(output.displaces)
    return {"product": output.product_id, **_output(output), **_stated(displaces=displaces)}


def _displacement(displaces: Displacement) -> Part:
    return {"material": displaces.displaced, "quantity_per_unit": _quantity(displaces.per_unit)}


def _notes(notes: Notes) -> Part:
    said = _given(evidence=notes.evidence, remark=notes.remark, serves=notes.serves)
    if notes.data_type is not DataType.PRIMARY:
        said["data_type"] = notes.data_type.value
    if notes.uncertainty is not None:
        said["uncertainty"] = _uncertainty(notes.uncertainty)
    return said


def _uncertainty(uncertainty: Uncertainty) -> Part:
    return {
        "distribution": uncertainty.kind.value,
        **_stated(
            geometric_sd=uncertainty.geometric_sd,
            relative_sd=uncertainty.relative_sd,
            relative_low=uncertainty.relative_low,
            relative_high=uncertainty.relative_high,
        ),
    }


def _quantity(quantity: Quantity) -> Part:
    return {"amount": quantity.amount, "unit": quantity.unit}


def _unless(chosen: AllocationMethod | ElectricitySource, default: object) -> str | None:
    return None if chosen is default else chosen.value


def _given(**fields: Any) -> Part:  # noqa: ANN401 - values of a document
    """Fields that say something: neither nothing, nor zero, nor an empty list."""
    return {name: value for name, value in fields.items() if value}


def _stated(**fields: Any) -> Part:  # noqa: ANN401 - values of a document
    """Fields that were given, zero included."""
    return {name: value for name, value in fields.items() if value is not None}
