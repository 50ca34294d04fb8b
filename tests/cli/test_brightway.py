"""From a database to a footprint on the command line, and what may not come out again."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.brightway import brightway_python
from tests.cli.running import run
from tests.gateways import databases

TERMS = ("--name", "small", "--version", "1", "--publisher", "the test", "--year", 2025)


def bring(folder: Path, *options: object) -> tuple[Path, str]:
    file = folder / "small.zip"
    python = str(brightway_python())
    done = run(
        *("background", "import", databases.write_csv(folder), "--format", "csv", *TERMS),
        *("--licence", "for this test only", "--output", file, *options),
        GREENCHAIN_BRIGHTWAY_PYTHON=python,
    )
    assert done.exit_code == 0, done.stderr
    return file, done.stderr


def write_chain(folder: Path, factor: str) -> Path:
    document: dict[str, Any] = make.chain_document()
    document["processes"][1]["inputs"] = [{"name": "billet", "factor": factor, "quantity": "1 t"}]
    path = folder / "chain.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_brought_background_is_calculated_with_and_never_leaves(tmp_path: Path) -> None:
    file, told = bring(tmp_path)
    assert "small.zip written: 4 processes, 2 gases; 1 flows are no greenhouse gases." in told
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GREENCHAIN_BACKGROUNDS", str(file))
        found = json.loads(run("background", "search", "steel", "--json", "--limit", 50).stdout)
    (entry,) = [item for item in found["items"] if item["id"].startswith("small-1:")]
    assert entry["kg_co2e"] is None  # licensed
    chain = write_chain(tmp_path, entry["id"])
    done = run("calculate", chain, "--background", file, "--json")
    axle = json.loads(done.stdout)["footprints"][0]
    # 3 for the axle itself, and 2 kg of steel with 1.5 of its own and 2.5625 for its billet.
    assert axle["kg_co2e"] == pytest.approx(3 + 2 * (1.5 + databases.KG_CO2["steel"]))
    for form, name in (("datapackage", "out.zip"), ("excel", "out.xlsx")):
        output = tmp_path / name
        kept = run(
            "chain", "export", chain, "--format", form, "--output", output, "--background", file
        )
        assert kept.exit_code == 2
        assert f"billet ({entry['id']})" in kept.stderr
        assert not output.exists()


def test_what_may_be_passed_on_is_exported(tmp_path: Path) -> None:
    chain, output = tmp_path / "chain.json", tmp_path / "new" / "out.xlsx"
    chain.write_text(json.dumps(make.chain_document()), encoding="utf-8")
    done = run("chain", "export", chain, "--format", "excel", "--output", output)
    assert (done.exit_code, output.exists()) == (0, True)
    again = run("chain", "export", chain, "--format", "excel", "--output", output)
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_a_format_that_is_not_read_tells_why(tmp_path: Path) -> None:
    file = databases.write_csv(tmp_path)
    done = run("background", "import", file, "--format", "ilcd", *TERMS, "--licence", "none")
    assert done.exit_code == 2
    assert "bw2io has no reader for ILCD." in done.stderr
