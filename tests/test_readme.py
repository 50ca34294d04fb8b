"""Both READMEs show what the program really prints, and name only commands that it has."""

import re
from pathlib import Path

import pytest

from tests.cli.running import run

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
DOCUMENTS = [*PAGES.values(), ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(
    r"(?:`|^(?: {4})?)greenchain "
    r"((?:audit|background|bom|chain|db|operator|template) [a-z-]+|[a-z-]+)",
    re.MULTILINE,
)


def blocks_of(language: str) -> list[str]:
    return _BLOCK.findall(PAGES[language].read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_demo_block_is_what_the_demo_prints(language: str, tmp_path: Path) -> None:
    (block,) = [block for block in blocks_of(language) if " kg CO2e" in block]
    printed = run(
        "demo",
        "--samples",
        ROOT / "samples",
        "--output",
        tmp_path,
        "--lang",
        language,
        COLUMNS="120",
    ).stdout
    plain = "\n".join(line.rstrip() for line in printed.splitlines())
    assert "\n".join(line.rstrip() for line in block.splitlines()) in plain


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    for command in set(_COMMAND.findall(document.read_text(encoding="utf-8"))):
        assert run(*command.split(), "--help").exit_code == 0, command
