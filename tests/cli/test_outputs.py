"""No command writes over what it reads, or a kind of file that its name does not promise."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lca_models.errors import Language
from service.formats.chain.sheet_template import write_chain_template
from tests import make
from tests.cli.running import run

BOM = "Kind,Name,Amount,Unit\noutput,p,1,piece\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(make.chain_document()), encoding="utf-8")
    return path


def test_a_result_does_not_overwrite_its_own_chain(document: Path) -> None:
    before = document.read_bytes()
    shown = run("calculate", document, "--output", document)
    assert shown.exit_code == 2
    assert "is an input: the result would overwrite it. Name another file" in shown.stderr
    assert document.read_bytes() == before


def test_neither_does_it_by_another_name(document: Path, tmp_path: Path) -> None:
    before, link = document.read_bytes(), tmp_path / "link.json"
    link.symlink_to(document)
    assert run("calculate", document, "--output", link).exit_code == 2
    assert document.read_bytes() == before


def test_a_result_does_not_overwrite_a_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "chain.csv").write_text(BOM)
    target = tmp_path / "steel.json"
    target.write_text(BOM)
    shown = run("calculate", tmp_path, "--output", target)
    assert "is an input" in shown.stderr
    assert target.read_text() == BOM


def test_an_earlier_result_may_be_replaced(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    assert run("calculate", document, "--output", target).exit_code == 0
    assert run("calculate", document, "--output", target).exit_code == 0


@pytest.mark.parametrize(
    ("command", "name", "cure"),
    [
        (["template", "chain", "--output"], "form.pdf", "Name it form.xlsx."),
        (["template", "bom", "--output"], "form.pdf", "Name it form.xlsx."),
        (["bom", "check", "b.csv", "--annotate"], "out.csv", "Name it out.xlsx."),
        (["calculate", "chain.json", "--output"], "out.yaml", "Name it out.json."),
    ],
)
def test_a_name_of_another_kind_is_refused(
    tmp_path: Path, command: list[str], name: str, cure: str
) -> None:
    (tmp_path / "b.csv").write_text(BOM)
    shown = run(*command, tmp_path / name)
    assert shown.exit_code == 2
    assert cure in shown.stderr
    assert not (tmp_path / name).exists()


def test_the_chain_template_is_found_by_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("template", "chain", "--lang", "zh").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["chain.xlsx"]
    shown = run("calculate", tmp_path)
    assert shown.exit_code == 2
    assert "There is no file “frame.xlsx”. Put it beside the chain sheet" in shown.stderr.replace(
        "\n", ""
    )


def test_a_chain_sheet_of_another_name_is_read(tmp_path: Path) -> None:
    named, other = tmp_path / "chain.xlsx", tmp_path / "my own.xlsx"
    content = write_chain_template(Language.EN)
    named.write_bytes(content)
    shutil.copy(named, other)
    said = [run("calculate", path).stderr.replace(path.name, "") for path in (named, other)]
    assert said[0] == said[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_that_is_no_chain_is_told_what_to_do(tmp_path: Path, language: str) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(BOM)
    shown = run("calculate", path, "--lang", language)
    assert shown.exit_code == 2
    assert "greenchain bom check" in shown.stderr
    assert "greenchain template chain" in shown.stderr


def test_errors_are_problem_documents_where_json_is_asked_for(tmp_path: Path) -> None:
    wrong = make.chain_document() | {"lead": "nobody"}
    path = tmp_path / "chain.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    shown = run("calculate", path, "--json")
    problem = json.loads(shown.stdout)
    assert (shown.exit_code, shown.stderr) == (2, "")
    assert problem["status"] == 422
    assert problem["type"].startswith("/problems/")
    assert problem["errors"][0]["cure"]


def test_a_missing_file_is_a_problem_document_too(tmp_path: Path) -> None:
    shown = run("bom", "check", tmp_path / "none.csv", "--json", "--lang", "zh")
    problem = json.loads(shown.stdout)
    assert shown.exit_code == 2
    assert problem["type"] == "/problems/unreadable-file"
    assert problem["errors"][0]["reason"] == "没有该文件或文件夹。"


@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "> /dev/full"])
@pytest.mark.parametrize("command", ["--version", "schema chain", "calculate -", "--help"])
def test_closed_and_full_streams_bring_no_traceback(command: str, streams: str) -> None:
    program = f"'{sys.executable}' -c 'from service.cli.main import main; main()' {command}"
    done = subprocess.run(  # noqa: S602 - only a shell closes streams
        f"{program} {streams}",
        shell=True,
        capture_output=True,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode in {0, 2}
    if streams == "> /dev/full":
        assert done.returncode == 2
        assert done.stderr
