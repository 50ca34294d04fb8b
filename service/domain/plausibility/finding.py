"""A finding: one reason to doubt a submission, or to refuse it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import Text


class Severity(StrEnum):
    """What a finding means for acceptance."""

    BLOCKING = "blocking"
    """The submission cannot be accepted."""
    DOUBTFUL = "doubtful"
    """Its supplier is asked to correct or to explain it."""
    NOTED = "noted"
    """Worth knowing; nothing is asked."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a submission that its supplier should look at.

    Args:
        code: Stable name of the rule.
        severity: What it means for acceptance.
        line: Label of the line; None for the submission as a whole.
        reason: What looks wrong.
        cure: What would mend it.
        measure: The number that gave the doubt, as the rule tells it; None without one.
        explanation: What the supplier says about it.
    """

    code: str
    severity: Severity
    line: str | None
    reason: Text
    cure: Text
    measure: float | None = None
    explanation: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells findings of one submission apart."""
        return self.code, self.line


def doubt(
    code: str, line: str | None, reason: Text, cure: Text, measure: float | None = None
) -> Finding:
    """A finding that its supplier is asked to correct or to explain."""
    return Finding(code, Severity.DOUBTFUL, line, reason, cure, measure)


def note(code: str, line: str | None, reason: Text, cure: Text) -> Finding:
    """A finding that is worth knowing."""
    return Finding(code, Severity.NOTED, line, reason, cure)


def say(value: float) -> str:
    """A number of a reason: three digits, separators of thousands, no exponent below 10¹⁰."""
    return f"{float(f'{value:.3g}'):,.10g}"
