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
from service.domain.brightway_formats import BackgroundFormat, ChainFormat
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
chains = _group("Chains for other tools · 供应链导出")
app.add_typer(background, name="background")
app.add_typer(chains, name="chain")
app.add_typer(template, name="template")
app.add_typer(bom, name="bom")


class SchemaKind(StrEnum):
    """Documents that have a schema."""

    CHAIN = "chain"
    RESULT = "result"
    METHODS = "methods"
    CHANGE = "change"
    TRACE = "trace"


Lang = Annotated[
    Language | None,
    typer.Option(help="Language of texts. 显示语言。 [default: GREENCHAIN_LANG, else the locale]"),
]
Gwp = Annotated[str, typer.Option(help="AR6, AR5 or AR4. 全球变暖潜势因子集。")]
Backgrounds = Annotated[
    list[Path] | None,
    typer.Option(
        "--background", help="Imported background; repeatable. 自带背景数据，可多次使用。"
    ),
]
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
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
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
        backgrounds=background or [],
        as_json=as_json,
        output=output,
    )


@app.command()
def methods(
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    *,
    product: Annotated[
        list[str] | None,
        typer.Option(help="Show this product; may be repeated. 只显示该产品，可多次使用。"),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Compare allocation, GWPs and recycling · 比较分配方法、GWP和再生料核算方法."""
    run("calculation.compare", lang, chain=chain, products=product or [], as_json=as_json)


@app.command()
def trace(
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    product: Annotated[str, typer.Argument(help="Id of the product. 产品编号。")],
    *,
    cut_off: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Share of the total that is still told apart. 列示的最低占比。"
        ),
    ] = 0.01,
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Trace a footprint up its chain · 追溯产品碳足迹的来源."""
    run(
        "tracing.trace",
        lang,
        chain=chain,
        product=product,
        gwp=gwp,
        backgrounds=background or [],
        cut_off=cut_off,
        as_json=as_json,
    )


@app.command()
def compare(  # noqa: PLR0913 - one argument for each option, as typer reads them
    before: Annotated[str, typer.Argument(help="Earlier version, as for calculate. 较早版本。")],
    after: Annotated[str, typer.Argument(help="Later version. 较晚版本。")],
    *,
    product: Annotated[
        list[str] | None,
        typer.Option(help="Show this product; may be repeated. 只显示该产品，可多次使用。"),
    ] = None,
    sold: Annotated[
        list[str] | None,
        typer.Option(help="PRODUCT=BEFORE:AFTER, declared units sold. 前后销量（声明单位）。"),
    ] = None,
    gwp: Gwp = "AR6",
    before_gwp: Annotated[
        str | None, typer.Option(help="Of the earlier version. 较早版本所用。 [default: --gwp]")
    ] = None,
    background: Backgrounds = None,
    before_background: Annotated[
        list[Path] | None,
        typer.Option(help="Of the earlier version. 较早版本所用。 [default: --background]"),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Tell why footprints changed between two versions · 分析两个版本间碳足迹变化的原因."""
    backgrounds = background or []
    run(
        "comparison.compare",
        lang,
        before=before,
        after=after,
        products=product or [],
        sold=sold or [],
        gwps=(before_gwp or gwp, gwp),
        backgrounds=(before_background or backgrounds, backgrounds),
        as_json=as_json,
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


@chains.callback()
def _chains() -> None:
    """Keep the name of the one command: `chain export`."""


@chains.command("export")
def export_chain(
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    *,
    form: Annotated[ChainFormat, typer.Option("--format", help="Form to write. 输出格式。")],
    output: Annotated[Path, typer.Option(help="File, .zip or .xlsx. 输出文件。")],
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
    lang: Lang = None,
) -> None:
    """Write a chain for Brightway: datapackage or Excel · 导出为Brightway数据包或Excel."""
    run(
        "brightway.export",
        lang,
        chain=chain,
        form=form,
        output=output,
        gwp=gwp,
        backgrounds=background or [],
    )


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
