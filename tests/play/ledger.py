"""What must stand in the database after the play, whatever happened on the way."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from service.domain.access import SERVICE
from service.domain.job import JobState
from service.store import audit
from service.store.session import open_transaction
from service.store.tables.chains import (
    ChainRow,
    DataRequestRow,
    InvitationRow,
    LinkRow,
    MembershipRow,
    ProductRow,
)
from service.store.tables.footprints import FootprintRow
from service.store.tables.identity import ClientRow, OrganisationRow, PersonRow
from service.store.tables.operations import JobRow, LetterRow
from service.store.tables.submissions import ReviewRow, SubmissionInputRow, SubmissionRow
from tests.play.cast import CAST, KG_CO2E

FIRMS = len(CAST) + 3  # with the rival, the verifier and the operator
LINKS = sum(len(part.buys) for part in CAST)
MET = 2  # suppliers that were in the chain already when a second buyer came


def check_ledger(engine: Engine) -> None:
    """Nothing is lost, doubled or half done."""
    with open_transaction(engine, SERVICE, reading=True) as session:
        _check_members(session)
        _check_submissions(session)
        _check_footprints(session)
        _check_work(session)
        assert audit.verify(session).broken_at is None


def _check_members(session: Session) -> None:
    counted = {
        OrganisationRow: FIRMS,
        PersonRow: FIRMS,
        ClientRow: FIRMS - 1,  # the operator has none
        ProductRow: len(CAST) + 1,
        ChainRow: 1,
        MembershipRow: len(CAST),  # with the rival, without the lead
        LinkRow: LINKS,
        DataRequestRow: len({supplier for part in CAST for supplier in part.buys}),
    }
    assert {table: len(_rows(session, table)) for table in counted} == counted
    assert _states(_rows(session, LinkRow)) == {"accepted"}
    assert _states(_rows(session, DataRequestRow)) == {"accepted"}
    assert _states(_rows(session, InvitationRow)) == {"accepted"}


def _check_submissions(session: Session) -> None:
    rows = _rows(session, SubmissionRow)
    current = [row for row in rows if row.superseded_at is None]
    assert _states(rows) <= {"accepted", "superseded"}
    assert len(current) == len(CAST)
    for row in rows:
        drawn = [r for r in _rows(session, SubmissionInputRow) if r.submission_id == row.id]
        assert len(drawn) == len(row.process.get("inputs", []))
    reviews = Counter(row.submission_id for row in _rows(session, ReviewRow))
    assert set(reviews.values()) == {1}


def _check_footprints(session: Session) -> None:
    products = {row.id: row for row in _rows(session, ProductRow)}
    firms = {row.id: row.name_en for row in _rows(session, OrganisationRow)}
    found: dict[str, list[FootprintRow]] = {}
    for row in sorted(_rows(session, FootprintRow), key=lambda row: row.number):
        found.setdefault(firms[products[row.product_id].organisation_id], []).append(row)
    assert set(found) == set(KG_CO2E)
    for firm, versions in found.items():
        assert [row.number for row in versions] == list(range(1, len(versions) + 1))
        assert all(new.replaces_id == old.id for old, new in pairwise(versions))
        assert versions[-1].kg_co2e == pytest.approx(KG_CO2E[firm], rel=1e-12)
        assert versions[-1].superseded_at is None


def _check_work(session: Session) -> None:
    unfinished = [row for row in _rows(session, JobRow) if row.state != JobState.DONE]
    assert not unfinished
    assert all(row.sent_at is not None for row in _rows(session, LetterRow))


def _rows(session: Session, table: Any) -> list[Any]:
    return list(session.exec(select(table)))


def _states(rows: Iterable[Any]) -> set[str]:
    return {row.state for row in rows}
