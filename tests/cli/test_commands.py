"""The other commands: library, templates, schemas, bills of materials."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import SAMPLE, run

HEAVY = {"bw2calc", "bw_processing", "fastapi", "numpy", "pandas", "pydantic", "rich", "scipy"}
WRONG = "类别,名称,数量,单位\n产出,支架,10,件\n原材料,炼钢生铁,1..2,kg\n"


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom service.cli.main import main\nsys.argv = ['greenchain', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603 - this Python, this program
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert "Calculate the footprints of a chain · 计算供应链产品碳足迹" in done.stdout
    assert not HEAVY & {module.partition(".")[0] for module in done.stdout.split()}


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    program = "from service.cli.main import main\nmain()"
    arguments = [sys.executable, "-c", program, "background", "search", "a", "--limit", "1000"]
    with subprocess.Popen(  # noqa: S603 - this Python, this program
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""


@pytest.mark.parametrize(
    "command",
    [
        [],
        *(["calculate"], ["demo"], ["serve"], ["schema"], ["background", "search"]),
        *(["background", "show"], ["background", "export"], ["template", "bom"]),
        *(["template", "chain"], ["bom", "check"], ["background", "import"]),
        *(["chain", "export"], ["methods"], ["trace"], ["compare"], ["simulate"], ["ask"]),
        *(["cross-check"], ["verify"], ["worker"], ["db", "upgrade"], ["db", "check"]),
        *(["operator", "create"], ["audit", "verify"]),
    ],
)
def test_every_command_explains_itself_in_both_languages(command: list[str]) -> None:
    shown = run(*command, "--help")
    assert shown.exit_code == 0
    assert " · " in shown.stdout


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("greenchain ")


def test_an_unknown_command_is_refused() -> None:
    assert run("frobnicate").exit_code == 2


def test_the_library_is_searched_in_both_languages() -> None:
    chinese = run("background", "search", "铝", "--lang", "zh").stdout
    assert "原铝" in chinese
    assert "需供应商数据" in chinese
    english = run("background", "search", "aluminium", "--limit", "2", "--json").stdout
    assert len(json.loads(english)["items"]) == 2


def test_a_search_that_finds_nothing_says_so() -> None:
    shown = run("background", "search", "qqqqzzzz", "--lang", "zh")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "没有与“qqqqzzzz”相近的条目" in shown.stderr


def test_an_entry_shows_value_source_terms_and_caveats() -> None:
    shown = run("background", "show", "mat-iai-al-2022").stdout
    for part in ("15.1 kg CO2e per kg", "International Aluminium Institute", "terms", "Caveats"):
        assert part in shown
    chinese = run("background", "show", "mat-iai-al-2022", "--lang", "zh").stdout
    assert "从铝土矿到铸锭的全球平均值" in chinese


def test_a_material_without_a_default_shows_comparisons() -> None:
    shown = run("background", "show", "铜", "--lang", "zh").stdout
    assert "按数据缺口处理" in shown
    assert "仅供对照，不参与计算" in shown


def test_an_unknown_entry_is_refused_with_the_nearest() -> None:
    shown = run("background", "show", "mat-iai-al-202")
    assert shown.exit_code == 2
    assert "Did you mean mat-iai-al-2022" in shown.stderr


def test_the_background_is_exported_once(tmp_path: Path) -> None:
    target = tmp_path / "background.zip"
    assert run("background", "export", target).exit_code == 0
    assert "datapackage.json" in zipfile.ZipFile(target).namelist()
    again = run("background", "export", target)
    assert again.exit_code == 2
    assert "This exists already" in again.stderr


@pytest.mark.parametrize("kind", ["bom", "chain"])
def test_a_template_is_written_and_never_over_a_file(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "form.xlsx"
    assert run("template", kind, "--lang", "zh", "--output", target).exit_code == 0
    openpyxl.load_workbook(target)
    assert run("template", kind, "--output", target).exit_code == 2


def test_a_template_can_be_csv(tmp_path: Path) -> None:
    target = tmp_path / "form.csv"
    run("template", "bom", "--output", target)
    assert target.read_text(encoding="utf-8-sig").startswith("Kind,")


@pytest.mark.parametrize("kind", ["chain", "result"])
def test_a_schema_is_printed(kind: str) -> None:
    schema = json.loads(run("schema", kind).stdout)
    assert schema["$id"] == f"urn:greenchain:schema:{kind}:1"
    assert schema["properties"]["format"]["const"] == f"greenchain.{kind}/1"


def test_a_good_file_shows_its_rows_as_understood() -> None:
    shown = run("bom", "check", SAMPLE / "gearbox-housing.en.csv", "--lang", "zh")
    assert shown.exit_code == 0
    assert "原材料  primary aluminium" in shown.stdout
    assert "没有错误" in shown.stderr


def test_every_kind_of_row_has_its_name() -> None:
    shown = run("bom", "check", SAMPLE / "gear-set.zh.csv", "--lang", "en").stdout
    assert "co-product" in shown
    assert "副产品" in run("bom", "check", SAMPLE / "gear-set.zh.csv", "--lang", "zh").stdout


def test_a_wrong_file_is_told_row_by_row_and_comes_back_annotated(tmp_path: Path) -> None:
    path, target = tmp_path / "bom.csv", tmp_path / "checked.xlsx"
    path.write_text(WRONG, encoding="utf-8")
    shown = run("bom", "check", path, "--annotate", target, "--lang", "zh")
    assert shown.exit_code == 2
    assert "工作表“bom.csv”，第3行，列“数量”：“1..2”不是数字。" in shown.stderr
    assert "greenchain" in str(openpyxl.load_workbook(target).worksheets[-1]["A1"].value)


def test_the_annotated_file_does_not_replace_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(WRONG, encoding="utf-8")
    assert run("bom", "check", path, "--annotate", path).exit_code == 2
    assert path.read_text(encoding="utf-8") == WRONG


def test_names_without_a_match_get_proposals(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text("Kind,Name,Amount,Unit\noutput,p,1,piece\nmaterial,热轧钢卷料,1,kg\n")
    shown = run("bom", "check", path)
    assert "row 3, 热轧钢卷料: steel_hrc" in shown.stdout
    as_json = json.loads(run("bom", "check", path, "--json").stdout)
    assert as_json["proposals"][0]["row"] == 3


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    shown = run("bom", "check", tmp_path)
    assert shown.exit_code == 2
    assert "This is a folder, not a file." in shown.stderr
