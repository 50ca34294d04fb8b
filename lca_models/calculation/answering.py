"""Who answers for what each row of a chain takes or emits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.tabulating import PricedSource, TabulatedChain
from lca_models.inventory.processes import DeclaredFootprint, Emission, Exchange

Positions = NDArray[np.int32]


class Part(IntEnum):
    """How something enters the chain."""

    ON_SITE = 0
    PURCHASED = 1
    DECLARED = 2


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for each row.

    Args:
        organisations: Firms of the chain and owners of declared footprints.
        maker: Firm that makes each product, shape (products,).
        of_row: Firm that answers for each row: the maker of the product that it takes, the owner
            of the declaration, or the firm whose process it is. Shape (rows,).
        part: How each row enters the chain, a `Part`; no meaning where it takes a product of the
            chain. Shape (rows,).
    """

    organisations: tuple[str, ...]
    maker: Positions
    of_row: Positions
    part: Positions


def find_answering(chain: TabulatedChain) -> Answering:
    """Find out who answers for what in a chain."""
    table = chain.table
    owners = {
        n: source.organisation
        for n, source in enumerate(chain.sources, start=table.products)
        if isinstance(source, DeclaredFootprint)
    }
    makers = [process.organisation for process in chain.inventory.processes]
    numbers = {firm: n for n, firm in enumerate(dict.fromkeys((*makers, *owners.values())))}
    maker = np.array([numbers[firm] for firm in makers], dtype=np.int32)
    of_row = maker[table.process]
    of_row[table.links] = maker[table.source[table.links]]
    for source, owner in owners.items():
        of_row[table.source == source] = numbers[owner]
    part = [
        _part(row, None if source < 0 else chain.sources[source])
        for row, source in zip(chain.rows, table.source - table.products, strict=True)
    ]
    return Answering(tuple(numbers), maker, of_row, np.array(part, dtype=np.int32))


def _part(row: Exchange | Emission, source: PricedSource | None) -> Part:
    if isinstance(source, DeclaredFootprint):
        return Part.DECLARED
    on_site = isinstance(row, Emission) or row.on_site
    return Part.ON_SITE if on_site else Part.PURCHASED
