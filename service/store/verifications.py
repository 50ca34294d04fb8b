"""Statements of verifiers in the store; they never change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from uuid import UUID

from sqlmodel import Session, col, select

from service.domain.appointment import Outcome, VerificationStatement
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.footprints import VerificationRow


def add(session: Session, stated: VerificationStatement) -> None:
    """Keep a statement."""
    session.add(VerificationRow(**asdict(stated)))
    session.flush()


def list_of_submission(
    session: Session, submission_id: UUID, asked: PageAsked
) -> Page[VerificationStatement]:
    """Statements on a submission, as far as the viewer sees them."""
    query = select(VerificationRow).where(VerificationRow.submission_id == submission_id)
    sorts = {"at": VerificationRow.at}
    return read_page(session, query, asked, sorts=sorts, key=VerificationRow.id).map(_to_stated)


def read_last(
    session: Session, submission_ids: Collection[UUID]
) -> Mapping[UUID, VerificationStatement]:
    """The last statement on each submission."""
    query = select(VerificationRow).where(col(VerificationRow.submission_id).in_(submission_ids))
    rows = session.exec(query.order_by(col(VerificationRow.at), col(VerificationRow.id)))
    return {row.submission_id: _to_stated(row) for row in rows}


def _to_stated(row: VerificationRow) -> VerificationStatement:
    return VerificationStatement(**{**row.model_dump(), "outcome": Outcome(row.outcome)})
