"""From draws to intervals: what stands in the middle, and what lies at the ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.montecarlo import Progress, draw_footprints
from lca_models.calculation.quantities import find_quantities
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.errors import InventoryError, Text
from lca_models.impacts.interval import COVERAGE, DifferenceInterval, Interval

Numbers = NDArray[np.float64]
# With more draws left out than lie beyond an interval, its ends would be made of what is missing.
_MOST_DROPPED = 1 - COVERAGE


@dataclass(frozen=True, slots=True)
class Simulation:
    """Footprints under many draws.

    Args:
        intervals: By product.
        draws_kg_co2e: The draws by product, in the order drawn, shape (draws,); empty unless
            products were asked for by name. Draws that were dropped are no number (nan).
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


def summarise(products: Iterable[str], drawn: Numbers, seed: int) -> dict[str, Interval]:
    """The intervals of products from their draws, dropped ones left out.

    Args:
        products: Ids.
        drawn: No number (nan) where a draw was dropped, shape (products, draws).
        seed: What the draws started from.

    Raises:
        InventoryError: So many draws were dropped that the rest shows no interval.
    """
    kept = np.sort(drawn[:, _kept(drawn)])
    draws = kept.shape[1]
    ends = np.array([(1 - COVERAGE) / 2, 0.5, (1 + COVERAGE) / 2])
    low, median, high = np.quantile(kept, ends, axis=1)
    means, deviations = kept.mean(axis=1), kept.std(axis=1, ddof=1)
    return {
        product: Interval(
            product=product,
            mean_kg_co2e=float(means[n]),
            standard_deviation_kg_co2e=float(deviations[n]),
            median_kg_co2e=float(median[n]),
            low_kg_co2e=float(low[n]),
            high_kg_co2e=float(high[n]),
            draws=draws,
            dropped=drawn.shape[1] - draws,
            seed=seed,
        )
        for n, product in enumerate(products)
    }


def compare(
    products: Iterable[str], before: Numbers, after: Numbers, seed: int
) -> dict[str, DifferenceInterval]:
    """The intervals of changes, from draws of both chains by the same seed."""
    change = after - before
    lower = np.mean(change[:, _kept(change)] < 0, axis=1)
    return {
        interval.product: DifferenceInterval(interval, float(share))
        for interval, share in zip(summarise(products, change, seed).values(), lower, strict=True)
    }


def _kept(drawn: Numbers) -> NDArray[np.bool_]:
    kept: NDArray[np.bool_] = ~np.isnan(drawn[0])  # a draw is dropped for all products
    dropped = len(kept) - int(np.count_nonzero(kept))
    if dropped > _MOST_DROPPED * len(kept):
        raise InventoryError(
            Text(
                en="{dropped} of {draws} draws are no possible chain: a loop uses up all that it "
                "makes, or a number grows beyond measure.",
                zh="{draws}次抽样中有{dropped}次无法成立：循环供应无净产出，或数值超出可计算范围。",
            ).format(dropped=dropped, draws=len(kept)),
            Text(
                en="Narrow the uncertainties of what firms in loops take from each other.",
                zh="请缩小循环供应企业之间领用数量的不确定性。",
            ),
            value=dropped,
        )
    return kept
