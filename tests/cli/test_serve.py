"""`greenchain serve`: a real server on a free port, and what happens when there is none."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from service.formats.chain.example import CHAIN_EXAMPLE
from tests.architecture.tree import ROOT
from tests.cli.running import run

PROGRAM = "from service.cli.main import main\nmain()"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder to run in, as a user would."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def home(folder: Path) -> Path:
    """A folder with a database."""
    assert run("db", "upgrade").exit_code == 0
    return folder


def test_it_serves_until_it_is_interrupted(home: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - this Python, this program
        [sys.executable, "-c", PROGRAM, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as server:
        assert server.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
        assert address is not None
        request = urllib.request.Request(  # noqa: S310 - the server above
            f"{address[0]}/v1/calculations",
            json.dumps(CHAIN_EXAMPLE).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the same
            assert json.load(answer)["footprints"][0]["product"] == "bracket"
            assert "server" not in answer.headers
        server.send_signal(signal.SIGINT)
        rest = server.stderr.read()
    assert "Traceback" not in rest


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_fresh_folder_is_told_what_to_do(command: str) -> None:
    shown = run(command)
    assert shown.exit_code == 2
    assert "Run greenchain db upgrade" in shown.stderr
    assert "http://" not in shown.stderr


@pytest.mark.usefixtures("folder")
def test_a_database_elsewhere_is_not_served_without_a_secret() -> None:
    url = "postgresql+psycopg://greenchain_login@localhost/greenchain"
    shown = run("serve", GREENCHAIN_DATABASE_URL=url)
    assert shown.exit_code == 2
    assert "GREENCHAIN_SECRET needs at least 32 random characters" in shown.stderr


@pytest.mark.usefixtures("home")
def test_a_port_in_use_is_told_in_the_users_language() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shown = run("serve", "--port", taken.getsockname()[1], "--lang", "zh")
    assert shown.exit_code == 2
    assert "无法监听127.0.0.1" in shown.stderr


@pytest.mark.usefixtures("home")
def test_a_host_that_is_none_is_told() -> None:
    shown = run("serve", "--host", "256.1.1.1", "--port", "0")
    assert shown.exit_code == 2
    assert "cannot be listened on" in shown.stderr
