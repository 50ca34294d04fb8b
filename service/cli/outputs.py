"""What a command writes, and where: a file of the right kind, and never over what it reads."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from lca_models.errors import Text
from service.domain.errors import DuplicateError
from service.formats.errors import UnsupportedFileError
from service.formats.result_document import FORMAT

_START = 1000


def to_json(document: BaseModel) -> bytes:
    """A document as commands print it and write it into a file."""
    return (document.model_dump_json(indent=2) + "\n").encode()


def check_suffix(path: Path, *suffixes: str) -> None:
    """Refuse a file whose name promises another kind than what is written.

    Raises:
        UnsupportedFileError: It ends otherwise; `""` stands for a name without a suffix.
    """
    if path.suffix.lower() in suffixes:
        return
    named = " / ".join(suffix for suffix in suffixes if suffix)
    raise UnsupportedFileError(
        Text(
            en="“{path}” does not end in {suffixes}, which is what is written.",
            zh="“{path}”的扩展名与输出格式{suffixes}不符。",
        ).format(path=path, suffixes=named),
        Text(en="Name it {name}.", zh="请改名为{name}。").format(
            name=path.with_suffix(suffixes[0]).name if path.name else suffixes[0]
        ),
        value=str(path),
    )


def check_apart(output: Path, given: Path) -> None:
    """Refuse to write a result over the document, or over a file of the folder, that is read.

    An earlier result in the folder may be replaced.

    Raises:
        DuplicateError: The output is an input.
    """
    if not output.is_file() or not given.exists():
        return
    inputs = [given]
    if given.is_dir():
        inputs = [] if _is_result(output) else list(given.iterdir())
    if any(path.is_file() and output.samefile(path) for path in inputs):
        raise DuplicateError(
            Text(
                en="“{path}” is an input: the result would overwrite it.",
                zh="“{path}”是输入文件，写入结果会将其覆盖。",
            ).format(path=output),
            Text(en="Name another file with --output.", zh="请用--output指定其他文件。"),
            value=str(output),
        )


def _is_result(path: Path) -> bool:
    with path.open("rb") as file:
        return f'"{FORMAT}"'.encode() in file.read(_START)
