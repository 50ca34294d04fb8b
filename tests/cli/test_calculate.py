"""`greenchain calculate` and `demo`: what people see, what machines get, what is refused."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from service.formats.chain.example import CHAIN_EXAMPLE
from service.formats.result_document import ResultDocument
from tests.cli.running import SAMPLE, run


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(CHAIN_EXAMPLE), encoding="utf-8")
    return path


def test_the_lead_firms_product_is_shown_with_all_its_parts(document: Path) -> None:
    shown = run("calculate", document)
    assert shown.exit_code == 0
    for part in (
        "4.798 kg CO2e per piece  without 1 gap",
        "By stage",
        "Largest lines",
        "By firm along the chain",
        "By gas",
        "Data quality",
        "Gaps: not in the total",
        "Published factors behind its own lines",
        "Caveats of these factors",
        "Other products of the chain",
        "Method",
        "There is no good open value for copper. Ask the supplier for its product",
        "Steel sheet  Example Mill    1.935  kg",
    ):
        assert part in shown.stdout
    assert shown.stderr == ""


def test_it_speaks_chinese(document: Path) -> None:
    by_option = run("calculate", document, "--lang", "zh").stdout
    assert "4.798 kg CO2e/件  未含1处数据缺口" in by_option
    assert by_option == run("calculate", document, LC_ALL="zh_CN.UTF-8").stdout
    assert by_option == run("calculate", document, GREENCHAIN_LANG="zh").stdout
    assert "per piece" in run("calculate", document, "--lang", "en", GREENCHAIN_LANG="zh").stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int) -> None:
    shown = run("calculate", SAMPLE, "--lang", language, COLUMNS=str(columns)).stdout
    too_wide = [line for line in shown.splitlines() if cell_len(line.rstrip()) > columns]
    assert not too_wide


def test_columns_stand_below_each_other_in_chinese(document: Path) -> None:
    lines = run("calculate", document, "--lang", "zh").stdout.splitlines()
    start = lines.index("按生命周期阶段") + 1
    stages = lines[start : start + 7]
    assert len({cell_len(line[: line.index("%")]) for line in stages[1:]}) == 1


def test_json_is_the_whole_result_in_full_precision(document: Path) -> None:
    result = ResultDocument.model_validate_json(run("calculate", document, "--json").stdout)
    assert [footprint.product for footprint in result.footprints] == ["bracket", "sheet"]
    bracket = result.footprints[0]
    assert bracket.kg_co2e is not None
    assert sum(bracket.by_stage.values()) == pytest.approx(bracket.kg_co2e, rel=1e-9)


def test_the_result_can_be_written_beside_the_table(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "result.json"
    shown = run("calculate", document, "--output", target)
    assert "Method" in shown.stdout
    assert f"{target} written." in shown.stderr.replace("\n", "")
    ResultDocument.model_validate_json(target.read_bytes())


def test_one_product_can_be_asked_for(document: Path) -> None:
    shown = run("calculate", document, "--product", "sheet").stdout
    assert "1.935 kg CO2e per kg" in shown
    assert "Other products" not in shown


def test_a_chain_is_read_from_standard_input() -> None:
    shown = run("calculate", "-", "--json", given=json.dumps(CHAIN_EXAMPLE).encode())
    assert json.loads(shown.stdout)["chain"]["id"] == "bracket-2025"


def test_a_folder_and_its_chain_sheet_give_the_same(tmp_path: Path) -> None:
    by_folder, by_sheet = tmp_path / "a.json", tmp_path / "b.json"
    run("calculate", SAMPLE, "--output", by_folder)
    run("calculate", SAMPLE / "chain.xlsx", "--output", by_sheet)
    assert by_folder.read_bytes() == by_sheet.read_bytes()


def test_the_demo_shows_the_sample_and_writes_it(tmp_path: Path) -> None:
    shown = run("demo", "--samples", SAMPLE.parent, "--output", tmp_path)
    assert shown.exit_code == 0
    assert "Gaps: not in the total" in shown.stdout
    assert "Other products of the chain" in shown.stdout
    ResultDocument.model_validate_json((tmp_path / "xian-electric-truck.json").read_bytes())


def test_the_demo_says_where_it_must_be_run(tmp_path: Path) -> None:
    shown = run("demo", "--samples", tmp_path, "--lang", "zh")
    assert shown.exit_code == 2
    assert "请在示例所在目录运行" in shown.stderr


def test_every_error_is_one_line_with_place_and_cure(tmp_path: Path) -> None:
    wrong = json.loads(json.dumps(CHAIN_EXAMPLE))
    wrong["processes"][0]["electricity"][0]["quantity"] = "900 kg"
    wrong["processes"][1]["fuels"][0]["fuel"] = "phlogiston"
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    shown = run("calculate", path, "--lang", "zh")
    title, *defects = shown.stderr.splitlines()
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert title == "该供应链数据有误，无法计算"
    assert len(defects) == 2
    assert defects[0].startswith(
        "  企业“示例支架公司 Example Brackets”，产品“bracket”，明细“power”："
    )
    assert defects[0].endswith("请改用kWh填写。")


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("missing.yaml", "There is no such file or folder"),
        ("empty", "has no chain sheet. Give one of: chain.xlsx"),
        ("text.yaml", "The document is empty or no set of fields"),
        ("picture.yaml", "not UTF-8"),
    ],
)
def test_what_is_no_chain_is_refused(tmp_path: Path, argument: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.yaml").write_text("words")
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\r\n")
    shown = run("calculate", tmp_path / argument)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert "Traceback" not in shown.output


@pytest.mark.parametrize("options", [["--gwp", "AR7"], ["--product", "nothing"]])
def test_an_unknown_choice_is_refused_with_those_there_are(
    document: Path, options: list[str]
) -> None:
    shown = run("calculate", document, *options)
    assert shown.exit_code == 2
    assert "AR4, AR5, AR6" in shown.stderr or "It has: bracket, sheet." in shown.stderr


def test_a_result_that_cannot_be_written_is_an_error(document: Path, tmp_path: Path) -> None:
    shown = run("calculate", document, "--output", tmp_path)
    assert shown.exit_code == 2
    assert "This is a folder, not a file." in shown.stderr


def test_a_wrong_setting_is_named(document: Path) -> None:
    shown = run("calculate", document, GREENCHAIN_PORT="many")
    assert shown.exit_code == 2
    assert "GREENCHAIN_PORT is “many”. This is not a whole number." in shown.stderr
