"""The commands of `greenchain audit`, with their arguments."""

from __future__ import annotations

from service.cli.loading import run
from service.cli.options import AsJson, Lang, make_group

audit = make_group("The log of every change of state · 操作日志")


@audit.callback()
def _audit() -> None:
    """Keep the name of the one command: `audit verify`."""


@audit.command("verify")
def verify_log(*, as_json: AsJson = False, lang: Lang = None) -> None:
    """Recompute every seal of the log; ends with 1 where one is broken · 校验日志完整性."""
    run("database.verify_log", lang, as_json=as_json)
