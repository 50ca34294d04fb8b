"""The door for asking next: an inventory and a lead product in, data points by their worth out."""

from __future__ import annotations

from lca_models.calculation.ask_next import rank
from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.tabulating import tabulate
from lca_models.facts.library import Library
from lca_models.impacts.request import RequestRanking
from lca_models.inventory.processes import Inventory
from lca_models.inventory.upstream import upstream_of


def rank_requests(
    inventory: Inventory, library: Library, product: str, *, characterisation: str = "AR6"
) -> RequestRanking:
    """Rank the missing and secondary data points of a chain for one lead product.

    Args:
        inventory: Processes of all members, laid out per run, allocation done.
        library: Published factors and global warming potentials.
        product: Id of the lead product.
        characterisation: Set of GWPs by name.

    Raises:
        GreenchainError: As `calculate`; and if the product is not of the chain, or an uncertainty
            goes beyond any measure.
    """
    part = upstream_of(inventory, [product])
    chain = tabulate(part, library, library.get_characterisation(characterisation))
    refuse_unproductive_loops(chain.inventory.processes, chain.table.system)
    return rank(chain, chain.positions[product])
