"""Options that several commands of `greenchain` take, and what groups of commands look like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lca_models.errors import Language

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
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出JSON。")]


def make_group(text: str) -> typer.Typer:
    """A group of commands with its help."""
    # Plain help: drawing it with rich would take longer than everything else together.
    return typer.Typer(
        help=text, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
    )
