"""The commands of `greenchain background`, with their arguments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.loading import run
from service.cli.options import AsJson, Lang, make_group
from service.domain.brightway_formats import BackgroundFormat

background = make_group("Published emission factors with their citations · 背景数据库检索")

Redistributable = Annotated[
    bool, typer.Option("--redistributable", help="The terms let its values leave. 允许再分发。")
]
LeaveOut = Annotated[
    list[str] | None,
    typer.Option(help="Gas without a GWP that need not count; repeatable. 不计入的气体。"),
]
BrightwayPython = Annotated[
    Path | None,
    typer.Option(help="Python with brightway25. [default: GREENCHAIN_BRIGHTWAY_PYTHON]"),
]
FrozenFile = Annotated[Path | None, typer.Option(help="[default: NAME-VERSION.background.zip]")]


@background.command("search")
def search_background(
    text: Annotated[str, typer.Argument(help="Name or id, in zh or en. 名称或编号。")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Search factors and materials · 检索排放因子和材料."""
    run("library.search_entries", lang, text=text, limit=limit, as_json=as_json)


@background.command("show")
def show_background(
    entry_id: Annotated[str, typer.Argument(metavar="ID")],
    *,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show one entry: value, gases, source, caveats · 显示条目的数值、来源和注意事项."""
    run("library.show_entry", lang, entry_id=entry_id, as_json=as_json)


@background.command("export")
def export_background(
    file: Annotated[Path, typer.Argument(help="Zip file to write. 输出的zip文件。")],
    *,
    lang: Lang = None,
) -> None:
    """Write the background as a Brightway datapackage · 导出Brightway数据包."""
    run("library.export", lang, file=file)


@background.command("import")
def import_background(  # noqa: PLR0913 - one argument for each option, as typer reads them
    file: Annotated[
        Path, typer.Argument(help="File or folder of the library. 数据库文件或文件夹。")
    ],
    *,
    form: Annotated[BackgroundFormat, typer.Option("--format", help="Its format. 格式。")],
    name: Annotated[str, typer.Option(help="Its name, such as ecoinvent. 名称。")],
    version: Annotated[str, typer.Option(help="Its version and system model. 版本及系统模型。")],
    publisher: Annotated[str, typer.Option(help="Who publishes it. 发布者。")],
    year: Annotated[int, typer.Option(help="Year of publication. 发布年份。")],
    licence: Annotated[str, typer.Option(help="Terms under which you have it. 许可条款。")],
    redistributable: Redistributable = False,
    leave_out: LeaveOut = None,
    python: BrightwayPython = None,
    output: FrozenFile = None,
    lang: Lang = None,
) -> None:
    """Freeze a library of your own for calculation · 导入自带背景数据库."""
    terms = {"name": name, "version": version, "publisher": publisher, "year": year}
    run(
        "brightway.import_database",
        lang,
        file=file,
        form=form,
        terms=terms | {"licence": licence, "redistributable": redistributable},
        leave_out=leave_out or [],
        python=python,
        output=output,
    )
