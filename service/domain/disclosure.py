"""A disclosure: a supplier's figures as somebody else may see them, rounded to what it granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from uuid import UUID

from lca_models.facts.data_quality import DataQuality


class Subject(StrEnum):
    """What somebody saw."""

    RELEASE = "release"
    FOOTPRINT = "footprint"
    LOCKFILE = "lockfile"
    CHAIN_FOOTPRINT = "chain_footprint"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Somebody saw something of a supplier's.

    Args:
        id: Its id.
        supplier_id: Whose it is.
        viewer_id: Who saw it.
        product_id: Of which product.
        subject: What was seen.
        subject_id: Its id.
        significant_digits: With how many digits; None where all of it was seen.
        at: When.
    """

    id: UUID
    supplier_id: UUID
    viewer_id: UUID
    product_id: UUID
    subject: Subject
    subject_id: UUID
    significant_digits: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What of a footprint can be disclosed, in full precision.

    Args:
        kg_co2e: Total of one declared unit.
        by_gas: kg CO2e by gas; sums to the total.
        primary_data_share: 0 to 1.
        quality: The three ratings.
    """

    kg_co2e: float
    by_gas: Mapping[str, float]
    primary_data_share: float
    quality: DataQuality


@dataclass(frozen=True, slots=True)
class DisclosedFigures:
    """Figures as a buyer sees them.

    Args:
        significant_digits: Digits of the total.
        kg_co2e: Total of one declared unit.
        by_gas: kg CO2e by gas, in steps of the total's last digit; sums to the total.
        primary_data_share: 0 to 1.
        technological: Rating, 1 to 5.
        geographical: Rating, 1 to 5.
        temporal: Rating, 1 to 5.
    """

    significant_digits: int
    kg_co2e: Decimal
    by_gas: Mapping[str, Decimal]
    primary_data_share: Decimal
    technological: Decimal
    geographical: Decimal
    temporal: Decimal


def disclose(figures: Figures, significant_digits: int) -> DisclosedFigures:
    """Round figures to what was granted; the same figures always come out the same.

    Args:
        figures: In full precision.
        significant_digits: Of the total, from 1. Everything else follows: gases in steps of the
            total's last digit, shares with as many decimals, ratings with one fewer.
    """
    total = round_digits(figures.kg_co2e, significant_digits)
    ratings = Decimal(1).scaleb(1 - significant_digits)
    quality = figures.quality
    return DisclosedFigures(
        significant_digits=significant_digits,
        kg_co2e=total,
        by_gas=_split(total, figures.by_gas, significant_digits),
        primary_data_share=_in_steps(figures.primary_data_share, ratings.scaleb(-1)),
        technological=_in_steps(quality.technological, ratings),
        geographical=_in_steps(quality.geographical, ratings),
        temporal=_in_steps(quality.temporal, ratings),
    )


def round_digits(value: float, significant_digits: int) -> Decimal:
    """A number to so many significant digits, a half to the even side, written out in full."""
    exact = Decimal(repr(value))
    if not exact:
        return Decimal(0)
    return _in_steps(value, Decimal(1).scaleb(exact.adjusted() + 1 - significant_digits))


def _in_steps(value: float, step: Decimal) -> Decimal:
    exact = Decimal(repr(value))
    if exact.as_tuple().exponent >= step.adjusted():  # type: ignore[operator]  # finite: an integer
        return _plain(exact)
    return _plain(exact.quantize(step, ROUND_HALF_EVEN))


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, so that `1.2E+4` is written as `12000`."""
    return Decimal(format(value, "f"))


def _split(total: Decimal, parts: Mapping[str, float], digits: int) -> Mapping[str, Decimal]:
    """Parts in steps of the total's last digit; the greatest takes what rounding leaves over.

    So the parts sum to the total as it is shown, and tell nothing of how it was rounded.
    """
    if not total or not parts:
        return {}
    step = Decimal(1).scaleb(total.adjusted() + 1 - digits)
    found = {name: _in_steps(value, step) for name, value in parts.items()}
    greatest = max(found, key=lambda name: (abs(parts[name]), name))
    found[greatest] += total - sum(found.values())
    return {name: _plain(value) for name, value in found.items() if value}
