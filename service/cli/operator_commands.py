"""The commands of `greenchain operator`, with their arguments."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.loading import run
from service.cli.options import Lang, make_group

operator = make_group("Whoever runs the service · 平台运营方")


@operator.callback()
def _operator() -> None:
    """Keep the name of the one command: `operator create`."""


@operator.command("create")
def create_operator(
    *,
    email: Annotated[str, typer.Option(help="Address to sign in with. 登录邮箱。")],
    name: Annotated[str, typer.Option(help="Name of the person. 姓名。")],
    organisation: Annotated[
        str, typer.Option(help="Name of the operating organisation. 运营方名称。")
    ] = "greenchain",
    uscc: Annotated[
        str | None, typer.Option(help="Its unified social credit code. 统一社会信用代码。")
    ] = None,
    lang: Lang = None,
) -> None:
    """Make a person who runs the service; asks for the password · 创建运营方账户."""
    run(
        "operating.create_operator",
        lang,
        email=email,
        name=name,
        organisation=organisation,
        uscc=uscc,
    )
