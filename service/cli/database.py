"""Commands on the members' database: bring it to this release, check it, verify its log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy import Engine

from lca_models.errors import Text
from service.cli.terminal import Terminal
from service.domain.access import SERVICE
from service.domain.audit_entry import AuditVerdict
from service.store import audit, migrating
from service.store.session import open_engine, open_transaction

_BROKEN = 1


def upgrade(terminal: Terminal) -> None:
    """Bring the database to this release, as the owner of its tables.

    Raises:
        DatabaseUnreachableError: There is no way to it.
        RoleMissingError: The role of the application is missing, and may not be made.
    """
    with _opened(terminal.wiring.owner_url) as engine:
        before, after = migrating.upgrade(engine)
    done = (
        Text(en="The database is at revision {after} already.", zh="数据库已是最新版本{after}。")
        if before == after
        else Text(
            en="The database went from revision {before} to {after}.",
            zh="数据库已从版本{before}升级到{after}。",
        )
    )
    terminal.say(done.format(before=before, after=after))


def check(terminal: Terminal) -> None:
    """Tell whether the database and its login are fit to serve.

    Raises:
        DatabaseUnreachableError: There is no way to it.
        UnfitLoginError: On PostgreSQL, the login could pass by row-level security.
        SchemaBehindError: The schema is not that of this release.
    """
    with _opened(terminal.wiring.settings.database_url) as engine:
        migrating.refuse_unfit(engine)
    terminal.say(
        Text(
            en="The database is at revision {head}, and fit to serve.",
            zh="数据库版本为{head}，可以提供服务。",
        ).format(head=migrating.find_head())
    )


def verify_log(terminal: Terminal, *, as_json: bool) -> None:
    """Walk the whole log of changes, and end with 1 where a seal is broken.

    Raises:
        DatabaseUnreachableError: There is no way to it.
        UnfitLoginError: On PostgreSQL, the login could pass by row-level security.
        SchemaBehindError: The schema is not that of this release.
    """
    with _opened(terminal.wiring.settings.database_url) as engine:
        migrating.refuse_unfit(engine)
        with open_transaction(engine, SERVICE, reading=True) as session:
            verdict = audit.verify(session)
    if as_json:
        told = {
            "entries": verdict.entries,
            "last_hash": verdict.last_hash,
            "broken_at": verdict.broken_at,
        }
        typer.echo(json.dumps(told, indent=2).encode())
    else:
        terminal.console.print(_describe(verdict).to(terminal.language))
    if verdict.broken_at is not None:
        raise typer.Exit(_BROKEN)


def _describe(verdict: AuditVerdict) -> Text:
    if verdict.broken_at is None:
        text = Text(
            en="All {entries} entries hold. Keep the last seal elsewhere: {last_hash}",
            zh="全部{entries}条日志校验通过。请另行保存末条封印：{last_hash}",
        )
    else:
        text = Text(
            en="Entry {broken_at} is missing or was changed; the {entries} before it hold.",
            zh="第{broken_at}条日志缺失或被篡改；此前{entries}条校验通过。",
        )
    return text.format(
        entries=verdict.entries, last_hash=verdict.last_hash, broken_at=verdict.broken_at
    )


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
