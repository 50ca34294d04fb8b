"""Brings a database to the schema of this release, and refuses one that is behind it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from lca_models.errors import RuleBrokenError, Text

_SCRIPTS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_362_178  # any number: two who upgrade at once take turns by it


class SchemaBehindError(RuleBrokenError):
    """The database has another schema than this release."""

    code = "schema-behind"
    title = Text(en="The database is not at this release", zh="数据库结构与当前版本不一致")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision; all steps or none."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config_with(connection), revision)


def downgrade(engine: Engine, revision: str = "-1") -> None:
    """Take the database back to a revision; by default one step."""
    with engine.begin() as connection:
        command.downgrade(_config_with(connection), revision)


def refuse_behind(engine: Engine) -> None:
    """Make sure that the database has the schema of this release.

    Raises:
        SchemaBehindError: It is behind, ahead, or has no tables at all.
    """
    head = ScriptDirectory.from_config(_config_with(None)).get_current_head()
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != head:
        raise SchemaBehindError(
            Text(
                en="The database is at revision {found}, this release needs {head}.",
                zh="数据库版本为{found}，当前版本需要{head}。",
            ).format(found=found or "none", head=head),
            Text(en="Run greenchain db upgrade.", zh="请运行greenchain db upgrade。"),
            value=found,
        )


def _config_with(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
