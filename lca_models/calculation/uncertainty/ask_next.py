"""Ranking the data points of a chain by the variance that primary data there would remove."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.solution import SolvedChain
from lca_models.calculation.tabulating import PricedSource, TabulatedChain
from lca_models.calculation.uncertainty.first_order import LinearChain, beyond_measure, linearise
from lca_models.facts.factors import Factor
from lca_models.facts.pedigree import geometric_sd
from lca_models.impacts.request import GapRequest, Request, RequestKind, RequestRanking
from lca_models.inventory.processes import DeclaredFootprint, Emission, Exchange, Process

Numbers = NDArray[np.float64]
# A footprint from primary data keeps what the pedigree gives the best marks for everything.
_BEST = (1, 1, 1, 1, 1)
_PRIMARY_VARIANCE = math.expm1(math.log(geometric_sd(_BEST)) ** 2)
# Variance of a value evenly spread over a width of 1.
_EVENLY_SPREAD = 1 / 12


@dataclass(frozen=True, slots=True)
class _Point:
    """What one answer would replace."""

    kind: RequestKind
    organisation: str
    product: str | None = None
    line: str | None = None
    declaration: str | None = None


@dataclass(frozen=True, slots=True)
class _Moves:
    """How far a lead product is moved: by each row, and by each quantity over all rows.

    Args:
        row_kg_co2e: Mean contribution of each row, shape (rows,).
        amount_sd: Standard deviation by the row's amount, shape (rows,).
        source_sd: Standard deviation by the row's priced source, shape (rows,).
        by_amount: Sums of `amount_sd` over what moves together.
        by_source: Sums of `source_sd` by what the rows draw on.
    """

    row_kg_co2e: Numbers
    amount_sd: Numbers
    source_sd: Numbers
    by_amount: Numbers
    by_source: Numbers

    @property
    def variance(self) -> float:
        """Variance of the lead product, (kg CO2e)²."""
        return float(np.sum(self.by_amount**2) + np.sum(self.by_source**2))


def rank(solved: SolvedChain, lead: int) -> RequestRanking:
    """Rank what is missing or secondary upstream of a product.

    Primary data for a point takes the uncertainty of its factor or declaration out of that line
    alone, and that of its amount unless it was measured or a declaration's owner is asked, and
    leaves what the pedigree matrix gives to the best data.

    Args:
        solved: A solved chain.
        lead: Position of the product.

    Raises:
        UnproductiveLoopError: At mean amounts, firms use up what they make for each other.
        InventoryError: An uncertainty or an amount goes beyond any measure.
    """
    chain = solved.chain
    demand = np.zeros(chain.table.products)
    demand[lead] = 1.0
    linear = linearise(chain)
    with np.errstate(over="ignore", invalid="ignore"):  # refused below
        moves = _moves(linear, linear.table.system.run(demand))
        variance = moves.variance
    if not math.isfinite(variance):
        raise beyond_measure(chain.inventory.processes[lead].product)
    units = chain.table.system.run(demand)
    row_kg_co2e = solved.solution.priced.row_kg_co2e * units[chain.table.process]
    requests = [
        _request(chain, point, np.array(rows), row_kg_co2e, (linear, moves))
        for point, rows in _find_points(chain, units).items()
    ]
    gaps = list(_gaps(chain, units, variance))
    return RequestRanking(
        product=chain.inventory.processes[lead].product,
        standard_deviation_kg_co2e=math.sqrt(variance),
        requests=tuple(sorted(requests, key=_request_order)),
        gaps=tuple(sorted(gaps, key=_gap_order)),
    )


def _moves(linear: LinearChain, units: Numbers) -> _Moves:
    behind = units[linear.table.process]
    amount_sd, source_sd = linear.amount_sd * behind, linear.source_sd * behind
    return _Moves(
        row_kg_co2e=linear.row_kg_co2e * behind,
        amount_sd=amount_sd,
        source_sd=source_sd,
        by_amount=_sum(linear.amount_of, amount_sd),
        by_source=_sum(linear.table.source, source_sd),
    )


def _sum(keys: NDArray[np.integer[Any]], numbers: Numbers) -> Numbers:
    return np.bincount(keys, weights=numbers).astype(np.float64, copy=False)


def _find_points(chain: TabulatedChain, units: Numbers) -> dict[_Point, list[int]]:
    """The rows of every point that the lead product reaches."""
    table, processes = chain.table, chain.inventory.processes
    found: dict[_Point, list[int]] = defaultdict(list)
    reached = table.entries[units[table.process[table.entries]] != 0]
    for row in reached.tolist():
        source = chain.sources[table.source[row] - table.products]
        point = _point_of(processes[table.process[row]], chain.rows[row], source)
        if point is not None:
            found[point].append(row)
    return found


def _point_of(process: Process, row: Exchange | Emission, source: PricedSource) -> _Point | None:
    """Whom to ask about a row; nobody about own emissions, fuels burnt on site, and credits."""
    if isinstance(row, Emission) or row.on_site or row.amount <= 0:
        return None
    match source:
        case DeclaredFootprint():
            if source.primary_data_share:
                return None
            return _Point(RequestKind.DECLARED, source.organisation, declaration=source.id)
        case Factor():
            kind = RequestKind.SCREENING if row.screening else RequestKind.PUBLISHED
            return _Point(kind, process.organisation, process.product, row.line)
        case _:
            return None


def _request(
    chain: TabulatedChain,
    point: _Point,
    rows: NDArray[np.int64],
    row_kg_co2e: Numbers,
    at_means: tuple[LinearChain, _Moves],
) -> Request:
    linear, moves = at_means
    # The owner of a declaration cannot tell how much of it others use.
    asked_for_amount = point.declaration is None
    assumed = rows[[asked_for_amount and not chain.rows[row].primary for row in rows.tolist()]]
    sources = linear.table.source[rows]
    removed = _without(moves.by_source, sources, moves.source_sd[rows])
    removed += _without(moves.by_amount, linear.amount_of[assumed], moves.amount_sd[assumed])
    removed -= float(moves.row_kg_co2e[rows].sum()) ** 2 * _PRIMARY_VARIANCE
    drawn_on = (chain.rows[row] for row in rows.tolist())
    suppliers = {row.supplier.id for row in drawn_on if isinstance(row, Exchange)}
    return Request(
        kind=point.kind,
        organisation=point.organisation,
        product=point.product,
        line=point.line,
        suppliers=tuple(sorted(suppliers)),
        kg_co2e=float(row_kg_co2e[rows].sum()),
        measured=not len(assumed),
        variance_removed=removed / moves.variance if moves.variance else 0.0,
    )


def _without(totals: Numbers, quantities: NDArray[np.integer[Any]], parts: Numbers) -> float:
    """Variance that goes when some parts no longer move with the quantities they moved with."""
    which, position = np.unique(quantities, return_inverse=True)
    part = np.bincount(position, weights=parts, minlength=len(which))
    return float(np.sum(part * (2 * totals[which] - part)))


def _gaps(chain: TabulatedChain, units: Numbers, variance: float) -> Iterator[GapRequest]:
    for position in np.flatnonzero(units).tolist():
        process = chain.inventory.processes[position]
        runs = float(units[position]) / process.amount
        for gap in process.gaps:
            upper = gap.upper_kg_co2e_per_unit
            upper_kg_co2e = None if upper is None else upper * gap.amount * runs
            ratio = None
            if upper_kg_co2e is not None and variance:
                ratio = upper_kg_co2e**2 * _EVENLY_SPREAD / variance
            yield GapRequest(process.organisation, process.product, gap.line, upper_kg_co2e, ratio)


def _request_order(request: Request) -> tuple[object, ...]:
    return (-request.variance_removed, -request.kg_co2e, request.organisation, *_words(request))


def _words(request: Request) -> tuple[str, str, tuple[str, ...]]:
    return request.product or "", request.line or "", request.suppliers


def _gap_order(gap: GapRequest) -> tuple[object, ...]:
    return (-(gap.upper_kg_co2e or 0.0), gap.organisation, gap.product, gap.line)
