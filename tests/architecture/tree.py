"""The checkout as the architecture tests see it: its files, its modules and what they import."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lca_models", "service", "supplier_portal", "migrations")
SOURCES = (*PACKAGES, "tests", "benchmarks", "dev.py")

# Folders that tools make, beside those whose name begins with a dot; our own CI is no tool.
MADE = {"build", "dist", "node_modules", "vendor", "__pycache__"}
OURS = {".ci"}
# What a server that was started here keeps, as .gitignore has it too.
KEPT = ("greenchain.db", "greenchain.secret", "greenchain-files", "greenchain-mail")


def is_made(folder: Path) -> bool:
    """Tell whether a folder belongs to a tool or to version control, not to the project."""
    hidden = folder.name.startswith(".") and folder.name not in OURS
    return hidden or folder.name in MADE or folder.name.endswith(".egg-info") or is_kept(folder)


def is_kept(path: Path) -> bool:
    """Tell whether it is data of a server that was started here."""
    return path.name.startswith(KEPT)


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project."""
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            if not is_kept(path):
                yield path
        elif not is_made(path):
            yield from files(path)


def modules(*names: str) -> Iterator[Path]:
    """Every Python file under these names of the top level."""
    for path in files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in names:
            yield path


def name_of(path: Path) -> str:
    """Name a file as the messages do: by its place in the checkout."""
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """Name a file as an import does."""
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parsed(path: Path) -> ast.Module:
    """Read a Python file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, plain or by `import_module`.

    `from a import b` yields both `a` and `a.b`, since `b` may be a module.
    """
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )
