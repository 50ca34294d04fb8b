"""A chain's footprint: what the lead firm sees of its products, and of the firms behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from service.domain.disclosure import round_digits
from service.domain.kept_footprint import KeptFootprint


@dataclass(frozen=True, slots=True)
class ChainProductFootprint:
    """A product of the chain.

    Args:
        kept: Its footprint; the lead firm reads what an owner reads.
        by_firm: kg CO2e by firm; None for what firms bring that the lead firm does not see.
    """

    kept: KeptFootprint
    by_firm: Mapping[UUID | None, float]


@dataclass(frozen=True, slots=True)
class SuppliedPart:
    """What a direct supply brings to a product, and what stands behind the supply.

    Args:
        supplier_id: Who supplies.
        kg_co2e: Its part, as the owner sees it.
        behind: Share of each firm in the supply, in full precision.
        significant_digits: With how many digits the owner may see the supply.
        seen_firms: Firms that the owner sees behind this supply. That it sees them elsewhere does
            not count: it shall not learn that they supply here, too.
    """

    supplier_id: UUID
    kg_co2e: float
    behind: Mapping[UUID, float]
    significant_digits: int
    seen_firms: frozenset[UUID] = frozenset()


def split_by_firm(
    own_id: UUID, total_kg_co2e: float, supplied: Collection[SuppliedPart]
) -> Mapping[UUID | None, float]:
    """Split a product by the firms that its owner sees; the others are one.

    A share in a supply is rounded before it is multiplied by what the owner takes of the supply:
    so that the owner, who chooses how much it takes, cannot find the share by trying.

    Args:
        own_id: The owner.
        total_kg_co2e: The product's total, as its owner sees it.
        supplied: Its supplies from other firms that gave data.

    Returns:
        kg CO2e by firm; sums to the total. What no firm gave data for is the owner's own.
    """
    parts: dict[UUID | None, float] = defaultdict(float)
    parts[own_id] = total_kg_co2e - sum(part.kg_co2e for part in supplied)
    for part in supplied:
        rest = 1.0
        for firm in sorted(({part.supplier_id} | part.seen_firms) & part.behind.keys()):
            share = float(round_digits(part.behind[firm], part.significant_digits))
            parts[firm] += share * part.kg_co2e
            rest -= share
        parts[None] += rest * part.kg_co2e
    return {firm: kg_co2e for firm, kg_co2e in parts.items() if kg_co2e}
