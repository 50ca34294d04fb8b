"""Where a footprint comes from: a tree of contributions, and the flows between suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lca_models.facts.stages import Stage


class SourceKind(StrEnum):
    """What a contribution comes from."""

    PRODUCT = "product"
    DECLARED = "declared"
    PUBLISHED = "published"
    EMISSION = "emission"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One branch of a tree: what something that is taken or emitted adds to the root.

    The contributions whose parent it is and `rest_kg_co2e` sum to its `kg_co2e`.

    Args:
        parent: Position in the tree of the contribution that this is a part of; None at the root.
        tier: Steps from the root, which has 0.
        kind: What it is.
        source: Id of the product, declaration or published factor; key of the gas.
        organisation: Who answers for it: the maker, the owner of the declaration, or the firm
            whose line it is.
        line: Label of the line of its parent's activity data; empty at the root.
        stage: Stage of that line; None at the root.
        amount: How much of it one declared unit of the root takes along this branch.
        unit: Unit of the amount.
        kg_co2e: What it adds, everything upstream included.
        share: Its part of the root's total; None where that is zero.
        rest_kg_co2e: What no further contribution tells: all of it at the end of a branch.
    """

    parent: int | None
    tier: int
    kind: SourceKind
    source: str
    organisation: str
    line: str
    stage: Stage | None
    amount: float
    unit: str
    kg_co2e: float
    share: float | None
    rest_kg_co2e: float


@dataclass(frozen=True, slots=True)
class ContributionTree:
    """The contributions to one declared unit of a product, largest branches first.

    Args:
        contributions: The root, each followed by its parts and theirs.
        cut_off: Share of the total below which nothing is told apart.
    """

    contributions: tuple[Contribution, ...]
    cut_off: float


class FlowEndKind(StrEnum):
    """Where a flow of CO2e starts or ends."""

    PRODUCT = "product"
    ORGANISATION = "organisation"
    ON_SITE = "on_site"
    PUBLISHED = "published"
    DECLARED = "declared"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, order=True)
class FlowEnd:
    """A start or an end of flows.

    Args:
        kind: What it is. From `on_site`, `published` and `declared` flows only start.
        id: Id of the product or firm; stage of what draws on published factors; owner of
            declared footprints, empty for several small ones; empty otherwise.
    """

    kind: FlowEndKind
    id: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """CO2e that a supplier hands on to a customer, behind one declared unit of a product."""

    supplier: FlowEnd
    customer: FlowEnd
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows behind one declared unit of a product, the largest first.

    What flows into a product, a firm or the others flows out of it again; at the root, what flows
    in less what flows out is the total.

    Args:
        root: Where they end.
        kg_co2e: The total.
        flows: One between any two ends.
        cut_off: Share of the total below which flows go through the others.
    """

    root: FlowEnd
    kg_co2e: float
    flows: tuple[Flow, ...]
    cut_off: float
