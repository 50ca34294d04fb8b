"""Two versions of a chain compared: what changed, in the words of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.impacts.change import Change
from service.domain.chain import Chain
from service.domain.product import Product


@dataclass(frozen=True, slots=True)
class ComparedChain:
    """One version of a chain, and what it was calculated by.

    Args:
        chain: The chain.
        characterisation: Set of GWPs.
        library_version: Content hash of the background library.
    """

    chain: Chain
    characterisation: str
    library_version: str


@dataclass(frozen=True, slots=True)
class ChainComparison:
    """Why footprints changed between two versions of a chain.

    Args:
        before: The first version.
        after: The second.
        changes: Products that were asked for, or those of the lead firm.
        borrowed_factors: Factors that one library lacks; there they counted as in the other.
    """

    before: ComparedChain
    after: ComparedChain
    changes: tuple[Change, ...]
    borrowed_factors: tuple[str, ...]

    def find_product(self, product_id: str) -> Product:
        """A product as the later version has it, or else the earlier one."""
        known = {p.id: p for p in (*self.before.chain.products, *self.after.chain.products)}
        return known[product_id]

    def find_firm_name(self, firm_id: str) -> Text:
        """A firm's name, or the name under which it declares a footprint."""
        firms = (*self.before.chain.organisations, *self.after.chain.organisations)
        names = {firm.id: firm.name for firm in firms}
        return names.get(firm_id, Text(en=firm_id, zh=firm_id))


def choose_products(before: Chain, after: Chain, asked: Sequence[str]) -> tuple[str, ...]:
    """The products that are asked for, or those that the lead firm has in both versions.

    Raises:
        UnknownProductError: Neither version has the product.
    """
    earlier = {product.id for product in before.products}
    if not asked:
        own = [p.id for p in after.products if p.organisation_id == after.lead_id]
        return tuple(product for product in own if product in earlier)
    for product_id in asked:
        if product_id not in earlier:
            after.get_product(product_id)
    return tuple(dict.fromkeys(asked))
