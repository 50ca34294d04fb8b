"""Explain why footprints changed between two versions of a chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lca_models.calculation.change.versions import ChainVersion
from lca_models.explain_change import explain_change
from lca_models.facts.library import Library
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.comparison import ChainComparison, ComparedChain, choose_products


@dataclass(frozen=True, slots=True)
class GivenVersion:
    """A version of a chain as it comes in.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        characterisation: Set of GWPs by name.
    """

    chain: Chain
    library: Library
    characterisation: str = "AR6"


def explain_chain_change(
    before: GivenVersion,
    after: GivenVersion,
    *,
    products: Sequence[str] = (),
    sold: Mapping[str, tuple[float, float]] | None = None,
) -> ChainComparison:
    """Compare two versions of a chain, electricity contracts counted.

    Args:
        before: The first version, such as a base year.
        after: The second, such as the reporting year.
        products: Products to tell; none for those that the lead firm has in both.
        sold: Declared units sold in either version, by product.

    Raises:
        GreenchainError: A version cannot be calculated, or the two cannot be compared.
    """
    chosen = choose_products(before.chain, after.chain, (*products, *(sold or {})))
    versions = [
        ChainVersion(lay_out(v.chain, v.library).inventory, v.library, v.characterisation)
        for v in (before, after)
    ]
    explained = explain_change(*versions, products=chosen, sold=sold)
    return ChainComparison(
        before=_describe(before),
        after=_describe(after),
        changes=explained.changes,
        borrowed_factors=explained.borrowed,
    )


def _describe(given: GivenVersion) -> ComparedChain:
    chosen = given.library.get_characterisation(given.characterisation)
    return ComparedChain(given.chain, chosen.name, given.library.version)
