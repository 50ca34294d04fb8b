"""The steps go up from anywhere and down again; what is behind, or too mighty, is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, make_url, text

from service.store import migrating
from service.store.logins import RoleMissingError, UnfitLoginError, make_role
from service.store.migrating import (
    DatabaseUnreachableError,
    SchemaBehindError,
    downgrade,
    find_head,
    refuse_unfit,
    upgrade,
)
from service.store.session import open_engine
from tests.databases import Database, Templates
from tests.postgresql import run_sql

REVISIONS = [
    script.revision
    for script in reversed(
        list(ScriptDirectory.from_config(migrating._config_with(None)).walk_revisions())
    )
]


def refuse_difference(engine: Engine) -> None:
    """Let autogenerate look for what the steps and the tables do not agree on."""
    with engine.begin() as connection:
        command.check(migrating._config_with(connection))


def test_steps_make_the_tables_of_the_classes(empty: Engine) -> None:
    assert upgrade(empty) == ("none", REVISIONS[-1])
    refuse_difference(empty)
    assert upgrade(empty) == (REVISIONS[-1], REVISIONS[-1])


def test_every_revision_goes_up_to_the_head_and_one_step_down(empty: Engine) -> None:
    for before, revision in zip(["none", *REVISIONS], REVISIONS, strict=False):
        assert upgrade(empty, revision) == (before, revision)
        upgrade(empty)
        refuse_difference(empty)
        if revision != REVISIONS[-1]:
            downgrade(empty, revision)


def test_all_steps_down_leave_nothing(empty: Engine) -> None:
    upgrade(empty)
    for _ in REVISIONS:
        downgrade(empty)
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_database_that_is_not_at_the_head_is_refused(empty: Engine) -> None:
    with pytest.raises(SchemaBehindError, match="at revision none"):
        migrating.refuse_behind(empty)
    upgrade(empty)
    migrating.refuse_behind(empty)
    downgrade(empty)
    with pytest.raises(SchemaBehindError, match=f"this release needs {find_head()}"):
        migrating.refuse_behind(empty)


def test_a_database_of_a_later_release_is_refused(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(SchemaBehindError, match="9999"):
        migrating.refuse_behind(empty)


def test_two_who_upgrade_at_once_take_turns(empty: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(upgrade, empty) for _ in range(2)]
    assert sorted(each.result()[0] for each in both) == [find_head(), "none"]


def test_the_application_may_serve(engine: Engine) -> None:
    refuse_unfit(engine)


@pytest.mark.parametrize(
    ("user", "rights", "told"),
    [
        ("postgres", None, "is a superuser"),
        ("greenchain_owner", None, "owns the tables"),
        ("mighty", "login bypassrls", "passes by row security"),
        ("powerless", "login", "has no rights"),
    ],
)
def test_a_login_that_guards_do_not_hold_is_refused(
    databases: Templates, postgresql: Database, user: str, rights: str | None, told: str
) -> None:
    if rights is not None:
        run_sql(databases.postgresql, f"create role {user} {rights}")
    engine = open_engine(str(make_url(postgresql.url).set(username=user)))
    with pytest.raises(UnfitLoginError, match=told):
        refuse_unfit(engine)
    engine.dispose()


def test_who_may_not_make_the_role_is_told_what_to_do(postgresql: Database) -> None:
    engine = open_engine(str(make_url(postgresql.url).set(username="postgres")))
    with engine.connect() as connection, connection.begin() as undone:
        connection.execute(text("alter role greenchain_app rename to elsewhere"))
        connection.execute(text("set local role greenchain_login"))
        with pytest.raises(RoleMissingError, match="create role greenchain_app nologin"):
            make_role(connection)
        connection.execute(text("set local role greenchain_owner"))
        make_role(connection)
        undone.rollback()
    engine.dispose()


def test_a_database_that_does_not_answer_is_told() -> None:
    engine = open_engine("postgresql://nobody@localhost:1/nowhere")
    with pytest.raises(DatabaseUnreachableError, match="does not answer"):
        upgrade(engine)
