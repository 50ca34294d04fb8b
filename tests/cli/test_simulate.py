"""`greenchain simulate`: intervals by drawing, for people and machines, and its end by Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from service.formats.simulation_document import SimulationDocument
from tests import make
from tests.cli.running import SAMPLE, run

# Whoever runs the tests in the background makes them ignore Ctrl-C, and what they start too.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from service.cli.main import main
main()
"""


def write(folder: Path, kg_steel: float) -> Path:
    """Axles with 3 kg CO2e of their own and so much steel with 1.5 kg CO2e, off by a tenth."""
    chain = make.chain_document()
    processes = chain["processes"]
    assert isinstance(processes, list)
    processes[0]["inputs"][0]["quantity"] = f"{kg_steel} kg"
    processes[1]["direct_emissions"][0]["uncertainty"] = {
        "distribution": "normal",
        "relative_sd": 0.1,
    }
    path = folder / f"{kg_steel}.json"
    path.write_text(json.dumps(chain), encoding="utf-8")
    return path


def test_people_see_the_interval_the_seed_and_the_dropped_draws(tmp_path: Path) -> None:
    shown = run("simulate", write(tmp_path, 2.0), "--seed", "7", "--draws", "2000")
    assert shown.stderr == ""
    (row,) = [line for line in shown.stdout.splitlines() if "车桥" in line]
    # 6 kg CO2e, of which 3 are off by 0.3: 1.96 × 0.3 = 0.59 to either side.
    assert row.split() == ["车桥", "piece", "6.000", "5.4", "to", "6.6", row.split()[-1]]
    assert float(row.split()[-1]) == pytest.approx(0.3, rel=0.05)
    assert "2,000 draws from seed 7, 0 dropped" in shown.stdout


def test_against_another_chain_the_difference_is_shown(tmp_path: Path) -> None:
    less, more = write(tmp_path, 1.0), write(tmp_path, 2.0)
    shown = run("simulate", less, "--against", more, "--lang", "zh").stdout
    (row,) = [line for line in shown.splitlines() if "件" in line]
    # 1.5 kg CO2e less, off by 0.15: from -1.8 to -1.2.
    *given, interval, lower = row.split()
    assert (given, lower) == (["车桥", "件", "4.500", "6.000"], "100.0%")
    assert [float(end) for end in interval.split("至")] == pytest.approx([-1.8, -1.2], abs=0.04)
    assert "两条供应链共有的部分采用相同抽样" in shown


def test_a_footprint_without_an_interval_says_why(tmp_path: Path) -> None:
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(make.chain_document()), encoding="utf-8")
    shown = run("simulate", path, COLUMNS="120").stdout
    assert "Nothing along its chain says how far it may be off." in shown
    assert "Nothing along its chain says how far" in run("calculate", path, COLUMNS="120").stdout


def test_json_has_the_same_digits_for_the_same_seed(tmp_path: Path) -> None:
    path = write(tmp_path, 2.0)
    first, again = (run("simulate", path, "--draws", "20", "--json").stdout for _ in range(2))
    assert first == again
    document = SimulationDocument.model_validate_json(first)
    assert (document.seed, document.draws, document.dropped) == (0, 20, 0)
    assert document.footprints[0].interval is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(language: str) -> None:
    shown = run("simulate", SAMPLE, "--draws", "5", "--lang", language).stdout
    assert not [line for line in shown.splitlines() if cell_len(line.rstrip()) > 80]


@pytest.mark.parametrize("draws", ["1", "-3", "many"])
def test_draws_that_show_no_spread_are_refused(tmp_path: Path, draws: str) -> None:
    assert run("simulate", write(tmp_path, 2.0), "--draws", draws).exit_code == 2


def test_a_watcher_sees_progress_and_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    watched, terminal = os.openpty()
    arguments = ["simulate", str(write(tmp_path, 2.0)), "--draws", "20000000"]
    with subprocess.Popen(  # noqa: S603 - this Python, this program
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "100"},
    ) as running:
        os.close(terminal)
        seen = b""
        while b"drawing" not in seen:
            seen += os.read(watched, 1000)
        running.send_signal(signal.SIGINT)
        assert running.stdout is not None
        assert running.stdout.read() == b""
        assert running.wait() == 130
    seen += os.read(watched, 100_000)
    os.close(watched)
    assert b"Cancelled: nothing is kept." in seen
    assert b"Traceback" not in seen
