"""A background file that somebody sealed anew is read as what it says, or refused; never run."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lca_models.errors import FactsError, InventoryError
from lca_models.facts.library import load_library
from lca_models.inventory.background import load_background, save_background
from lca_models.inventory.bringing import Terms, bring_background
from lca_models.inventory.brought import (
    BackgroundProcess,
    BroughtBackground,
    add_background,
    load_brought_background,
    save_brought_background,
)
from tests import make

TERMS = Terms("small", "1", "the owner", 2024, "ours alone")
Members = dict[str, bytes]


def process(name: str) -> BackgroundProcess:
    return BackgroundProcess(name, make.text(name), "kg", "GLO", name)


def small(*processes: BackgroundProcess, kg: float = 2.0) -> BroughtBackground:
    held = processes or (process("steel"),)
    made = [(n, n, 1.0) for n in range(len(held))]
    return bring_background(TERMS, held, made, [("CO2", 0, kg)])


def saved(folder: Path) -> Path:
    path = folder / "small.zip"
    save_brought_background(path, small())
    return path


def sealed_anew(path: Path, change: Callable[[Members, dict[str, Any]], None]) -> Path:
    """The file after a change, with hashes that fit."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    register = json.loads(members.pop("background.json"))
    change(members, register)
    register.pop("sha256")
    if "members" in register:
        hashes = {name: hashlib.sha256(each).hexdigest() for name, each in members.items()}
        register["members"] = hashes
    told = json.dumps(register, ensure_ascii=False, sort_keys=True)
    register["sha256"] = hashlib.sha256(told.encode()).hexdigest()
    anew = path.with_name("anew.zip")
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("background.json", json.dumps(register))
    return anew


def array(values: Any, *, pickled: bool = False) -> bytes:
    written = io.BytesIO()
    np.save(written, values, allow_pickle=pickled)
    return written.getvalue()


def vast() -> bytes:
    """The head of an array of eight terabytes, and nothing behind it."""
    written = io.BytesIO()
    head = {"descr": "<f8", "fortran_order": False, "shape": (10**12, 1)}
    np.lib.format.write_array_header_1_0(written, head)
    return written.getvalue()


def archive_of_arrays() -> bytes:
    written = io.BytesIO()
    np.savez(written, values=np.ones((1, 1)))
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        array(np.array([[{}]], dtype=object), pickled=True),
        array(np.array([["2.0"]])),
        array(np.ones((1, 1), dtype=np.float32)),
        archive_of_arrays(),
        vast(),
        b"\x93NUMPY\x02\x00\xff\xff\xff\x7f" + b" " * 100,
        array(np.ones((1, 1)))[:-4],
        b"",
    ],
    ids=["objects", "texts", "single", "archive", "vast", "long head", "cut off", "empty"],
)
def test_what_is_no_plain_array_is_refused(content: bytes, tmp_path: Path) -> None:
    def change(members: Members, _: dict[str, Any]) -> None:
        members["intensities.npy"] = content

    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(sealed_anew(saved(tmp_path), change))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(number: float, tmp_path: Path) -> None:
    def change(members: Members, _: dict[str, Any]) -> None:
        members["intensities.npy"] = array(np.array([[number]]))

    with pytest.raises(InventoryError, match="holds a number that is not finite"):
        load_brought_background(sealed_anew(saved(tmp_path), change))


def test_an_id_that_is_not_there_is_refused(tmp_path: Path) -> None:
    def change(members: Members, _: dict[str, Any]) -> None:
        cells = np.load(io.BytesIO(members["technosphere_matrix.indices.npy"])).copy()
        cells["row"] = 7
        members["technosphere_matrix.indices.npy"] = array(cells)

    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(sealed_anew(saved(tmp_path), change))


@pytest.mark.parametrize("field", ["members", "name", "processes", "licence", "gases"])
def test_a_register_without_one_of_its_parts_is_refused(field: str, tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(sealed_anew(saved(tmp_path), lambda _, told: told.pop(field)))


def test_a_library_file_without_its_ids_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "open.zip"
    save_background(make.library(make.factor()), path)
    with pytest.raises(FactsError, match="is no saved background"):
        load_background(sealed_anew(path, lambda _, told: told.pop("process_ids")))


def test_only_a_plain_yes_lets_values_leave(tmp_path: Path) -> None:
    anew = sealed_anew(saved(tmp_path), lambda _, told: told.update(redistributable="no"))
    assert not load_brought_background(anew).redistributable


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "small.zip"
    path.write_bytes(content)
    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(path)


@pytest.mark.parametrize("content", [b"[]", b"{}", b"[" * 100_000])
def test_a_register_of_another_shape_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "small.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("background.json", content)
    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(path)


def test_an_archive_that_unpacks_to_more_than_memory_is_refused_unread(tmp_path: Path) -> None:
    path = saved(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("bomb", b"")
        archive.getinfo("bomb").file_size = 2**40  # what the directory of the file then says
    with pytest.raises(FactsError, match="unpacks to more than any background takes"):
        load_brought_background(path)


def test_members_are_never_written_to_a_disk(tmp_path: Path) -> None:
    def change(members: Members, _: dict[str, Any]) -> None:
        members["../escaped"] = b"x"

    (tmp_path / "held").mkdir()
    load_brought_background(sealed_anew(saved(tmp_path / "held"), change))
    assert [each.name for each in tmp_path.iterdir()] == ["held"]


@pytest.mark.parametrize("name", ["a:b", "../a", "a\\b", "", " a", ".a", "a\x1b[2J", "a\u202eb"])
def test_a_name_that_could_be_mistaken_is_refused_before_any_work(name: str) -> None:
    for told in ((name, "1"), ("small", name)):
        with pytest.raises(InventoryError, match="A background cannot have"):
            Terms(*told, "the owner", 2024, "ours alone")


def test_a_text_with_control_characters_is_refused() -> None:
    with pytest.raises(InventoryError, match="holds a control character in a text"):
        small(process("steel\x1b[2J"))


def test_two_backgrounds_of_one_name_are_refused() -> None:
    library = add_background(load_library(), small())
    with pytest.raises(InventoryError, match="There are two backgrounds called “small-1”"):
        add_background(library, small(kg=3.0))


def test_a_number_of_no_possible_size_is_refused_when_it_is_brought() -> None:
    with pytest.raises(InventoryError, match="“steel” makes nothing, or holds a number"):
        small(kg=float("nan"))
