"""Findings as the store keeps them and their supplier reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from service.domain.plausibility.finding import Finding, Severity
from service.formats.bilingual import Bilingual, Part, to_bilingual

LONGEST_EXPLANATION = 2_000


class FindingDocument(Part):
    """One thing about a submission that its supplier should look at."""

    code: Annotated[str, Field(description="Stable name of the rule.")]
    severity: Annotated[
        Severity,
        Field(description="`blocking` prevents acceptance, `doubtful` asks for a word, `noted`."),
    ]
    line: Annotated[str | None, Field(description="Label of the line; null for the whole.")]
    reason: Bilingual
    cure: Bilingual
    measure: Annotated[
        float | None, Field(description="The number that gave the doubt, such as a ratio.")
    ]
    explanation: Annotated[str | None, Field(description="What the supplier says about it.")]


class ExplanationAsked(Part):
    """What the supplier says about one finding."""

    code: Annotated[str, Field(examples=["far-from-history"])]
    line: Annotated[str | None, Field(examples=["meter"])] = None
    words: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_EXPLANATION,
            examples=["The furnace was rebuilt; the meter is right."],
        ),
    ]


def to_finding_document(finding: Finding) -> FindingDocument:
    """A finding as a document."""
    return FindingDocument(
        code=finding.code,
        severity=finding.severity,
        line=finding.line,
        reason=to_bilingual(finding.reason),
        cure=to_bilingual(finding.cure),
        measure=finding.measure,
        explanation=finding.explanation,
    )


def read_finding(document: Mapping[str, Any]) -> Finding:
    """A finding from a document that we wrote."""
    read = FindingDocument.model_validate(document)
    return Finding(
        code=read.code,
        severity=read.severity,
        line=read.line,
        reason=read.reason.to_text(),
        cure=read.cure.to_text(),
        measure=read.measure,
        explanation=read.explanation,
    )
