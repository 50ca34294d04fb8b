"""A folder that lacks its chain sheet, or a file that the sheet names, is told what to add."""

import shutil
from pathlib import Path

import pytest

from lca_models.facts.library import load_library
from service.domain.errors import InvalidChainError, MissingFileError
from service.use_cases.read_chain_folder import read_chain_folder

LIBRARY = load_library()
SAMPLE = Path(__file__).parents[2] / "samples" / "xian-electric-truck"


def test_a_folder_without_a_chain_sheet_is_told_its_name(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError) as caught:
        read_chain_folder(tmp_path, LIBRARY)
    told = caught.value.to_text()
    assert "has no chain sheet. Give one of: chain.xlsx, chain.csv," in told.en
    assert "中没有供应链表。请提供以下文件之一：chain.xlsx, chain.csv," in told.zh


def test_a_folder_with_two_chain_sheets_is_asked_which(tmp_path: Path) -> None:
    for name in ("chain.csv", "供应链.xlsx"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(MissingFileError, match="has 2 chain sheets instead of one"):
        read_chain_folder(tmp_path, LIBRARY)


def test_every_file_that_the_sheet_names_and_the_folder_lacks_is_told(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "chain.xlsx", tmp_path)
    with pytest.raises(InvalidChainError) as caught:
        read_chain_folder(tmp_path, LIBRARY)
    told = caught.value.to_text()
    missing = "There is no file “gear-set.zh.csv”. Put it beside the chain sheet,"
    assert missing in told.en
    assert (
        "没有文件“gear-set.zh.csv”。请将该文件与供应链表放在同一文件夹，或更正文件名。" in told.zh
    )
    assert {defect.code for defect in caught.value.defects} == {"missing-file"}
