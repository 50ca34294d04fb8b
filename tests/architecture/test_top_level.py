"""The top level is the plan's, and the plan's page shows every room."""

import re

import pytest

from tests.architecture import tree

ROOMS = {"lca_models", "service", "supplier_portal", "migrations", "tests"}
BESIDE = {"benchmarks", "docs", "samples"}
FILES = {"Dockerfile", "README.md", "dev.py", "pyproject.toml"}
DOCUMENTS = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.zh-CN.md"}
LOCKS = {f"requirements{name}.lock" for name in ("", "-brightway", "-dev", "-tools")}


def test_the_top_level_is_as_planned() -> None:
    planned = ROOMS | BESIDE | FILES | DOCUMENTS | LOCKS
    present = {
        path.name
        for path in tree.ROOT.iterdir()
        if not path.name.startswith(".") and not tree.is_made(path)
    }
    strays = present - planned
    assert not strays, f"Find a room for {sorted(strays)}: the top level is closed"
    assert not planned - present, f"The plan promises {sorted(planned - present)}: add them"


@pytest.mark.parametrize("floor", ["", "lca_models", "service"])
def test_the_page_on_architecture_shows_every_room(floor: str) -> None:
    page = tree.ROOT / "docs" / "architecture.md"
    assert page.exists(), "Write docs/architecture.md: section 2 of the style guide as a picture"
    shown = set(re.findall(r"\w+", page.read_text(encoding="utf-8")))
    rooms = {
        path.stem
        for path in (tree.ROOT / floor).iterdir()
        if (path.is_dir() and not tree.is_made(path)) or (floor and path.suffix == ".py")
        if not path.name.startswith(".")
        if path.name != "__init__.py"
    }
    assert not rooms - shown, f"docs/architecture.md does not show {sorted(rooms - shown)}"
