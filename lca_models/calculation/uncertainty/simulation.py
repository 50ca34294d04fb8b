"""From draws to intervals: what stands in the middle, and what lies at the ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.calculation.uncertainty.montecarlo import Progress, draw_footprints
from lca_models.calculation.uncertainty.quantities import find_quantities
from lca_models.errors import InventoryError, Text
from lca_models.impacts.interval import COVERAGE, DifferenceInterval, Interval

Numbers = NDArray[np.float64]
# With more draws left out than lie beyond an interval, its ends would be made of what is missing.
_MOST_DROPPED = 1 - COVERAGE
_ENDS = ((1 - COVERAGE) / 2, 0.5, (1 + COVERAGE) / 2)
_SUMMED_AT_ONCE = 2**22  # draws are sorted in a copy: 32 MB


@dataclass(frozen=True, slots=True)
class Simulation:
    """Footprints under many draws.

    Args:
        intervals: By product.
        draws_kg_co2e: The draws by product, in the order drawn, shape (draws,); empty unless
            products were asked for by name. Draws that the product dropped are no number (nan).
    """

    intervals: Mapping[str, Interval]
    draws_kg_co2e: Mapping[str, Numbers]


def draw_products(
    chain: TabulatedChain, products: Sequence[str], *, seed: int, draws: int, progress: Progress
) -> Numbers:
    """Draw the footprints of some products of a chain, shape (products, draws).

    Raises:
        UnproductiveLoopError: Firms use up what they make for each other, as given.
        InventoryError: There are too few draws, or more results than memory should hold.
    """
    refuse_unproductive_loops(chain.inventory.processes, chain.table.system)
    positions = chain.positions
    wanted = np.array([positions[product] for product in products], dtype=np.int64)
    quantities = find_quantities(chain)
    return draw_footprints(
        chain.table, quantities, wanted, seed=seed, draws=draws, progress=progress
    )


def summarise(products: Sequence[str], drawn: Numbers, seed: int) -> dict[str, Interval]:
    """The intervals of products from their draws, dropped ones left out.

    Between two draws a percentile is interpolated: of n draws in order, the first is the lowest and
    the last the highest, and the others lie evenly between.

    Args:
        products: Ids.
        drawn: No number (nan) where a product dropped a draw, shape (products, draws).
        seed: What the draws started from.

    Raises:
        InventoryError: So many draws of a product were dropped that the rest shows no interval.

    Source: Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7.
    """
    step = max(1, _SUMMED_AT_ONCE // drawn.shape[1])
    return {
        interval.product: interval
        for first in range(0, len(products), step)
        for interval in _summarise(
            products[first : first + step], drawn[first : first + step], seed
        )
    }


def compare(
    products: Sequence[str], before: Numbers, after: Numbers, seed: int
) -> dict[str, DifferenceInterval]:
    """The intervals of changes, from draws of both chains by the same seed."""
    change = after - before
    lower = np.count_nonzero(change < 0, axis=1).tolist()
    intervals = summarise(products, change, seed)
    return {
        product: DifferenceInterval(interval, count / (interval.draws or 1))
        for (product, interval), count in zip(intervals.items(), lower, strict=True)
    }


def _summarise(products: Sequence[str], drawn: Numbers, seed: int) -> Iterator[Interval]:
    kept = drawn.shape[1] - np.count_nonzero(np.isnan(drawn), axis=1)
    _refuse_too_few(products, kept, drawn.shape[1])
    drawn = np.ascontiguousarray(drawn)  # or numpy would add up in another order for one product
    ordered = np.sort(drawn, axis=1)  # what is no number stands last
    columns = (
        np.nanmean(drawn, axis=1),
        np.nanstd(drawn, axis=1, ddof=1),
        *(_percentile(ordered, kept, end) for end in _ENDS),
    )
    for n, product in enumerate(products):
        mean, deviation, low, median, high = (float(column[n]) for column in columns)
        draws, dropped = int(kept[n]), drawn.shape[1] - int(kept[n])
        yield Interval(
            product=product,
            mean_kg_co2e=mean,
            standard_deviation_kg_co2e=deviation,
            median_kg_co2e=median,
            low_kg_co2e=low,
            high_kg_co2e=high,
            draws=draws,
            dropped=dropped,
            seed=seed,
        )


def _percentile(ordered: Numbers, kept: NDArray[np.int64], share: float) -> Numbers:
    """Between the draws before and after `share` of those kept, shape (products,)."""
    place, rows = share * (kept - 1), np.arange(len(kept))
    before = place.astype(np.int64)
    below, above = ordered[rows, before], ordered[rows, np.minimum(before + 1, kept - 1)]
    return np.asarray(below + (place - before) * (above - below))


def _refuse_too_few(products: Sequence[str], kept: NDArray[np.int64], draws: int) -> None:
    for n in np.flatnonzero(draws - kept > _MOST_DROPPED * draws).tolist():
        raise InventoryError(
            Text(
                en="{dropped} of {draws} draws of “{product}” are no possible chain: a loop uses "
                "up all that it makes, or a number grows beyond measure.",
                zh="产品“{product}”的{draws}次抽样中有{dropped}次无法成立："
                "循环供应无净产出，或数值超出可计算范围。",
            ).format(dropped=draws - int(kept[n]), draws=draws, product=products[n]),
            Text(
                en="Narrow the uncertainties of what firms in loops take from each other, or ask "
                "for other products.",
                zh="请缩小循环供应企业之间领用数量的不确定性，或改查其他产品。",
            ),
            value=products[n],
        )
