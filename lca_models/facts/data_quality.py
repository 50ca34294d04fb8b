"""PACT's three data quality ratings: how well a dataset fits what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN_RATING = 5.0


@dataclass(frozen=True, slots=True)
class DataQuality:
    """Ratings from 1, best, to 5, worst or unknown.

    Args:
        technological: 1 the plant itself, 3 the same technology, 4 a proxy.
        geographical: 1 the same subdivision, 2 the same country, 3 the region, 4 global.
        temporal: 1 within one year, then one more for each year, up to 4.

    Source: PACT Methodology v3, data quality ratings.
    """

    technological: float = UNKNOWN_RATING
    geographical: float = UNKNOWN_RATING
    temporal: float = UNKNOWN_RATING


UNKNOWN_QUALITY = DataQuality()
