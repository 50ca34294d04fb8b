"""Shares and ratings of every product's footprint, passed on through suppliers and loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.system import System
from lca_models.calculation.table import ChainTable
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.facts.data_quality import UNKNOWN_RATING, DataQuality
from lca_models.inventory.processes import DeclaredFootprint, Emission

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """How far the footprint of each product can be trusted.

    Args:
        primary: Primary data share, 0 to 1, shape (products,).
        screening: Share that rests on screening values, 0 to 1, shape (products,).
        quality: Technological, geographical and temporal rating, 1 to 5, shape (products, 3).
        row_primary: Primary data share of each row, shape (rows,).
    """

    primary: Numbers
    screening: Numbers
    quality: Numbers
    row_primary: Numbers


def find_shares(chain: TabulatedChain, row_kg_co2e: Numbers) -> Shares:
    """Primary data share, ratings and screening share of every product.

    An input counts as primary where its amount and its factor both are: a supplier's product passes
    on its own share if its amount was measured, a declaration its stated share, a published factor
    none; a measured own emission counts wholly.

    Args:
        chain: The chain.
        row_kg_co2e: What each row adds to one unit of its product, shape (rows,).

    Source: PACT Methodology v3, primary data share and data quality ratings.
    """
    table, weights = chain.table, np.abs(row_kg_co2e)
    sources = [chain.sources[n] if n >= 0 else None for n in (table.source - table.products)]
    measured = np.array([row.primary for row in chain.rows], dtype=np.float64)
    primary = measured * [_primary_data_share(source) for source in sources]
    ratings = [
        _ratings((source if isinstance(source, DeclaredFootprint) else row).quality)
        for row, source in zip(chain.rows, sources, strict=True)
    ]
    screening = [not isinstance(row, Emission) and row.screening for row in chain.rows]
    primary_share = pass_on(table, weights, primary[:, None], passing=measured)[:, 0]
    others = np.column_stack((np.array(ratings).reshape(-1, 3), screening))
    passed = pass_on(table, weights, others)
    known = table.sum_by_product(np.arange(len(weights)), weights) > 0
    quality = np.clip(passed[:, :-1], 1.0, UNKNOWN_RATING)
    quality[~known] = UNKNOWN_RATING
    row_primary = primary
    row_primary[table.links] = measured[table.links] * primary_share[table.source[table.links]]
    return Shares(
        primary=np.clip(primary_share, 0.0, 1.0),
        screening=np.clip(passed[:, -1], 0.0, 1.0),
        quality=quality,
        row_primary=np.clip(row_primary, 0.0, 1.0),
    )


def pass_on(
    table: ChainTable, weights: Numbers, own: Numbers, *, passing: Numbers | None = None
) -> Numbers:
    """A weighted mean over the rows of every product, in which suppliers pass on their own mean.

    For product p with rows i: x_p = sum(w_i x_i) / sum(w_i), where x_i is the supplier's own x if
    row i draws on a product of the chain. Loops make this a linear system, solved exactly. If the
    chain is productive, so is this: with totals h, a part |C_ij h_j| / sum(w) is at most
    C_ij |h_j| / |h_i|, the same link in other units, whatever removals and credits there are.

    Args:
        table: The chain.
        weights: Weight of each row, not below zero, shape (rows,).
        own: Values of each row, unused where it draws on a product, shape (rows, columns).
        passing: How much of the supplier's value a row passes on, shape (rows,).

    Returns:
        Shape (products, columns); 0 where nothing has a weight.
    """
    totals = table.sum_by_product(np.arange(len(weights)), weights)
    parts = weights / np.where(totals > 0, totals, 1.0)[table.process]
    entries, links = table.entries, table.links
    entering = np.column_stack(
        [table.sum_by_product(entries, column[entries] * parts[entries]) for column in own.T]
    )
    passed = parts if passing is None else parts * passing
    return System(table.layout, passed[links]).price(entering)


def to_data_quality(ratings: Sequence[float]) -> DataQuality:
    """Three ratings, under their names."""
    return DataQuality(*map(float, ratings))


def _primary_data_share(source: object) -> float:
    match source:
        case DeclaredFootprint():
            return source.primary_data_share
        case str():  # one kg of a gas, measured where its row says so
            return 1.0
        case _:
            return 0.0


def _ratings(quality: DataQuality) -> tuple[float, ...]:
    return quality.technological, quality.geographical, quality.temporal
