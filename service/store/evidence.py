"""Evidence in the store: what files there are; their content stands in the file store."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, delete, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.evidence import Evidence
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.submissions import EvidenceRow

_WHAT = Text(en="evidence file", zh="佐证文件")


def add(session: Session, evidence: Evidence) -> None:
    """Keep what a file is."""
    session.add(
        EvidenceRow(
            id=evidence.id,
            organisation_id=evidence.organisation_id,
            submission_id=evidence.submission_id,
            product_id=evidence.product_id,
            line=evidence.line,
            name=evidence.name,
            media_type=evidence.media_type,
            size_bytes=evidence.size_bytes,
            sha256=evidence.sha256,
            kept_as=evidence.kept_as,
            at=evidence.at,
        )
    )
    session.flush()


def get(session: Session, evidence_id: UUID) -> Evidence:
    """One file.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = session.get(EvidenceRow, evidence_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_evidence(row)


def list_of_submission(session: Session, submission_id: UUID, asked: PageAsked) -> Page[Evidence]:
    """Files of a version."""
    query = select(EvidenceRow).where(EvidenceRow.submission_id == submission_id)
    sorts = {"at": EvidenceRow.at, "name": EvidenceRow.name}
    return read_page(session, query, asked, sorts=sorts, key=col(EvidenceRow.id)).map(_to_evidence)


def remove_of_submission(session: Session, submission_id: UUID) -> None:
    """Forget the files of a draft that is thrown away; their content is swept up later."""
    session.exec(delete(EvidenceRow).where(col(EvidenceRow.submission_id) == submission_id))


def find_kept(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Which of these keys of the file store belong to a file."""
    query = select(EvidenceRow.kept_as).where(col(EvidenceRow.kept_as).in_(keys))
    return frozenset(session.exec(query))


def _to_evidence(row: EvidenceRow) -> Evidence:
    return Evidence(
        id=row.id,
        organisation_id=row.organisation_id,
        submission_id=row.submission_id,
        product_id=row.product_id,
        line=row.line,
        name=row.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        at=row.at,
    )
