"""The log of changes: one chain of seals, whoever writes at once, and whatever was written."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from service.domain.access import NOBODY, SERVICE, Viewer
from service.domain.audit_entry import FIRST_FORMER, AuditEntry, seal
from service.domain.paging import PageAsked
from service.store import audit
from service.store.audit import AuditNote, AuditWanted
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.operations import AuditEntryRow, AuditHeadRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FIRM, RIVAL = new_id(), new_id()


def make_note(number: int = 0, firm: UUID | None = FIRM, **details: Any) -> AuditNote:
    return AuditNote(
        NOW + timedelta(seconds=number), "thing.change", "thing", str(number), firm, details
    )


def note(engine: Engine, *notes: AuditNote, viewer: Viewer = SERVICE) -> None:
    with open_transaction(engine, viewer, actor="person:1") as session:
        for each in notes:
            audit.note(session, each)


def read(engine: Engine) -> list[AuditEntry]:
    with open_transaction(engine, SERVICE, reading=True) as session:
        rows = session.exec(select(AuditEntryRow).order_by("number"))
        return [AuditEntry(**row.model_dump()) for row in rows]


def broken_at(engine: Engine) -> int | None:
    with open_transaction(engine, SERVICE, reading=True) as session:
        return audit.verify(session).broken_at


def test_each_entry_is_sealed_over_the_one_before(engine: Engine) -> None:
    note(engine, make_note(1), make_note(2))
    note(engine, make_note(3), viewer=Viewer(FIRM))
    note(engine, make_note(4), viewer=NOBODY)
    entries = read(engine)
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    formers = [FIRST_FORMER, *(entry.hash for entry in entries)]
    assert [entry.former_hash for entry in entries] == formers[:-1]
    assert [entry.hash for entry in entries] == [seal(entry) for entry in entries]
    with open_transaction(engine, SERVICE, reading=True) as session:
        verdict = audit.verify(session)
    assert (verdict.entries, verdict.last_hash, verdict.broken_at) == (4, formers[-1], None)


def test_an_empty_log_holds(engine: Engine) -> None:
    assert broken_at(engine) is None


def test_an_undone_transaction_leaves_no_entry(engine: Engine) -> None:
    with pytest.raises(ValueError, match="in the log"):
        note(engine, make_note(), make_note(share=0.1))
    assert read(engine) == []


@pytest.mark.parametrize(
    "details",
    [
        {"name": "钢卷 · Ünïcode 😀 \u2028", "b": 1, "a": {"z": None, "y": [True, "é"]}},
        {"large": 2**60, "id": FIRM.hex, "empty": {}, "list": []},
    ],
)
def test_seals_outlive_the_database(engine: Engine, details: Mapping[str, Any]) -> None:
    china = timezone(timedelta(hours=8))
    for moment in (NOW, datetime(2026, 7, 1, 0, 0, 0, 120_000, tzinfo=china)):
        note(engine, AuditNote(moment, "a", "s", FIRM, FIRM, details))
    assert [entry.details for entry in read(engine)] == [details, details]
    assert broken_at(engine) is None


def test_a_fraction_is_refused_for_databases_write_it_differently(engine: Engine) -> None:
    with pytest.raises(ValueError, match=r"0\.1 in the log"):
        note(engine, make_note(share=0.1))


def test_writers_at_once_keep_one_chain(engine: Engine) -> None:
    def write(worker: int) -> None:
        for turn in range(5):
            note(engine, make_note(worker, turn=turn), make_note(worker, turn=turn))

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(write, worker) for worker in range(6)]:
            done.result()
    assert [entry.number for entry in read(engine)] == list(range(1, 61))
    assert broken_at(engine) is None


def test_the_first_broken_entry_is_named(engine: Engine, owner: Engine) -> None:
    note(engine, *map(make_note, range(5)))
    for number, name, value in ((4, "actor", "me"), (3, "details", {"x": 1}), (2, "at", NOW)):
        tamper(owner, number, name, value)
        assert broken_at(engine) == number


def tamper(owner: Engine, number: int, name: str, value: object) -> None:
    table = AuditEntryRow.metadata.tables["audit_entry"]
    run_unguarded(owner, table.update().where(table.c.number == number).values({name: value}))


def test_a_missing_entry_is_named(engine: Engine, owner: Engine) -> None:
    note(engine, *map(make_note, range(5)))
    table = AuditEntryRow.metadata.tables["audit_entry"]
    for number in (5, 3, 1):
        run_unguarded(owner, table.delete().where(table.c.number == number))
        assert broken_at(engine) == number


def test_an_entry_beyond_the_head_is_named(engine: Engine) -> None:
    note(engine, make_note())
    (entry,) = read(engine)
    with open_transaction(engine, SERVICE) as session:
        session.add(AuditEntryRow(**(as_row(entry) | {"number": 2})))
    assert broken_at(engine) == 2


def as_row(entry: AuditEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in AuditEntryRow.model_fields}


def run_unguarded(owner: Engine, statement: Any) -> None:
    """As somebody who may drop triggers."""
    postgresql = owner.dialect.name == "postgresql"
    where = " on audit_entry" if postgresql else ""
    with open_transaction(owner, SERVICE) as session:
        connection = session.connection()
        for change in ("update", "delete"):
            connection.exec_driver_sql(f"drop trigger if exists audit_entry_{change}{where}")
        connection.execute(statement)


def test_a_firm_reads_its_own_log_and_the_operator_all(engine: Engine) -> None:
    notes = [make_note(n, firm) for n, firm in enumerate((FIRM, RIVAL, None, FIRM))]
    note(engine, *notes)
    for viewer, seen in (
        (Viewer(FIRM), ["3", "0"]),
        (Viewer(RIVAL), ["1"]),
        (Viewer(RIVAL, operator=True), ["3", "2", "1", "0"]),
        (NOBODY, []),
    ):
        assert subjects(engine, viewer) == seen
    operator = Viewer(RIVAL, operator=True)
    assert subjects(engine, operator, organisation_id=RIVAL) == ["1"]
    assert subjects(engine, operator, since=NOW + timedelta(seconds=1), until=notes[3].at) == [
        "2",
        "1",
    ]
    assert subjects(engine, operator, subject_id="2", action="thing.change") == ["2"]
    assert subjects(engine, operator, action="thing.make") == []


def subjects(engine: Engine, viewer: Viewer, **wanted: Any) -> list[str]:
    found, asked = [], PageAsked(limit=2)
    with open_transaction(engine, viewer, reading=True) as session:
        while True:
            page = audit.read_list(session, asked, AuditWanted(**wanted))
            found += [entry.subject_id for entry in page.items]
            if page.next_cursor is None:
                return found
            asked = PageAsked(limit=2, cursor=page.next_cursor)


def test_the_head_stands_where_the_log_ends(engine: Engine) -> None:
    note(engine, make_note(), make_note())
    with open_transaction(engine, SERVICE, reading=True) as session:
        head = session.exec(select(AuditHeadRow)).one()
    assert (head.number, head.hash) == (2, read(engine)[-1].hash)
