"""Commands that calculate: a chain of one's own, and the sample."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from lca_models.errors import Text
from service.cli.methods_view import show_methods
from service.cli.outputs import check_apart, check_suffix, to_json
from service.cli.result_view import show_result
from service.cli.terminal import Terminal
from service.domain.chain import Chain
from service.domain.errors import MissingFileError
from service.formats.chain.document_text import LARGEST_DOCUMENT_BYTES
from service.formats.chain.reading import read_chain
from service.formats.method_document import to_method_document
from service.formats.result_document import ResultDocument
from service.formats.result_writing import to_result
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.compare_methods import compare_methods
from service.use_cases.read_chain_folder import (
    CHAIN_SHEETS,
    read_chain_folder,
    read_chain_from_sheet,
)

_STANDARD_INPUT = "-"
_CHAIN_DOCUMENTS = "*.chain.yaml"
_SHEET_SUFFIXES = {".csv", ".xlsx", ".xlsm"}


def calculate(
    terminal: Terminal,
    *,
    chain: str,
    products: Sequence[str],
    gwp: str,
    backgrounds: Sequence[Path],
    as_json: bool,
    output: Path | None,
) -> None:
    """Calculate a chain and show what was asked for, or the lead firm's products."""
    terminal = terminal.with_backgrounds(backgrounds)
    if output is not None:
        check_suffix(output, ".json", "")
        if chain != _STANDARD_INPUT:
            check_apart(output, Path(chain))
    result = _calculate(terminal, read_given_chain(terminal, chain), products, gwp)
    if output is not None:
        terminal.write_file(output, to_json(result))
    if as_json and output is None:
        typer.echo(to_json(result))
    elif not as_json:
        show_result(terminal, result)


def compare(terminal: Terminal, *, chain: str, products: Sequence[str], as_json: bool) -> None:
    """Compare methods for the products that were asked for, or those of the lead firm."""
    read = read_given_chain(terminal, chain)
    for product_id in products:
        read.get_product(product_id)
    document = to_method_document(compare_methods(read, terminal.library), products)
    if as_json:
        typer.echo(to_json(document))
    else:
        show_methods(terminal, document)


def demonstrate(terminal: Terminal, *, samples: Path, output: Path) -> None:
    """Calculate the sample chain, show everything, and write the whole result beside it."""
    chain = read_given_chain(terminal, str(_find_sample(samples)))
    result = _calculate(terminal, chain, (), "AR6")
    show_result(terminal, result)
    terminal.write_file(output / f"{chain.id}.json", to_json(result))


def _calculate(
    terminal: Terminal, chain: Chain, products: Sequence[str], gwp: str
) -> ResultDocument:
    for product_id in products:
        chain.get_product(product_id)
    found = calculate_footprints(chain, terminal.library, characterisation=gwp)
    return to_result(found, products)


def read_given_chain(terminal: Terminal, given: str) -> Chain:
    """The chain of a document, a folder, a chain sheet or standard input."""
    path = Path(given)
    if given == _STANDARD_INPUT:
        return read_chain(sys.stdin.buffer.read(LARGEST_DOCUMENT_BYTES + 1))
    if path.is_dir():
        return read_chain_folder(path, terminal.library)
    if path.suffix.lower() in _SHEET_SUFFIXES:
        return read_chain_from_sheet(path, terminal.library)
    with path.open("rb") as file:
        return read_chain(file.read(LARGEST_DOCUMENT_BYTES + 1))


def _find_sample(samples: Path) -> Path:
    """The first folder of files, else the first document."""
    folders = sorted({sheet.parent for name in CHAIN_SHEETS for sheet in samples.glob(f"*/{name}")})
    found = [*folders, *sorted(samples.glob(_CHAIN_DOCUMENTS))]
    if not found:
        raise MissingFileError(
            Text(
                en="There is no sample chain in “{folder}”.", zh="“{folder}”中没有示例供应链。"
            ).format(folder=samples),
            Text(
                en="Run it where the samples are, or name their folder with --samples.",
                zh="请在示例所在目录运行，或用--samples指定其文件夹。",
            ),
            value=samples,
        )
    return found[0]
