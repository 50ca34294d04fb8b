"""From the lines of a process in a chain document to activity data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from lca_models.errors import Defect, GreenchainError, Place
from lca_models.facts.pedigree import geometric_sd
from lca_models.facts.units import Quantity
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.submission import (
    BackgroundSupply,
    DeclaredSupply,
    DirectEmission,
    Electricity,
    Fuel,
    Input,
    Line,
    MemberProduct,
    NamedMaterial,
    Notes,
    ProcessEmission,
    RecycledContent,
    Supply,
    Transport,
    TransportLeg,
    Waste,
)
from service.formats.chain import document as written

_Item = TypeVar("_Item", bound=written.LineItem)


class LineReader:
    """Reads lines one by one and gathers what is wrong with them."""

    def __init__(self) -> None:
        """Start without defects."""
        self.defects: list[Defect] = []

    def read(self, item: written.ProcessItem) -> tuple[Line, ...]:
        """All usable lines of a process, in the order of the document."""
        return (
            *self._each("inputs", item.inputs, _input),
            *self._each("packaging", item.packaging, _packaging),
            *self._each("fuels", item.fuels, _fuel),
            *self._each("electricity", item.electricity, _electricity),
            *self._each("transport", item.transport, _transport),
            *self._each("direct_emissions", item.direct_emissions, _emission),
            *self._each("waste", item.waste, _waste),
        )

    def _each(
        self, section: str, items: Sequence[_Item], read: Callable[[str, _Item], Line]
    ) -> Iterator[Line]:
        for number, item in enumerate(items, start=1):
            label = item.id or f"{section}[{number}] {_said_name(item)}".rstrip()
            try:
                yield read(label, item)
            except GreenchainError as error:
                self.defects += error.at(Place(line=label)).defects


def _said_name(item: written.LineItem) -> str:
    for field in ("name", "fuel", "gas", "process", "mode", "technology"):
        said = getattr(item, field, None)
        if said:
            return str(said)
    return ""


def _input(label: str, item: written.InputItem, *, packaging: bool = False) -> Input:
    recycled = item.recycled
    return Input(
        label=label,
        name=item.name,
        quantity=_quantity(item.quantity),
        supply=_supply(item),
        packaging=packaging,
        loss_share=item.loss_share,
        recycled=None if recycled is None else _recycled(recycled),
        legs=tuple(_leg(leg) for leg in item.transport),
        notes=_notes(item),
    )


def _recycled(item: written.RecycledContentItem) -> RecycledContent:
    return RecycledContent(item.pre_consumer, item.post_consumer)


def _packaging(label: str, item: written.InputItem) -> Input:
    return _input(label, item, packaging=True)


def _supply(item: written.InputItem) -> Supply:
    if item.product is not None:
        return MemberProduct(item.product)
    if item.declared is not None:
        return DeclaredSupply(item.declared)
    if item.factor is not None:
        return BackgroundSupply(item.factor)
    return NamedMaterial(item.material or item.name)


def _fuel(label: str, item: written.FuelItem) -> Fuel:
    return Fuel(label, item.fuel, _quantity(item.quantity), _notes(item))


def _electricity(label: str, item: written.ElectricityItem) -> Electricity:
    return Electricity(
        label=label,
        quantity=_quantity(item.quantity),
        source=item.source,
        technology=item.technology,
        certificate_id=item.certificate,
        notes=_notes(item),
    )


def _transport(label: str, item: written.TransportItem) -> Transport:
    return Transport(label, _leg(item), _notes(item))


def _emission(label: str, item: written.EmissionItem) -> DirectEmission | ProcessEmission:
    if item.process is not None:
        return ProcessEmission(label, item.process, _quantity(item.quantity), _notes(item))
    return DirectEmission(label, item.gas or "", _quantity(item.quantity), _notes(item))


def _waste(label: str, item: written.WasteItem) -> Waste:
    return Waste(
        label=label,
        name=item.name,
        treatment=item.treatment,
        quantity=_quantity(item.quantity),
        legs=tuple(_leg(leg) for leg in item.transport),
        notes=_notes(item),
        material=item.material,
    )


def _leg(item: written.LegItem) -> TransportLeg:
    mass = None if item.mass is None else _quantity(item.mass)
    return TransportLeg(item.mode, _quantity(item.distance), mass)


def _quantity(item: written.QuantityItem) -> Quantity:
    return Quantity(item.amount, item.unit)


def _notes(item: written.LineItem) -> Notes:
    return Notes(
        data_type=item.data_type,
        uncertainty=read_uncertainty(item.uncertainty),
        evidence=item.evidence,
        remark=item.remark,
        serves=item.serves,
    )


def read_uncertainty(item: written.UncertaintyItem | None) -> Uncertainty | None:
    """How far an amount or a declared value may be off."""
    if item is None:
        return None
    if item.distribution is None:
        spread = geometric_sd(item.pedigree or ())
        return Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=spread)
    return Uncertainty(
        kind=DistributionKind(item.distribution),
        geometric_sd=item.geometric_sd,
        relative_sd=item.relative_sd,
        relative_low=item.relative_low,
        relative_high=item.relative_high,
    )
