"""The commands of `greenchain db`, with their arguments."""

from __future__ import annotations

from service.cli.loading import run
from service.cli.options import Lang, make_group

db = make_group("The members' database · 成员数据库")


@db.command("upgrade")
def upgrade_database(*, lang: Lang = None) -> None:
    """Make the database, or bring it to this release · 新建或升级数据库."""
    run("database.upgrade", lang)


@db.command("check")
def check_database(*, lang: Lang = None) -> None:
    """Tell whether the database and its login are fit to serve · 检查数据库."""
    run("database.check", lang)
