"""`greenchain trace`: the tree that people read, and the tree and flows that machines get."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from rich.cells import cell_len

from service.formats.trace_document import TraceDocument
from tests import make
from tests.cli.running import SAMPLE, run


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(make.chain_document()), encoding="utf-8")
    return path


def rows(shown: str) -> list[list[str]]:
    """Cells of the table: they stand apart by at least two spaces."""
    lines = shown.splitlines()
    start = next(n for n, line in enumerate(lines) if line.endswith(("share", "占比"))) + 1
    table = lines[start : lines.index("", start)]
    return [[cell.strip() for cell in line.strip().split("  ") if cell.strip()] for line in table]


def test_the_tree_is_set_in_by_tier(document: Path) -> None:
    shown = run("trace", document, "axle").stdout
    assert shown.splitlines()[0] == "车桥  6.000 kg CO2e per piece"
    assert rows(shown) == [
        ["车桥", "Lead", "1 piece", "6.000", "100.0%"],
        ["钢", "Mill", "2 kg", "3.000", "50.0%"],
        ["own CO2", "Mill", "3 kg", "3.000", "50.0%"],
        ["own CO2", "Lead", "3 kg", "3.000", "50.0%"],
    ]
    names = [line for line in shown.splitlines() if "own CO2" in line]
    assert [len(line) - len(line.lstrip()) for line in names] == [6, 4]


def test_what_is_cut_off_is_shown_as_the_rest(document: Path) -> None:
    shown = run("trace", document, "axle", "--cut-off", "0.6", "--lang", "zh").stdout
    assert rows(shown) == [["车桥", "链主", "1 件", "6.000", "100.0%"]]
    assert "低于总量60.0%的部分" in shown
    chain = make.chain_document()
    processes = chain["processes"]
    assert isinstance(processes, list)
    processes[0]["direct_emissions"][0]["quantity"] = "1 kg"
    document.write_text(json.dumps(chain), encoding="utf-8")
    # 2 × 1.5 = 3 of 4 kg CO2e are told apart.
    shown = run("trace", document, "axle", "--cut-off", "0.6").stdout
    assert rows(shown)[-1] == ["rest", "1.000", "25.0%"]


def test_json_has_the_tree_and_balanced_flows_in_full_precision() -> None:
    printed = run("trace", SAMPLE, "e-drive-axle", "--json").stdout
    trace = TraceDocument.model_validate_json(printed)
    assert trace.contributions[0].kg_co2e == trace.kg_co2e
    for flows in (trace.by_product, trace.by_organisation):
        stays: dict[int, float] = defaultdict(float)
        for flow in flows.flows:
            stays[flow.customer] += flow.kg_co2e
            stays[flow.supplier] -= flow.kg_co2e
        for place, end in enumerate(flows.ends):
            if end.kind in {"product", "organisation", "others"}:
                total = trace.kg_co2e if place == flows.root else 0.0
                assert stays[place] == pytest.approx(total, abs=1e-9 * trace.kg_co2e)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int) -> None:
    shown = run("trace", SAMPLE, "e-drive-axle", "--lang", language, COLUMNS=str(columns)).stdout
    assert not [line for line in shown.splitlines() if cell_len(line.rstrip()) > columns]


def test_an_unknown_product_is_told(document: Path) -> None:
    refused = run("trace", document, "boat")
    assert refused.exit_code == 2
    assert "boat" in refused.stderr


@pytest.mark.parametrize("share", ["-0.1", "1.1", "half"])
def test_a_cut_off_is_a_share(document: Path, share: str) -> None:
    assert run("trace", document, "axle", "--cut-off", share).exit_code == 2
