"""Evidence as the API gives it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.evidence import Evidence
from service.formats.bilingual import Part


class EvidenceDocument(Part):
    """A file that shows where numbers of a submission come from."""

    id: UUID
    submission_id: UUID
    line: Annotated[str | None, Field(description="Label of the line; null for the whole.")]
    name: str
    media_type: Annotated[str, Field(description="By its content, not by its name.")]
    size_bytes: int
    sha256: str
    at: datetime


def to_evidence_document(evidence: Evidence) -> EvidenceDocument:
    """A file without its content."""
    return EvidenceDocument(
        id=evidence.id,
        submission_id=evidence.submission_id,
        line=evidence.line,
        name=evidence.name,
        media_type=evidence.media_type,
        size_bytes=evidence.size_bytes,
        sha256=evidence.sha256,
        at=evidence.at,
    )
