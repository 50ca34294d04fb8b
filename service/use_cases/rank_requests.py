"""Rank whom to ask next about a product."""

from __future__ import annotations

from lca_models.calculate import describe_method, solve
from lca_models.facts.library import Library
from lca_models.impacts.request import RequestKind
from lca_models.rank_requests import rank_requests
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.request_ranking import ProductRequests


def rank_product_requests(
    chain: Chain, library: Library, product_id: str, *, characterisation: str = "AR6"
) -> ProductRequests:
    """Rank the data points of a product's chain, electricity contracts counted.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        product_id: The product.
        characterisation: Set of GWPs by name.

    Raises:
        GreenchainError: There is no such product, the chain cannot be calculated, or an
            uncertainty goes beyond any measure.
    """
    product = chain.get_product(product_id)
    laid_out = lay_out(chain, library)
    solved = solve(laid_out.inventory, library, characterisation=characterisation)
    ranking = rank_requests(solved, product_id)
    drawn = {
        supplier
        for request in ranking.requests
        if request.kind is not RequestKind.DECLARED
        for supplier in request.suppliers
    }
    return ProductRequests(
        chain=chain,
        product=product,
        ranking=ranking,
        factors={factor_id: library.get_footprint_factor(factor_id) for factor_id in drawn},
        missing=laid_out.missing,
        method=describe_method(solved, library),
    )
