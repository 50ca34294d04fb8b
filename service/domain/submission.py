"""A submission: the activity data of one product and period, as its supplier sent it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.processes import Uncertainty


class DataType(StrEnum):
    """Whether activity data was measured for the process or taken from elsewhere."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class ElectricitySource(StrEnum):
    """How electricity reaches the firm."""

    GRID = "grid"
    ON_SITE = "on_site"
    CERTIFIED = "certified"


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said about a line beside its amount.

    Args:
        data_type: Whether the amount was measured.
        uncertainty: How far it may be off.
        evidence: Invoice, meter or record.
        remark: Anything else.
        serves: The product of the run that the line serves alone; None where all share it.
    """

    data_type: DataType = DataType.PRIMARY
    uncertainty: Uncertainty | None = None
    evidence: str | None = None
    remark: str | None = None
    serves: str | None = None


@dataclass(frozen=True, slots=True)
class MemberProduct:
    """Supplied by another product of the chain."""

    product_id: str


@dataclass(frozen=True, slots=True)
class DeclaredSupply:
    """Supplied with a declared footprint."""

    declaration_id: str


@dataclass(frozen=True, slots=True)
class BackgroundSupply:
    """Supplied from the background: a published factor by its id."""

    factor_id: str


@dataclass(frozen=True, slots=True)
class NamedMaterial:
    """Known by name only: the library's default choice for that material, or a gap."""

    name: str


Supply = MemberProduct | DeclaredSupply | BackgroundSupply | NamedMaterial


@dataclass(frozen=True, slots=True)
class RecycledContent:
    """Shares of an input's mass that are recycled, 0 to 1 each, together at most 1."""

    pre_consumer: float = 0.0
    post_consumer: float = 0.0

    @property
    def share(self) -> float:
        """Both together."""
        return self.pre_consumer + self.post_consumer


@dataclass(frozen=True, slots=True)
class TransportLeg:
    """One leg of a journey.

    Args:
        mode: Key or name of a transport mode of the library.
        distance: How far.
        mass: What is carried; None when it is the mass of the line that the leg belongs to.
    """

    mode: str
    distance: Quantity
    mass: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A material, part or packaging that goes into the product.

    Args:
        label: How the line is named in messages and results.
        name: What the supplier calls it.
        quantity: How much for one run; net of losses where a loss share is given.
        supply: Where it comes from.
        packaging: Whether it packs the product.
        loss_share: Share of the gross input that is lost, 0 to below 1.
        recycled: Its recycled content.
        legs: How it comes in.
        notes: Data type, uncertainty, evidence.
    """

    label: str
    name: str
    quantity: Quantity
    supply: Supply
    packaging: bool = False
    loss_share: float = 0.0
    recycled: RecycledContent | None = None
    legs: tuple[TransportLeg, ...] = ()
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class Fuel:
    """A fuel burnt on site, or heat bought; `carrier` is a fuel of the library or `heat`."""

    label: str
    carrier: str
    quantity: Quantity
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class Electricity:
    """Electricity used.

    Args:
        label: How the line is named.
        quantity: How much for one run.
        source: Grid, own plant, or grid with certificates.
        technology: How it was generated; required unless it is plain grid power.
        certificate_id: Number of the green-power certificate; required if certified.
        notes: Data type, uncertainty, evidence.
    """

    label: str
    quantity: Quantity
    source: ElectricitySource
    technology: str | None = None
    certificate_id: str | None = None
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class Transport:
    """Inbound transport that belongs to no single input."""

    label: str
    leg: TransportLeg
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class DirectEmission:
    """A gas that the process itself emits, or removes where negative."""

    label: str
    gas: str
    quantity: Quantity
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class ProcessEmission:
    """What an industrial process emits by a published factor, such as burning clinker.

    Args:
        label: How the line is named.
        process: Key, name or factor id of the process.
        quantity: How much the process makes or uses in one run.
        notes: Data type, uncertainty, evidence.
    """

    label: str
    process: str
    quantity: Quantity
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class Waste:
    """Waste that leaves the process for treatment.

    Args:
        label: How the line is named.
        name: What the waste is.
        treatment: Key or name of a treatment of the library.
        quantity: How much for one run.
        legs: How it goes out.
        notes: Data type, uncertainty, evidence.
        material: What it is made of, by factor id or name, where its own name does not say it.
    """

    label: str
    name: str
    treatment: str
    quantity: Quantity
    legs: tuple[TransportLeg, ...] = ()
    notes: Notes = field(default_factory=Notes)
    material: str | None = None


Line = Input | Fuel | Electricity | Transport | DirectEmission | ProcessEmission | Waste


@dataclass(frozen=True, slots=True)
class Displacement:
    """The one process that a co-product displaces elsewhere, as its maker states it.

    Args:
        displaced: Factor id, or name of a material with a default factor.
        per_unit: How much of it one unit of the co-product's quantity displaces.
    """

    displaced: str
    per_unit: Quantity


@dataclass(frozen=True, slots=True)
class Output:
    """One product that the process makes.

    Args:
        product_id: The product.
        quantity: How much one run makes.
        value: Economic value of one unit of the quantity, in any one currency.
        energy_mj: Energy content of one unit of the quantity.
        relation: Another stated physical relation of one unit of the quantity.
        share: Its share of the run as the firm states it, 0 to 1.
        displaces: What it displaces elsewhere; of co-products only.
    """

    product_id: str
    quantity: Quantity
    value: float | None = None
    energy_mj: float | None = None
    relation: float | None = None
    share: float | None = None
    displaces: Displacement | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Submission:
    """One run of making a product: what came out, and every line that went in.

    Args:
        period: The reporting period.
        output: The product, and how much of it one run makes.
        lines: Activity data.
        co_products: What else the run makes.
        allocation: How the lines are shared among the products.
    """

    period: Period
    output: Output
    lines: tuple[Line, ...]
    co_products: tuple[Output, ...] = ()
    allocation: AllocationMethod = AllocationMethod.PACT

    @property
    def product_id(self) -> str:
        """The product that the submission is about."""
        return self.output.product_id

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Everything that the run makes, its product first."""
        return (self.output, *self.co_products)

    @property
    def bearing_outputs(self) -> tuple[Output, ...]:
        """Outputs that bear a part of the run: by substitution its product alone."""
        if self.allocation is AllocationMethod.SUBSTITUTION:
            return (self.output,)
        return self.outputs

    def lines_of(self, product_id: str) -> tuple[Line, ...]:
        """Lines that an output bears: its own and the common ones; by substitution all of them."""
        if self.allocation is AllocationMethod.SUBSTITUTION:
            return self.lines
        return tuple(line for line in self.lines if line.notes.serves in {None, product_id})
