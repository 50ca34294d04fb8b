"""The environment with `bw2data` and `bw2io`, which no process of the house may hold."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

PYTHON = Path(__file__).parents[1] / ".brightway" / "bin" / "python"


def brightway_python() -> Path:
    assert PYTHON.exists(), "Set the environment of Brightway up: python3 dev.py test"
    return PYTHON


def run_with_brightway(program: Path, *arguments: object) -> Any:
    """Run a script there, in a folder of its own, and read the JSON of its last line."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own Python, our own script
            [brightway_python(), "-I", "-X", "utf8", program, *map(str, arguments)],
            env={**os.environ, "BRIGHTWAY2_DIR": folder, "HOME": folder},
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
