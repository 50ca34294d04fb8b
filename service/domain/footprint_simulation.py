"""Footprints under many draws, alone or against another chain, in the words of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.impacts.impact import Method
from lca_models.impacts.interval import Interval
from service.domain.chain import Chain
from service.domain.errors import UnknownProductError
from service.domain.footprint_interval import NoInterval
from service.domain.product import Product


@dataclass(frozen=True, slots=True)
class SimulatedFootprint:
    """A footprint as given, and where it lies.

    Args:
        product: What it is about.
        kg_co2e: As given; None where nothing is known.
        against_kg_co2e: The same product in the other chain; None if unknown, or without one.
        interval: Of the footprint; of what it is above the other chain's where there is one.
        share_lower: Share of the draws in which it is lower than in the other chain.
    """

    product: Product
    kg_co2e: float | None
    against_kg_co2e: float | None
    interval: Interval | NoInterval
    share_lower: float | None


@dataclass(frozen=True, slots=True)
class FootprintSimulation:
    """Footprints of a chain under many draws, electricity contracts counted.

    Args:
        chain: The chain.
        against: The other chain, if there is one.
        seed: What the draws started from.
        draws: How many were asked for.
        footprints: Products that were asked for, or those of the lead firm.
        method: How the chain was calculated.
        against_method: How the other chain was.
    """

    chain: Chain
    against: Chain | None
    seed: int
    draws: int
    footprints: tuple[SimulatedFootprint, ...]
    method: Method
    against_method: Method | None

    @property
    def dropped(self) -> int:
        """Draws that no chain can be; one is dropped for all products."""
        intervals = (footprint.interval for footprint in self.footprints)
        return max((i.dropped for i in intervals if isinstance(i, Interval)), default=0)


def choose_simulated(
    chain: Chain, against: Chain | None, asked: Sequence[str]
) -> tuple[Product, ...]:
    """The products that are asked for, or those of the lead firm that both chains have.

    Raises:
        UnknownProductError: A chain has no such product, or the lead firm has none.
    """
    other = chain if against is None else against
    for product_id in asked:
        other.get_product(product_id)
    both = {product.id for product in other.products}
    chosen = tuple(map(chain.get_product, dict.fromkeys(asked))) or tuple(
        product
        for product in chain.products
        if product.organisation_id == chain.lead_id and product.id in both
    )
    if not chosen:
        raise UnknownProductError(
            Text(
                en="The lead firm “{id}” has no product to simulate.",
                zh="链主企业“{id}”没有可供模拟的产品。",
            ).format(id=chain.lead_id),
            Text(
                en="Name a product, for a comparison one of both chains.",
                zh="请指定产品；对比时须为两条供应链共有的产品。",
            ),
            value=chain.lead_id,
        )
    return chosen
