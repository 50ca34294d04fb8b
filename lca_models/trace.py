"""A door: a solved chain in, and where one product's footprint comes from out."""

from __future__ import annotations

from lca_models.calculation.flows import find_flows
from lca_models.calculation.solution import SolvedChain
from lca_models.calculation.tracing import trace_tree
from lca_models.errors import InvalidAmountError, Text
from lca_models.impacts.trace import ContributionTree, Flows

# More than anybody reads at once; a loop that hardly loses anything ends here.
MOST_CONTRIBUTIONS = 500
# What is smaller stands together as the rest, unless asked otherwise.
CUT_OFF = 0.01


def trace_contributions(
    solved: SolvedChain, product: str, *, cut_off: float = CUT_OFF, most: int = MOST_CONTRIBUTIONS
) -> ContributionTree:
    """Follow the largest contributions to a product up the chain.

    Args:
        solved: A chain that `lca_models.calculate.solve` gave.
        product: Id of the product.
        cut_off: Share of its total below which nothing is told apart, 0 to 1.
        most: Most contributions of the tree, at least 1.

    Raises:
        InvalidAmountError: The cut-off is no share.
        InventoryError: No process of the chain makes the product.
    """
    _refuse_no_share(cut_off)
    return trace_tree(solved, solved.find_position(product), cut_off, most)


def trace_flows(
    solved: SolvedChain, product: str, *, cut_off: float = CUT_OFF, by_organisation: bool = False
) -> Flows:
    """Find what flows from whom to whom behind a product, as the links of a Sankey diagram.

    Args:
        solved: A chain that `lca_models.calculate.solve` gave.
        product: Id of the product.
        cut_off: Share of its total below which flows go through the others, 0 to 1.
        by_organisation: Between firms instead of products.

    Raises:
        InvalidAmountError: The cut-off is no share.
        InventoryError: No process of the chain makes the product, or amounts behind it multiply
            beyond any measure.
    """
    _refuse_no_share(cut_off)
    position = solved.find_position(product)
    return find_flows(solved, position, cut_off, by_organisation=by_organisation)


def _refuse_no_share(cut_off: float) -> None:
    if not 0 <= cut_off <= 1:  # so also what is no number
        raise InvalidAmountError(
            Text(
                en="The cut-off {cut_off} is no share of a total.",
                zh="截断值{cut_off}不是有效占比。",
            ).format(cut_off=cut_off),
            Text(en="Give a share from 0 to 1.", zh="请填写0至1之间的占比。"),
            value=cut_off,
        )
