"""Files and functions stay small enough to read in one go (STYLE, section 9)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_TEST = 60


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in tree.modules(*tree.SOURCES)}
    too_long = [
        f"{tree.name_of(path)} has {length} lines: split it by noun"
        for path, length in lengths.items()
        if length > LONGEST_FILE
    ]
    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{tree.name_of(path)}:{function.lineno} {function.name} has {length(function)} lines"
        f" beside its docstring, {limit(path)} are the most: it is two functions"
        for path in tree.modules(*tree.SOURCES)
        for function in functions(path)
        if length(function) > limit(path)
    ]
    assert not too_long, "\n".join(too_long)


def limit(path: Path) -> int:
    return LONGEST_TEST if tree.name_of(path).startswith("tests/") else LONGEST_FUNCTION


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)
