"""The commands of `greenchain`, with their arguments; what they do is loaded when they run."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lca_models.errors import Language
from service.cli.loading import run
from service.cli.streams import run_on_streams
from service.formats.release import find_release


def _group(text: str) -> typer.Typer:
    # Plain help: drawing it with rich would take longer than everything else together.
    return typer.Typer(
        help=text, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
    )


app = _group("Product carbon footprints of whole supply chains · 供应链产品碳足迹计算")
background = _group("Published emission factors with their citations · 背景数据库检索")
template = _group("Templates to fill in · 模板")
bom = _group("Bills of materials · 物料清单")
app.add_typer(background, name="background")
app.add_typer(template, name="template")
app.add_typer(bom, name="bom")


class SchemaKind(StrEnum):
    """Documents that have a schema."""

    CHAIN = "chain"
    RESULT = "result"


Lang = Annotated[
    Language | None,
    typer.Option(help="Language of texts. 显示语言。 [default: GREENCHAIN_LANG, else the locale]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出JSON。")]


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if asked:
        typer.echo(f"greenchain {find_release()}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version. 显示版本。"
        ),
    ] = False,
) -> None:
    """Take the options before the command."""


@app.command()
def calculate(
    chain: Annotated[
        str,
        typer.Argument(
            help="Chain document (JSON, YAML), folder of BOM files with a chain sheet, or - for "
            "standard input. 供应链文档、文件夹，或-表示标准输入。"
        ),
    ],
    *,
    product: Annotated[
        list[str] | None,
        typer.Option(help="Show this product; may be repeated. 只显示该产品，可多次使用。"),
    ] = None,
    gwp: Annotated[str, typer.Option(help="AR6, AR5 or AR4. 全球变暖潜势因子集。")] = "AR6",
    as_json: AsJson = False,
    lang: Lang = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Write the full JSON here (.json). 将完整JSON写入文件。"),
    ] = None,
) -> None:
    """Calculate the footprints of a chain · 计算供应链产品碳足迹."""
    run(
        "calculation.calculate",
        lang,
        chain=chain,
        products=product or [],
        gwp=gwp,
        as_json=as_json,
        output=output,
    )


@app.command()
def demo(
    *,
    samples: Annotated[Path, typer.Option(help="Folder of the sample chain. 示例文件夹。")] = Path(
        "samples"
    ),
    output: Annotated[
        Path, typer.Option(help="Folder for the full JSON. 完整JSON的输出文件夹。")
    ] = Path("build/demo"),
    lang: Lang = None,
) -> None:
    """Calculate the sample chain and show everything · 计算并展示示例供应链."""
    run("calculation.demonstrate", lang, samples=samples, output=output)


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="[default: GREENCHAIN_HOST]")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="[default: GREENCHAIN_PORT]")
    ] = None,
    lang: Lang = None,
) -> None:
    """Start the HTTP interface · 启动HTTP服务."""
    run("serving.serve", lang, host=host, port=port)


@app.command()
def schema(kind: SchemaKind) -> None:
    """Print the JSON Schema of a document · 输出文档的JSON Schema."""
    run("documents.print_schema", None, kind=kind.value)


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


@template.command("bom")
def write_bom_template(
    *,
    lang: Lang = None,
    output: Annotated[
        Path | None, typer.Option(help="File, .xlsx or .csv. [default: bom.LANG.xlsx]")
    ] = None,
) -> None:
    """Write the template of a bill of materials · 生成物料清单模板."""
    run("documents.write_bom_template", lang, output=output)


@template.command("chain")
def write_chain_template(
    *,
    lang: Lang = None,
    output: Annotated[Path | None, typer.Option(help="File, .xlsx. [default: chain.xlsx]")] = None,
) -> None:
    """Write the template of a chain sheet · 生成供应链表模板."""
    run("documents.write_chain_template", lang, output=output)


@bom.command("check")
def check_bom(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX. 物料清单文件。")],
    *,
    annotate: Annotated[
        Path | None,
        typer.Option(help="Write it with its errors here (.xlsx). 将标注错误的文件写入此处。"),
    ] = None,
    product: Annotated[
        str | None, typer.Option(help="Id of its product. 文件对应的产品编号。")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check a bill of materials, all rows at once · 一次性核查物料清单的所有行."""
    run("materials.check", lang, file=file, annotate=annotate, product=product, as_json=as_json)


def main() -> None:
    """Run the command that the arguments name."""
    sys.exit(run_on_streams(app))
