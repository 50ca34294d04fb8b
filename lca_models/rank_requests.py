"""The door for asking next: a solved chain and a lead product in, data points by worth out."""

from __future__ import annotations

from lca_models.calculation.solution import SolvedChain
from lca_models.calculation.uncertainty.ask_next import rank
from lca_models.impacts.request import RequestRanking


def rank_requests(solved: SolvedChain, product: str) -> RequestRanking:
    """Rank the missing and secondary data points of a chain for one lead product.

    Args:
        solved: A chain that `lca_models.calculate.solve` gave.
        product: Id of the lead product.

    Raises:
        InventoryError: The product is not of the chain, or an uncertainty goes beyond any measure.
        UnproductiveLoopError: At mean amounts, firms use up what they make for each other.
    """
    return rank(solved, solved.find_position(product))
