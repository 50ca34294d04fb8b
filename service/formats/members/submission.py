"""Submissions as the API reads and gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from lca_models.facts.units import Quantity
from service.domain.kept_submission import KeptSubmission, SubmissionState
from service.domain.submission import Period
from service.formats.bilingual import Part
from service.formats.chain.document import PeriodItem, QuantityItem, RunItem
from service.formats.chain.line_changes import LineChange, LineChangeKind
from service.formats.members.finding import FindingDocument

_MOST_CHANGES = 1_000
_LONGEST_LABEL = 500
_LONGEST_REASON = 2_000
_EXAMPLE: dict[str, Any] = {
    "period": {"start": "2025-01-01", "end": "2025-12-31"},
    "produced": "12000 kg",
    "process": {
        "output": {"quantity": "1000 kg"},
        "inputs": [
            {
                "id": "coil",
                "name": "Hot-rolled coil",
                "quantity": "1050 kg",
                "material": "hot rolled steel coil",
            }
        ],
        "electricity": [{"id": "meter", "quantity": "320 kWh"}],
    },
}
_CHANGE: dict[str, Any] = {
    "op": "replace",
    "section": "electricity",
    "id": "meter",
    "line": {"id": "meter", "quantity": "350 kWh"},
}

Section = Literal[
    "inputs", "packaging", "fuels", "electricity", "transport", "direct_emissions", "waste"
]
Label = Annotated[str, Field(min_length=1, max_length=_LONGEST_LABEL, examples=["meter"])]
Reason = Annotated[
    str, Field(min_length=1, max_length=_LONGEST_REASON, examples=["March is missing."])
]

Produced = Annotated[
    QuantityItem | None,
    Field(
        description="How much of the product the period made, with its unit: by it the energy of "
        "certificates is spent. Required where a line claims one."
    ),
]


class SubmissionAsked(Part):
    """Activity data to draft: one run of the product, with all that went in and came out.

    `inputs[].product` is the id of a product that an accepted link supplies,
    `co_products[].product` that of one of your own, `electricity[].certificate` that of a
    certificate that you registered.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    period: PeriodItem
    produced: Produced = None
    process: RunItem


class ProcessAsked(Part):
    """Another run in place of the one that stands; product and period stay."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"process": _EXAMPLE["process"]}]})

    produced: Produced = None
    process: RunItem


class LineChangeAsked(Part):
    """One line to add, replace or remove, by its section and its `id`."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHANGE]})

    op: LineChangeKind
    section: Section
    id: Label
    line: dict[str, Any] | None = Field(None, description="The line; none where it is removed.")

    @model_validator(mode="after")
    def _has_its_line(self) -> LineChangeAsked:
        if (self.line is None) != (self.op is LineChangeKind.REMOVE):
            message = "a line is needed, unless it is removed | 除删除外须填写line"
            raise ValueError(message)
        return self

    def to_change(self) -> LineChange:
        """The change as it is applied."""
        return LineChange(self.op, self.section, self.id, self.line or {})


class LineChangesAsked(Part):
    """Changes of lines, applied in their order: all of them, or none.

    Where `produced` is not given, what stands there stays.
    """

    produced: Produced = None
    changes: Annotated[list[LineChangeAsked], Field(max_length=_MOST_CHANGES)]


class ReturnAsked(Part):
    """Why a submission is returned."""

    reason: Reason


class SubmissionItem(Part):
    """One version of a product's activity data for a period."""

    id: UUID
    product_id: UUID
    period: PeriodItem
    number: Annotated[int, Field(description="Counts the versions of the product and period.")]
    state: SubmissionState
    replaces_id: UUID | None
    produced: Produced
    process_hash: Annotated[str, Field(description="SHA-256 of the canonical process.")]
    reason: Annotated[str | None, Field(description="Why it was returned.")]
    created_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    superseded_at: datetime | None
    version: Annotated[int, Field(description="Counts its edits; the `ETag`.")]


class SubmissionDocument(SubmissionItem):
    """A version with its process and what its review found."""

    findings: Annotated[
        list[FindingDocument] | None, Field(description="Null while no review was held.")
    ]
    process: Annotated[
        dict[str, Any], Field(description="The process of the chain document, as it is kept.")
    ]


class SubmittedDocument(SubmissionItem):
    """A version that was handed in, and the job that reviews it."""

    job: Annotated[str, Field(description="Path of the job.")]


def to_period(item: PeriodItem) -> Period:
    """A period as the house knows it."""
    return Period(item.start, item.end)


def to_produced(item: QuantityItem | None) -> Quantity | None:
    """What a period made, as the house knows it.

    Raises:
        UnknownUnitError: The unit is not in the closed list.
    """
    return None if item is None else Quantity(item.amount, item.unit)


def to_submission_item(kept: KeptSubmission) -> SubmissionItem:
    """A version without its process."""
    return SubmissionItem(**_fields(kept))


def to_submitted_document(kept: KeptSubmission, job: str) -> SubmittedDocument:
    """A version that was handed in."""
    return SubmittedDocument(**_fields(kept), job=job)


def to_submission_document(kept: KeptSubmission, process: dict[str, Any]) -> SubmissionDocument:
    """A version whole; its process was checked when it was kept."""
    findings = kept.findings
    return SubmissionDocument(
        **_fields(kept),
        findings=None if findings is None else [FindingDocument(**each) for each in findings],
        process=process,
    )


def _fields(kept: KeptSubmission) -> dict[str, Any]:
    made = kept.produced
    return {
        "id": kept.id,
        "product_id": kept.product_id,
        "period": PeriodItem(start=kept.period.start, end=kept.period.end),
        "number": kept.number,
        "state": kept.state,
        "replaces_id": kept.replaces_id,
        "produced": None if made is None else QuantityItem(amount=made.amount, unit=made.unit),
        "process_hash": kept.process_hash,
        "reason": kept.reason,
        "created_at": kept.created_at,
        "submitted_at": kept.submitted_at,
        "accepted_at": kept.accepted_at,
        "superseded_at": kept.superseded_at,
        "version": kept.version,
    }
