"""`greenchain serve`: a real server on a free port, and what happens when there is none."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from service.formats.chain.example import CHAIN_EXAMPLE
from tests.cli.running import run

PROGRAM = "from service.cli.main import main\nmain()"


def test_it_serves_until_it_is_interrupted() -> None:
    with subprocess.Popen(  # noqa: S603 - this Python, this program
        [sys.executable, "-c", PROGRAM, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
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


def test_a_port_in_use_is_told_in_the_users_language() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shown = run("serve", "--port", taken.getsockname()[1], "--lang", "zh")
    assert shown.exit_code == 2
    assert "无法监听127.0.0.1" in shown.stderr


def test_a_host_that_is_none_is_told() -> None:
    shown = run("serve", "--host", "256.1.1.1", "--port", "0")
    assert shown.exit_code == 2
    assert "cannot be listened on" in shown.stderr
