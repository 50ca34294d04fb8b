"""Trace one product's footprint up its chain."""

from __future__ import annotations

from lca_models.calculate import describe_method, solve
from lca_models.facts.library import Library
from lca_models.impacts.trace import SourceKind
from lca_models.trace import CUT_OFF, trace_contributions, trace_flows
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.footprint_trace import FootprintTrace


def trace_footprint(
    chain: Chain,
    library: Library,
    product_id: str,
    *,
    characterisation: str = "AR6",
    cut_off: float = CUT_OFF,
) -> FootprintTrace:
    """Trace a product's footprint, electricity contracts counted.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        product_id: The product.
        characterisation: Set of GWPs by name.
        cut_off: Share of the total below which nothing is told apart, 0 to 1.

    Raises:
        GreenchainError: There is no such product, or the chain cannot be calculated.
    """
    product = chain.get_product(product_id)
    solved = solve(lay_out(chain, library).inventory, library, characterisation=characterisation)
    tree = trace_contributions(solved, product_id, cut_off=cut_off)
    drawn = {c.source for c in tree.contributions if c.kind is SourceKind.PUBLISHED}
    return FootprintTrace(
        chain=chain,
        product=product,
        tree=tree,
        flows=trace_flows(solved, product_id, cut_off=cut_off),
        flows_by_organisation=trace_flows(
            solved, product_id, cut_off=cut_off, by_organisation=True
        ),
        factors={factor_id: library.get_footprint_factor(factor_id) for factor_id in drawn},
        method=describe_method(solved, library),
    )
