"""How far a result may be off: its interval, and that of a difference between two results."""

from __future__ import annotations

from dataclasses import dataclass

# What results are given with unless another coverage is asked for: 2.5 and 97.5 percentiles.
COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the footprint of one declared unit of a product lies, given what is uncertain in it.

    Args:
        product: Id of the product.
        mean_kg_co2e: Mean; above the footprint itself where amounts are lognormal, since these are
            given by their median.
        standard_deviation_kg_co2e: Standard deviation.
        median_kg_co2e: Half of the cases lie below.
        low_kg_co2e: As many lie below this as above `high_kg_co2e`.
        high_kg_co2e: See `low_kg_co2e`.
        coverage: Share of the cases between both.
        draws: How many draws it rests on; None where it was derived without drawing.
        dropped: Draws left out because a loop upstream used up all that it makes, or a number
            overflowed.
        seed: What the draws started from.
    """

    product: str
    mean_kg_co2e: float
    standard_deviation_kg_co2e: float
    median_kg_co2e: float
    low_kg_co2e: float
    high_kg_co2e: float
    coverage: float = COVERAGE
    draws: int | None = None
    dropped: int = 0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class DifferenceInterval:
    """Where the change of a product's footprint from one chain to another lies.

    Args:
        change: Interval of the footprint after less before, draw by draw.
        share_lower: Share of the draws in which the footprint is lower after than before.
    """

    change: Interval
    share_lower: float
