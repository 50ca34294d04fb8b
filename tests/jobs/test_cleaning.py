"""What is kept for a while only is removed when the while is over."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.store import jobs
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.identity import AnsweredPostRow, OneTimeLinkRow, SignedInRow
from tests.members import Service
from tests.work import do_jobs


def clean(service: Service) -> None:
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        now = service.clock.now
        jobs.add(session, JobKind.CLEAN, {}, organisation_id=None, now=now)
    do_jobs(service.wiring)


def test_answers_are_kept_for_a_day(service: Service) -> None:
    firm, now = service.join("Firm"), service.clock.now
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        for key, hours in (("old", 25), ("new", 23)):
            row = AnsweredPostRow(
                caller="client:1",
                key=f"{key}-answer",
                organisation_id=firm.id,
                request_hash="",
                status=201,
                headers={},
                body=b"",
                at=now - timedelta(hours=hours),
            )
            session.add(row)
    clean(service)
    kept = service.dump(AnsweredPostRow.__tablename__)
    assert "new-answer" in kept
    assert "old-answer" not in kept


def test_links_are_kept_a_month_beyond_their_end(service: Service) -> None:
    firm, now = service.join("Firm"), service.clock.now
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        for key, days in (("old", 31), ("new", 29)):
            row = OneTimeLinkRow(
                id=new_id(),
                organisation_id=firm.id,
                purpose="join",
                email="wang@example.com",
                rights=[],
                token_hash=f"{key}-link",
                created_at=now - timedelta(days=days + 7),
                expires_at=now - timedelta(days=days),
            )
            session.add(row)
    clean(service)
    kept = service.dump(OneTimeLinkRow.__tablename__, SignedInRow.__tablename__)
    assert "new-link" in kept
    assert "old-link" not in kept


def test_files_that_no_row_points_to_go_after_a_day(service: Service, tmp_path: Path) -> None:
    service.wiring.members.files.put("firm/orphan", b"left behind")
    folder = tmp_path / "files" / "firm"
    service.clock.now = datetime.now(UTC) + timedelta(hours=23)
    clean(service)
    assert (folder / "orphan").exists()  # its row may be on its way
    service.clock.pass_by(timedelta(hours=2))
    clean(service)
    assert not (folder / "orphan").exists()
