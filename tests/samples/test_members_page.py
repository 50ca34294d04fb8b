"""The page that runs the service for a chain does so: commands, curl, client, next day."""

import json
import re
import shlex
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.architecture.tree import ROOT
from tests.cli.running import run as run_greenchain
from tests.databases import SQLITE, Database
from tests.members import SECRET
from tests.play.stage import Indoors, await_letter, serve_indoors
from tests.samples.shell import Command, find_blocks, read_commands, run

PAGE = (ROOT / "docs" / "members.md").read_text(encoding="utf-8")
PASSWORD = re.search(r'chen@operator\.example", "password": "(.+?)"', PAGE)
START, CHECK, AUDIT = (
    block.splitlines() for block in find_blocks(PAGE) if block.startswith("greenchain ")
)
RELEASE_SECONDS = 30.0


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that the page's own commands make."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENCHAIN_SECRET", SECRET)
    assert PASSWORD
    upgrade, create, serve = START
    greenchain(upgrade)
    greenchain(create, given=PASSWORD[1])
    assert serve == "greenchain serve"  # tests/cli/test_serve.py does
    url = f"{SQLITE}:///greenchain.db"
    return Database(url, url)


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Iterator[Indoors]:
    with serve_indoors(database, tmp_path) as stage:
        stage.clock.now = datetime.now(UTC)
        yield stage


def greenchain(line: str, **given: str) -> str:
    program, *arguments = shlex.split(line)
    assert program == "greenchain"
    done = run_greenchain(*arguments, **given)
    assert done.exit_code == 0, (line, done.output)
    return done.output


def read_link(stage: Indoors, address: str) -> str:
    found = re.search(r"token=([\w-]+)", await_letter(stage, address, "token="))
    assert found
    return found[1]


def do_with_curl(stage: Indoors) -> dict[str, str]:
    """The first firm joins; tells what the shell knows afterwards."""
    known: dict[str, str] = {}
    with httpx.Client() as http:
        for command in read_commands(PAGE):
            match command:
                case Command("URL", "", _):
                    known["URL"] = stage.address
                case Command("LETTER", "", _):
                    known["LETTER"] = read_link(stage, "wang@axles.example")
                case _:
                    run(http, command, known)
    return known


def do_with_client(blocks: list[str], names: dict[str, Any]) -> str:
    said = StringIO()
    with redirect_stdout(said):
        exec("\n".join(blocks), names)  # noqa: S102 - of our own page
    return said.getvalue()


@pytest.fixture
def names(stage: Indoors) -> Iterator[dict[str, Any]]:
    """What the page's Python knows."""
    known: dict[str, Any] = {"input": lambda _asked: read_link(stage, "li@forge.example")}
    yield known
    known["http"].close()


def await_release(names: dict[str, Any]) -> None:
    """The supplier looks: each reading of the buyer would be written down."""
    until = time.monotonic() + RELEASE_SECONDS
    while not names["forge"].releases.list_releases().items:
        assert time.monotonic() < until, "nothing is released"
        time.sleep(0.1)


def readmes_show(release: dict[str, Any]) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert json.dumps(release)[1:-1] in (ROOT / name).read_text(encoding="utf-8")


def test_the_page_goes_from_nothing_to_a_released_footprint(
    stage: Indoors, names: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in do_with_curl(stage).items():
        monkeypatch.setenv(name, value)
    *today, tomorrow, proof = find_blocks(PAGE, "python")
    first, second = (block for block in find_blocks(PAGE) if not block.startswith("greenchain "))
    assert do_with_client(today, names) == first
    stage.clock.pass_by(timedelta(days=1))
    await_release(names)
    assert do_with_client([tomorrow, proof], names) == second
    readmes_show(names["release"].footprint.model_dump(include={"kg_co2e", "by_gas"}))
    assert "every digit is the same" in greenchain(CHECK[0])
    assert "entries hold" in greenchain(AUDIT[0])
