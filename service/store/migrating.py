"""Brings a database to the schema of this release, and refuses one that is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from lca_models.errors import RuleBrokenError, Text
from service.store.logins import make_role, refuse_mighty

_SCRIPTS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_362_178  # any number: two who upgrade at once take turns by it
_NO_TABLES = "none"


class DatabaseUnreachableError(RuleBrokenError):
    """The database does not answer, or turns the login away."""

    code = "database-unreachable"
    title = Text(en="The database cannot be reached", zh="无法连接数据库")


class SchemaBehindError(RuleBrokenError):
    """The database has another schema than this release."""

    code = "schema-behind"
    title = Text(en="The database is not at this release", zh="数据库结构与当前版本不一致")


def upgrade(engine: Engine, revision: str = "head") -> tuple[str, str]:
    """Bring the database up to a revision; all steps or none.

    Returns:
        The revisions before and after.

    Raises:
        DatabaseUnreachableError: There is no way to it.
        RoleMissingError: The role of the application is missing, and may not be made.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with _reaching(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            make_role(connection)
        before = _find_revision(connection)
        command.upgrade(_config_with(connection), revision)
        return before, _find_revision(connection)


def downgrade(engine: Engine, revision: str = "-1") -> None:
    """Take the database back to a revision; by default one step."""
    with engine.begin() as connection:
        command.downgrade(_config_with(connection), revision)


def refuse_unfit(engine: Engine) -> None:
    """Make sure that the database and the login are fit to serve members; leaves nothing open.

    Raises:
        DatabaseUnreachableError: There is no way to it.
        UnfitLoginError: On PostgreSQL, the login could pass by row-level security.
        SchemaBehindError: The schema is behind, ahead, or has no tables at all.
    """
    try:
        with _reaching():
            refuse_mighty(engine)
            refuse_behind(engine)
    finally:
        engine.dispose()  # who is refused ends here


def refuse_behind(engine: Engine) -> None:
    """Make sure that the database has the schema of this release.

    Raises:
        SchemaBehindError: It is behind, ahead, or has no tables at all.
    """
    head = find_head()
    with engine.connect() as connection:
        found = _find_revision(connection)
    if found != head:
        raise SchemaBehindError(
            Text(
                en="The database is at revision {found}, this release needs {head}.",
                zh="数据库版本为{found}，当前版本需要{head}。",
            ).format(found=found, head=head),
            Text(
                en="Run greenchain db upgrade; if the database is ahead, run the newer release.",
                zh="请运行greenchain db upgrade；若数据库更新，请使用较新的程序版本。",
            ),
            value=found,
        )


def find_head() -> str:
    """The revision that this release needs."""
    return ScriptDirectory.from_config(_config_with(None)).get_current_head() or _NO_TABLES


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnreachableError(
            Text(en="The database does not answer: {words}.", zh="数据库无响应：{words}。").format(
                words=str(error.orig).strip().splitlines()[0].rstrip(".")
            ),
            Text(
                en="Check GREENCHAIN_DATABASE_URL, and that the database runs.",
                zh="请检查GREENCHAIN_DATABASE_URL以及数据库是否在运行。",
            ),
        ) from error


def _find_revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or _NO_TABLES


def _config_with(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
