"""The commands of `greenchain`, with their arguments; what they do is loaded when they run."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.cli.audit_commands import audit
from service.cli.background_commands import background
from service.cli.db_commands import db
from service.cli.loading import run
from service.cli.operator_commands import operator
from service.cli.options import AsJson, Backgrounds, Gwp, Lang, make_group
from service.cli.streams import run_on_streams
from service.domain.brightway_formats import ChainFormat
from service.formats.release import find_release

app = make_group("Product carbon footprints of whole supply chains · 供应链产品碳足迹计算")
template = make_group("Templates to fill in · 模板")
bom = make_group("Bills of materials · 物料清单")
chains = make_group("Chains for other tools · 供应链导出")
app.add_typer(audit, name="audit")
app.add_typer(background, name="background")
app.add_typer(db, name="db")
app.add_typer(chains, name="chain")
app.add_typer(template, name="template")
app.add_typer(bom, name="bom")
app.add_typer(operator, name="operator")


class SchemaKind(StrEnum):
    """Documents that have a schema."""

    CHAIN = "chain"
    RESULT = "result"
    METHODS = "methods"
    CHANGE = "change"
    TRACE = "trace"
    SIMULATION = "simulation"
    REQUESTS = "requests"


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
def simulate(  # noqa: PLR0913 - one argument for each option, as typer reads them
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    *,
    against: Annotated[
        str | None, typer.Option(help="Show how far it is above this chain. 与该供应链对比。")
    ] = None,
    product: Annotated[
        list[str] | None,
        typer.Option(help="Show this product; may be repeated. 只显示该产品，可多次使用。"),
    ] = None,
    draws: Annotated[int, typer.Option(help="How often to draw. 抽样次数。")] = 1000,
    seed: Annotated[int, typer.Option(help="Same seed, same draws. 随机种子。")] = 0,
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Draw what is uncertain: where footprints lie · 蒙特卡洛模拟碳足迹区间."""
    run(
        "simulation.simulate",
        lang,
        chains=(chain, against),
        products=product or [],
        drawing=(seed, draws),
        gwp=gwp,
        backgrounds=background or [],
        as_json=as_json,
    )


@app.command()
def ask(
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    product: Annotated[str, typer.Argument(help="Id of the product. 产品编号。")],
    *,
    limit: Annotated[int, typer.Option(min=1, help="Rows to show. 显示行数。")] = 10,
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Tell whom to ask next for primary data · 列出应优先索取的初级数据."""
    run(
        "asking.ask",
        lang,
        chain=chain,
        product=product,
        limit=limit,
        gwp=gwp,
        backgrounds=background or [],
        as_json=as_json,
    )


@app.command("cross-check")
def cross_check(
    chain: Annotated[
        str, typer.Argument(help="Chain, as for calculate. 供应链文档、文件夹，或-。")
    ],
    *,
    gwp: Gwp = "AR6",
    background: Backgrounds = None,
    lang: Lang = None,
) -> None:
    """Solve a chain again with Brightway and compare · 用Brightway复算并比对."""
    run("cross_checking.check", lang, chain=chain, gwp=gwp, backgrounds=background or [])


@app.command()
def verify(
    lockfile: Annotated[Path, typer.Argument(help="Lockfile of a footprint. 锁定文件。")],
    *,
    others: Annotated[
        list[Path] | None,
        typer.Option("--with", help="Lockfile of another firm; may be repeated. 其他锁定文件。"),
    ] = None,
    background: Backgrounds = None,
    lang: Lang = None,
) -> None:
    """Make a stored footprint again and compare · 由锁定文件重现碳足迹."""
    run(
        "verifying.verify",
        lang,
        lockfile=lockfile,
        others=others or [],
        backgrounds=background or [],
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
def worker(*, lang: Lang = None) -> None:
    """Do jobs: calculate, remind, send letters · 处理后台任务."""
    run("worker_commands.work", lang)


@app.command()
def schema(kind: SchemaKind) -> None:
    """Print the JSON Schema of a document · 输出文档的JSON Schema."""
    run("documents.print_schema", None, kind=kind.value)


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
