"""`greenchain ask`: whom to ask next, ranked for people, whole for machines."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from service.formats.request_document import RequestsDocument
from tests.cli.running import SAMPLE, run

AXLE = "e-drive-axle"


def test_the_first_requests_and_gaps_are_shown_and_the_others_counted() -> None:
    shown = run("ask", SAMPLE, AXLE, "--limit", "2", COLUMNS="160").stdout
    asked, _, gaps = shown.partition("Close gaps")
    assert "secondary amount" in asked
    assert "Electric drive axle  standard deviation" in asked
    assert "more; --limit shows them, --json has all." in asked
    assert "There is no good open value for NdFeB magnet." in gaps
    assert "rubber" not in gaps


def test_json_has_everything_in_order() -> None:
    printed = run("ask", SAMPLE, AXLE, "--limit", "1", "--json").stdout
    document = RequestsDocument.model_validate_json(printed)
    removed = [part.variance_removed for part in document.requests]
    assert len(removed) > 100
    assert removed == sorted(removed, reverse=True)
    uppers = [gap.upper_kg_co2e or 0.0 for gap in document.gaps]
    assert uppers == sorted(uppers, reverse=True)
    assert [gap.upper_kg_co2e for gap in document.gaps][-1] is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int) -> None:
    shown = run("ask", SAMPLE, AXLE, "--lang", language, COLUMNS=str(columns)).stdout
    assert not [line for line in shown.splitlines() if cell_len(line.rstrip()) > columns]


def test_an_unknown_product_is_told(tmp_path: Path) -> None:
    refused = run("ask", SAMPLE, "boat")
    assert refused.exit_code == 2
    assert "boat" in refused.stderr
    assert run("ask", tmp_path / "none.yaml", AXLE).exit_code == 2
