"""A review: what a buyer sees of a submission before it accepts it, and never more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lca_models.impacts.impact import Impact
from service.domain.disclosure import Figures, disclose
from service.domain.plausibility.finding import Finding, Severity


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ReviewedFootprint:
    """The footprint that a submission would have, rounded to what the reviewer may see.

    Args:
        unit: The declared unit that it is per, such as `kg`.
        kg_co2e: Total; None where nothing of it has a value.
        gases_kg_co2e: kg CO2e by gas, each rounded likewise.
        primary_data_share: 0 to 1; None without a value.
        significant_digits: To how many digits it is rounded.
    """

    unit: str
    kg_co2e: float | None
    gases_kg_co2e: Mapping[str, float]
    primary_data_share: float | None
    significant_digits: int


@dataclass(frozen=True, slots=True)
class CountedFindings:
    """How often a rule found something, without lines and numbers.

    Args:
        code: Name of the rule.
        severity: What it means for acceptance.
        count: How often it found something.
        explained: How often the supplier has said why.
    """

    code: str
    severity: Severity
    count: int
    explained: int


@dataclass(frozen=True, slots=True)
class Review:
    """What a buyer sees of a submission that it asked for.

    Args:
        id: Its id.
        submission_id: The submission.
        data_request_id: The request that it answers.
        product_id: The product.
        supplier_id: Who submitted.
        reviewer_id: Who asked for it.
        footprint: What came out, rounded.
        findings: What the rules found, counted.
        opened_at: When it was calculated.
        state: Where it stands.
        reason: Why the submission was returned.
        closed_at: When it was decided.
        version: Counts its changes.
    """

    id: UUID
    submission_id: UUID
    data_request_id: UUID | None
    product_id: UUID
    supplier_id: UUID
    reviewer_id: UUID
    footprint: ReviewedFootprint
    findings: tuple[CountedFindings, ...]
    opened_at: datetime
    state: ReviewState = ReviewState.OPEN
    reason: str | None = None
    closed_at: datetime | None = None
    version: int = 1


def count_findings(findings: Iterable[Finding]) -> tuple[CountedFindings, ...]:
    """What a reviewer learns of findings: which rules, how bad, how often, how often explained."""
    listed = list(findings)
    counts = Counter((finding.code, finding.severity) for finding in listed)
    explained = Counter(
        (finding.code, finding.severity) for finding in listed if finding.explanation is not None
    )
    return tuple(
        CountedFindings(code, severity, count, explained[code, severity])
        for (code, severity), count in counts.items()
    )


def round_impact(impact: Impact | None, unit: str, digits: int) -> ReviewedFootprint:
    """What a reviewer sees of an impact.

    Args:
        impact: The submission's; None where it could not be calculated.
        unit: The declared unit that it is per.
        digits: Significant digits that the reviewer may see.
    """
    if impact is None or not impact.is_known:
        return ReviewedFootprint(unit, None, {}, None, digits)
    figures = Figures(impact.kg_co2e, impact.by_gas, impact.primary_data_share, impact.data_quality)
    shown = disclose(figures, digits)
    return ReviewedFootprint(
        unit=unit,
        kg_co2e=float(shown.kg_co2e),
        gases_kg_co2e={gas: float(kg) for gas, kg in shown.by_gas.items()},
        primary_data_share=float(shown.primary_data_share),
        significant_digits=digits,
    )
