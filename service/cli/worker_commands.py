"""The command that does jobs."""

from __future__ import annotations

from lca_models.errors import Text
from service.cli.terminal import Terminal
from service.jobs.process import run_process
from service.store.migrating import refuse_unfit


def work(terminal: Terminal) -> None:
    """Do jobs until told to stop; the one under way is finished first, or handed back.

    Raises:
        GreenchainError: The database or its login is not fit.
    """
    refuse_unfit(terminal.wiring.members.engine)  # before anybody believes that it works
    terminal.say(
        Text(en="Working on jobs. Ctrl-C stops it.", zh="正在处理后台任务，按Ctrl-C停止。")
    )
    run_process(terminal.wiring)
