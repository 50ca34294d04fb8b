"""No file that anybody can send brings a traceback, or takes more than 300 MB of memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.formats import hostile

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    codes: list[str]
    seconds: float
    peak: int


def run(command: str, folder: Path) -> str:
    arguments = [sys.executable, "-m", "tests.formats.hostile", command, str(folder)]
    done = subprocess.run(  # noqa: S603 - our own module, our own folder
        arguments, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    # Written by one process and read by another, whose memory is then the reader's alone.
    folder = tmp_path_factory.mktemp("hostile")
    run("write", folder)
    lines = [json.loads(line) for line in run("read", folder).splitlines()]
    return {line.pop("name"): Outcome(**line) for line in lines}


def test_there_are_many_hostile_files_and_each_was_read(outcomes: dict[str, Outcome]) -> None:
    assert len(hostile.expected()) >= 60
    assert outcomes.keys() == hostile.expected().keys()


def test_every_hostile_file_brings_the_error_it_deserves(outcomes: dict[str, Outcome]) -> None:
    surprises = [
        f"{name}: {outcomes[name].codes}, not {code}"
        for name, code in hostile.expected().items()
        if code and code not in outcomes[name].codes
    ]
    assert not surprises, "\n".join(surprises)


def test_no_hostile_file_takes_more_than_300_megabytes(outcomes: dict[str, Outcome]) -> None:
    peak = max(outcome.peak for outcome in outcomes.values())
    assert peak < hostile.MOST_MEMORY, f"{peak / 1e6:.0f} MB"


def test_no_hostile_file_takes_long(outcomes: dict[str, Outcome]) -> None:
    slow = {name: o.seconds for name, o in outcomes.items() if o.seconds > 20}
    assert not slow
