"""Where a footprint comes from, with the chain whose words it is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.facts.factors import Factor
from lca_models.impacts.impact import Method
from lca_models.impacts.trace import ContributionTree, Flows
from service.domain.chain import Chain
from service.domain.product import Product


@dataclass(frozen=True, slots=True)
class FootprintTrace:
    """The largest contributions to a product's footprint, and what flows from whom to whom.

    Args:
        chain: The chain.
        product: What was traced; certified power counts.
        tree: Its contributions.
        flows: Between products.
        flows_by_organisation: Between firms.
        factors: Published factors of the tree, by id.
        method: How it was calculated.
    """

    chain: Chain
    product: Product
    tree: ContributionTree
    flows: Flows
    flows_by_organisation: Flows
    factors: Mapping[str, Factor]
    method: Method
