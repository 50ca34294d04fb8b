"""Calculate the footprints of every product of a chain."""

from __future__ import annotations

from collections.abc import Mapping

from lca_models.activities.electricity import ElectricityView
from lca_models.calculate import calculate, solve, split
from lca_models.calculation.solution import SolvedChain
from lca_models.errors import GreenchainError
from lca_models.estimate_intervals import estimate_intervals
from lca_models.facts.library import Library
from lca_models.impacts.impact import Calculation
from lca_models.impacts.interval import Interval
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.footprint import ChainFootprints, assemble_footprints
from service.domain.footprint_interval import NoInterval, explain_missing, judge_interval
from service.domain.submission import Electricity, ElectricitySource


def calculate_footprints(
    chain: Chain, library: Library, *, characterisation: str = "AR6"
) -> ChainFootprints:
    """Calculate a chain as one system, in the market-based and the location-based view.

    The market-based one has intervals, to first order.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        characterisation: Set of GWPs by name.

    Raises:
        GreenchainError: The chain cannot be calculated; it names firm, product, line and cure.
    """
    laid_out = lay_out(chain, library, view=ElectricityView.MARKET)
    solved = solve(laid_out.inventory, library, characterisation=characterisation)
    market = split(solved, library)
    location = market
    if _has_contracts(chain):
        by_location = lay_out(chain, library, view=ElectricityView.LOCATION)
        location = calculate(by_location.inventory, library, characterisation=characterisation)
    intervals = _estimate(solved, market)
    return assemble_footprints(chain, laid_out, market, location, intervals, library)


def _estimate(solved: SolvedChain, found: Calculation) -> Mapping[str, Interval | NoInterval]:
    try:
        intervals = estimate_intervals(solved)
    except GreenchainError as error:  # the footprints stand, whatever is said of their spread
        return dict.fromkeys(found.impacts, explain_missing(error))
    return {
        product: judge_interval(impact, intervals[product])
        for product, impact in found.impacts.items()
    }


def _has_contracts(chain: Chain) -> bool:
    return any(
        isinstance(line, Electricity) and line.source is ElectricitySource.CERTIFIED
        for submission in chain.current_submissions()
        for line in submission.lines
    )
