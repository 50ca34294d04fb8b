"""Every module says what stands in it, bears a telling name and imports in the open."""

import ast

from tests.architecture import tree

SAYING_NOTHING = {"utils", "helpers", "common", "base", "manager", "processor", "data", "info"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        f"{tree.name_of(path)}: open it with one sentence that says what stands here"
        for path in tree.modules(*tree.SOURCES)
        if not (ast.get_docstring(tree.parsed(path)) or "").strip()
    ]
    assert not silent, "\n".join(silent)


def test_an_init_file_holds_its_docstring_and_nothing_else() -> None:
    full = [
        f"{tree.name_of(path)}: move the code into a module with a name"
        for path in tree.modules(*tree.SOURCES)
        if path.name == "__init__.py" and len(tree.parsed(path).body) != 1
    ]
    assert not full, "\n".join(full)


def test_no_function_imports() -> None:
    hidden = [
        f"{tree.name_of(path)}:{node.lineno}: import at the top; if that makes a circle, break it"
        for path in tree.modules(*tree.SOURCES)
        for function in ast.walk(tree.parsed(path))
        if isinstance(function, FUNCTIONS)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, "\n".join(hidden)


def test_no_import_is_for_the_type_checker_alone() -> None:
    hidden = [
        f"{tree.name_of(path)}: a TYPE_CHECKING block hides a circle; break the circle"
        for path in tree.modules(*tree.SOURCES)
        if any(name.endswith(".TYPE_CHECKING") for name in tree.imports(path))
        or any(
            isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING"
            for node in ast.walk(tree.parsed(path))
        )
    ]
    assert not hidden, "\n".join(hidden)


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        f"{tree.name_of(path)}: a noun is missing, find it"
        for path in tree.modules(*tree.SOURCES)
        if SAYING_NOTHING & {path.stem, path.parent.name if path.stem == "__init__" else ""}
    ]
    assert not vague, "\n".join(vague)
