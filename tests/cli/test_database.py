"""`greenchain db` and `greenchain audit`."""

import json
from pathlib import Path

import pytest

from service.domain.access import SERVICE
from service.store import audit
from service.store.audit import AuditNote
from service.store.ids import new_id
from service.store.migrating import find_head
from service.store.session import open_engine, open_transaction
from service.store.tables.operations import AuditHeadRow
from tests.cli.running import run
from tests.databases import Database
from tests.members import NOW


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'folder' / 'new.db'}"


def test_an_upgrade_makes_the_file_and_says_how_far_it_went(url: str) -> None:
    head = find_head()
    for told in (f"went from revision none to {head}", f"at revision {head} already"):
        done = run("db", "upgrade", GREENCHAIN_DATABASE_URL=url)
        assert done.exit_code == 0
        assert told in done.stderr
    checked = run("db", "check", "--lang", "zh", GREENCHAIN_DATABASE_URL=url)
    assert (checked.exit_code, "可以提供服务" in checked.stderr) == (0, True)


def test_a_database_without_tables_is_told_with_its_cure(tmp_path: Path) -> None:
    checked = run("db", "check", GREENCHAIN_DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}")
    assert checked.exit_code == 2
    assert "Run greenchain db upgrade" in checked.stderr


def test_the_owner_upgrades_and_the_application_is_checked(database: Database) -> None:
    upgraded = run(
        "db",
        "upgrade",
        GREENCHAIN_DATABASE_URL="postgresql://nobody@localhost:1/none",
        GREENCHAIN_DATABASE_OWNER_URL=database.owner_url,
    )
    assert upgraded.exit_code == 0
    assert run("db", "check", GREENCHAIN_DATABASE_URL=database.url).exit_code == 0


def test_a_log_that_holds_and_one_that_does_not(database: Database) -> None:
    engine = open_engine(database.url)
    with open_transaction(engine, SERVICE) as session:
        audit.note(session, AuditNote(NOW, "a", "s", new_id(), None, {}))
    held = run("audit", "verify", "--json", GREENCHAIN_DATABASE_URL=database.url)
    assert held.exit_code == 0
    assert json.loads(held.stdout)["entries"] == 1
    with open_transaction(engine, SERVICE) as session:
        session.get_one(AuditHeadRow, 1).hash = "f" * 64
    engine.dispose()
    broken = run("audit", "verify", GREENCHAIN_DATABASE_URL=database.url)
    assert broken.exit_code == 1
    assert "Entry 2 is missing or was changed; the 1 before it hold." in broken.stdout
