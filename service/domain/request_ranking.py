"""Whom to ask next about a product, with the chain whose words it is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lca_models.activities.drawn import MissingValue
from lca_models.facts.factors import Factor
from lca_models.impacts.impact import Method
from lca_models.impacts.request import RequestRanking
from service.domain.chain import Chain
from service.domain.product import Product


@dataclass(frozen=True, slots=True)
class ProductRequests:
    """The data points of a product's chain, by what primary data there would tell.

    Args:
        chain: The chain.
        product: The lead product; certified power counts.
        ranking: Its data points.
        factors: Published factors that stand in for primary data, by id.
        missing: Why lines have no value, by product and line.
        method: How it was calculated.
    """

    chain: Chain
    product: Product
    ranking: RequestRanking
    factors: Mapping[str, Factor]
    missing: Mapping[tuple[str, str], MissingValue]
    method: Method
