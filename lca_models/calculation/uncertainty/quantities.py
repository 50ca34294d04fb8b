"""What is uncertain in a chain, each quantity once, and which rows and sources it multiplies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.tabulating import PricedSource, TabulatedChain
from lca_models.calculation.uncertainty.draws import Starts, draw_uniforms
from lca_models.calculation.uncertainty.spreads import Spreads, gather_spreads, order_by_kind
from lca_models.facts.factors import Factor
from lca_models.inventory.processes import (
    DeclaredFootprint,
    DistributionKind,
    Process,
    Uncertainty,
)

Numbers = NDArray[np.float64]
Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Quantities:
    """The uncertain quantities of a chain.

    Args:
        keys: What names each, ordered by kind of spread; two with one key move together.
        spreads: How far each may be off.
        of_row: Quantity that multiplies the amount of each row, shape (rows,); the number of
            quantities where the amount is certain.
        of_source: Quantity that multiplies each priced source, shape (sources,); likewise.
    """

    keys: tuple[bytes, ...]
    spreads: Spreads
    of_row: Positions
    of_source: Positions

    def draw(self, starts: Starts, first: int, end: int) -> Numbers:
        """Multiples of every quantity, and a column of ones for what is certain.

        Args:
            starts: Where the stream of each quantity starts.
            first: Number of the first draw.
            end: Number after the last draw.

        Returns:
            Shape (draws, quantities + 1).
        """
        multiples = np.ones((end - first, len(starts) + 1))
        uniforms = draw_uniforms(starts, first, end)
        self.spreads.spread(uniforms)
        multiples[:, :-1] = uniforms
        return multiples


class _Found:
    """Quantities in the order in which they are met."""

    def __init__(self) -> None:
        self.positions: dict[tuple[str, Uncertainty], int] = {}

    def position_of(self, key: str, uncertainty: Uncertainty | None) -> int:
        """Position of a quantity; below zero where it is certain."""
        if uncertainty is None:
            return -1
        return self.positions.setdefault((key, uncertainty), len(self.positions))


def find_quantities(chain: TabulatedChain) -> Quantities:
    """The uncertain quantities of a chain.

    All that a run takes or emits for one line of activity data is one quantity: fuel and its
    supply, goods and their transport, and the parts of the run's co-products. A published factor is
    one quantity for all firms, a declared footprint for all who use it.
    """
    found = _Found()
    runs = [_run_of(process) for process in chain.inventory.processes]
    rows = [
        found.position_of(f"line {runs[process]}{row.line}", row.uncertainty)
        for process, row in zip(chain.table.process.tolist(), chain.rows, strict=True)
    ]
    sources = [found.position_of(*_source_quantity(source)) for source in chain.sources]
    names = list(found.positions)
    order = order_by_kind([uncertainty for _, uncertainty in names])
    moved = np.full(len(names) + 1, len(names), dtype=np.int32)  # its last is for what is certain
    moved[order] = np.arange(len(names))
    return Quantities(
        keys=tuple(names[n][0].encode() for n in order.tolist()),
        spreads=gather_spreads([names[n][1] for n in order.tolist()]),
        of_row=moved[np.array(rows, dtype=np.int64)],
        of_source=moved[np.array(sources, dtype=np.int64)],
    )


def _run_of(process: Process) -> str:
    """Names the run; its length before it keeps run and line apart."""
    run = process.run or process.product
    return f"{len(run)}:{run}"


def _source_quantity(source: PricedSource) -> tuple[str, Uncertainty | None]:
    match source:
        case DeclaredFootprint():
            return f"declared {source.id}", source.uncertainty
        case Factor():
            spread = math.sqrt(source.geometric_sd2)
            return f"factor {source.id}", Uncertainty(DistributionKind.LOGNORMAL, spread)
        case _:
            return source, None
