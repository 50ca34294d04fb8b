"""The command that compares two versions of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from lca_models.errors import Text
from service.cli.calculation import read_given_chain
from service.cli.change_view import show_changes
from service.cli.outputs import to_json
from service.cli.terminal import Terminal
from service.domain.errors import MissingQuantityError
from service.formats.change_document import to_change_document
from service.use_cases.explain_change import GivenVersion, explain_chain_change


def compare(  # noqa: PLR0913 - one argument for each option of the command
    terminal: Terminal,
    *,
    before: str,
    after: str,
    products: Sequence[str],
    sold: Sequence[str],
    gwps: tuple[str, str],
    backgrounds: tuple[Sequence[Path], Sequence[Path]],
    as_json: bool,
) -> None:
    """Show why the products that were asked for changed, or those of the lead firm."""
    amounts = dict(_read_sold(each) for each in sold)
    versions = []
    for given, gwp, files in zip((before, after), gwps, backgrounds, strict=True):
        equipped = terminal.with_backgrounds(files)
        chain = read_given_chain(equipped, given)
        versions.append(GivenVersion(chain, equipped.library, gwp))
    compared = explain_chain_change(*versions, products=products, sold=amounts)
    document = to_change_document(compared)
    if as_json:
        typer.echo(to_json(document))
    else:
        show_changes(terminal, document)


def _read_sold(given: str) -> tuple[str, tuple[float, float]]:
    """`axle=1000:1200` as a product with the declared units sold before and after.

    Raises:
        MissingQuantityError: It is written otherwise, or an amount is below zero.
    """
    product, _, amounts = given.rpartition("=")
    try:
        before, after = (float(amount) for amount in amounts.split(":"))
    except ValueError:
        before, after = -1.0, -1.0
    if not product or not before >= 0 or not after >= 0 or max(before, after) == float("inf"):
        raise MissingQuantityError(
            Text(en="“{given}” does not say how much was sold.", zh="“{given}”未说明销量。").format(
                given=given
            ),
            Text(
                en="Write PRODUCT=BEFORE:AFTER, in declared units: axle=1000:1200.",
                zh="请按“产品=前:后”填写声明单位数，如axle=1000:1200。",
            ),
            value=given,
        )
    return product, (before, after)
