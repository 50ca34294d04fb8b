"""Whom to ask next: the data points of a product's chain, by what primary data would tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RequestKind(StrEnum):
    """What stands where primary data could."""

    SCREENING = "screening"
    PUBLISHED = "published"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Request:
    """A data point that primary data could replace.

    Args:
        kind: A screening value for a member that has not answered, a published factor for something
            bought, or a declared footprint without primary data.
        organisation: The member that has not answered, the buyer that can ask its supplier, or the
            owner of the declaration.
        product: Product whose inventory has the line; None for a declaration, which may serve many.
        line: Label of the line; None for a declaration.
        suppliers: Ids of the factors or of the declaration in its place today.
        kg_co2e: What it contributes to one declared unit of the lead product.
        measured: Whether the amount of the line was measured, so that only what it draws on is
            secondary; a declaration's owner is never asked for amounts.
        variance_removed: Share of the variance of the lead product that primary data would remove;
            below zero where what stands there is taken as more certain than that, or offsets
            something else that the same factor stands for.
    """

    kind: RequestKind
    organisation: str
    product: str | None
    line: str | None
    suppliers: tuple[str, ...]
    kg_co2e: float
    measured: bool
    variance_removed: float


@dataclass(frozen=True, slots=True)
class GapRequest:
    """A line without any value: how much may be missing, not how much is uncertain.

    Args:
        organisation: Firm whose line it is.
        product: Product whose inventory has the line.
        line: Label of the line.
        upper_kg_co2e: Most that it can add to the lead product; None where that is not known.
        variance_ratio: Variance of a value evenly spread from nothing to that bound, over the
            variance of the lead product; None where one of both is not known.
    """

    organisation: str
    product: str
    line: str
    upper_kg_co2e: float | None
    variance_ratio: float | None


@dataclass(frozen=True, slots=True)
class RequestRanking:
    """Where primary data would tell most about a lead product.

    Args:
        product: Id of the lead product.
        standard_deviation_kg_co2e: Of its footprint, to first order.
        requests: What is secondary, by the variance that primary data would remove.
        gaps: What is missing, by its upper bound; those without one stand last.
    """

    product: str
    standard_deviation_kg_co2e: float
    requests: tuple[Request, ...]
    gaps: tuple[GapRequest, ...]
