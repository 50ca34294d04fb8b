"""A chain with its runs shared by another method than their firms chose."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lca_models.errors import Defect, GreenchainError
from lca_models.facts.library import Library
from lca_models.inventory.allocation import AllocationMethod
from service.domain.chain import Chain
from service.domain.chain_rules import refuse_substituted
from service.domain.shared_run import share_run
from service.domain.submission import Input, MemberProduct, Submission


@dataclass(frozen=True, slots=True)
class SwitchedChain:
    """A chain whose runs with co-products are shared by one method.

    Args:
        chain: The chain; runs whose outputs lack the data keep their own method.
        switched: How many runs are shared by it.
        kept: The runs that are not, with what they lack.
    """

    chain: Chain
    switched: int
    kept: tuple[Defect, ...]


def switch_allocation(chain: Chain, method: AllocationMethod, library: Library) -> SwitchedChain:
    """Share every run with co-products by one method, where its outputs carry the data."""
    kept: list[Defect] = []
    switched: dict[str, Submission] = {}
    for submission in chain.current_submissions():
        if not submission.co_products:
            continue
        try:
            switched[submission.product_id] = _switch(submission, method, chain, library)
        except GreenchainError as error:
            kept += error.at(chain.place_of(submission.product_id)).defects
    others = [s for s in chain.current_submissions() if s.product_id not in switched]
    submissions = (*switched.values(), *others)
    return SwitchedChain(replace(chain, submissions=submissions), len(switched), tuple(kept))


def _switch(
    submission: Submission, method: AllocationMethod, chain: Chain, library: Library
) -> Submission:
    found = replace(submission, allocation=method)
    share_run(found, chain, library)
    alone = replace(chain, submissions=(found,))
    for other in chain.current_submissions():
        for line in other.lines:
            if isinstance(line, Input) and isinstance(line.supply, MemberProduct):
                refuse_substituted(line.supply.product_id, alone)
    return found
