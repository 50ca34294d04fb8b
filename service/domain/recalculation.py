"""A recalculation: the footprints that are no longer what their data says, and what makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.chain import Chain
from service.domain.consent import GrantedDigits
from service.domain.footprint import Footprint
from service.domain.lockfile import LockedPart, Lockfile, Recipe
from service.domain.network import Network
from service.domain.seen_network import chain_as_seen, figures_of, list_supplies


@dataclass(frozen=True, slots=True)
class SealedText:
    """The text of a submission, and its seal."""

    content: Mapping[str, Any]
    seal: str


@dataclass(frozen=True, slots=True)
class Recalculation:
    """What must be calculated.

    Args:
        network: Everything behind the products.
        texts: Of all submissions, by their ids.
        locks: The products to calculate, each with what it will be made from.
        granted: How many digits owners see of their suppliers' footprints.
    """

    network: Network
    texts: Mapping[UUID, SealedText]
    locks: Mapping[str, Lockfile]
    granted: GrantedDigits

    def as_owners_see(self, found: Mapping[str, Footprint]) -> Chain | None:
        """What owners see of products that rest on other firms; None where none does."""
        resting = [key for key, lock in self.locks.items() if lock.supplies]
        if not resting:
            return None
        figures = {key: figures_of(found[key]) for key in self.network.answers}
        return chain_as_seen(self.network, resting, figures, self.granted)


def list_calculable(network: Network, product_ids: Iterable[str]) -> tuple[str, ...]:
    """Products that have a footprint of their own: these, and what their runs make beside them."""
    made = {
        product_id
        for key in product_ids
        if key in network.answers
        for product_id in network.answers[key].product_ids
    }
    return tuple(sorted(made - network.chain.substituted_products))


def lock(
    network: Network,
    product_id: str,
    recipe: Recipe,
    texts: Mapping[UUID, SealedText],
    granted: GrantedDigits,
) -> Lockfile:
    """Lock a product: name everything that its footprint is made from."""
    return Lockfile(
        product_id=UUID(product_id),
        period=network.chain.period,
        recipe=recipe,
        parts=tuple(
            LockedPart(
                submission_id=part.submission_id,
                product_id=UUID(part.submission.product_id),
                organisation_id=part.organisation_id,
                number=part.number,
                seal=texts[part.submission_id].seal,
            )
            for part in network.upstream_of(product_id)
        ),
        supplies=list_supplies(network, product_id, granted),
    )
