"""Calculate the footprints of every product of a chain."""

from __future__ import annotations

from lca_models.activities.electricity import ElectricityView
from lca_models.calculate import calculate
from lca_models.facts.library import Library
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.footprint import ChainFootprints, assemble_footprints
from service.domain.submission import Electricity, ElectricitySource


def calculate_footprints(
    chain: Chain, library: Library, *, characterisation: str = "AR6"
) -> ChainFootprints:
    """Calculate a chain as one system, in the market-based and the location-based view.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        characterisation: Set of GWPs by name.

    Raises:
        GreenchainError: The chain cannot be calculated; it names firm, product, line and cure.
    """
    laid_out = lay_out(chain, library, view=ElectricityView.MARKET)
    market = calculate(laid_out.inventory, library, characterisation=characterisation)
    location = market
    if _has_contracts(chain):
        by_location = lay_out(chain, library, view=ElectricityView.LOCATION)
        location = calculate(by_location.inventory, library, characterisation=characterisation)
    return assemble_footprints(chain, laid_out, market, location, library)


def _has_contracts(chain: Chain) -> bool:
    return any(
        isinstance(line, Electricity) and line.source is ElectricitySource.CERTIFIED
        for submission in chain.current_submissions()
        for line in submission.lines
    )
