"""The published processes give their published values when Brightway solves them."""

import zipfile
from dataclasses import replace
from pathlib import Path

import bw2calc
import bw_processing as bwp
import numpy as np
import pytest

from lca_models.errors import FactsError
from lca_models.facts.library import load_library
from lca_models.inventory.background import (
    Background,
    build_background,
    load_background,
    save_background,
)
from tests import make

LIBRARY = load_library()


def solve_all(background: Background) -> dict[str, float]:
    """All kg CO2e by factor id under AR6, solved by bw2calc alone."""
    warming = LIBRARY.get_characterisation("AR6")
    package = bwp.create_datapackage(name="characterisation")
    package.add_persistent_vector(
        matrix="characterization_matrix",
        name="characterization_matrix",
        indices_array=np.array(
            [(number, 0) for number in background.gas_ids.values()], dtype=bwp.INDICES_DTYPE
        ),
        data_array=np.array([warming.factor_of(gas) for gas in background.gas_ids]),
    )
    ids = background.process_ids
    lca = bw2calc.LCA({ids["gb51366-rebar"]: 1}, data_objs=[background.datapackage, package])
    lca.lci()
    lca.lcia()
    scores = {}
    for factor_id, process in ids.items():
        lca.lcia({process: 1})
        scores[factor_id] = float(lca.score)
    return scores


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("background") / "background.zip"
    save_background(LIBRARY, path)
    return path


def test_brightway_gives_back_every_published_value() -> None:
    for factor_id, score in solve_all(build_background(LIBRARY)).items():
        published = LIBRARY.factors[factor_id].kg_co2e
        assert score == pytest.approx(published, rel=1e-5, abs=1e-12), factor_id


def test_only_footprint_factors_become_processes() -> None:
    ids = build_background(LIBRARY).process_ids
    assert len(ids) == 354
    assert "el-co2-cn-sn-2023" not in ids
    assert "cpcd-cu15" not in ids


def test_ids_are_the_same_in_any_order_of_the_facts() -> None:
    shuffled = replace(
        LIBRARY,
        factors=dict(reversed(list(LIBRARY.factors.items()))),
        gases=dict(reversed(list(LIBRARY.gases.items()))),
    )
    first, second = build_background(LIBRARY), build_background(shuffled)
    assert first.process_ids == second.process_ids
    assert first.gas_ids == second.gas_ids


def test_no_gas_has_the_id_of_a_process() -> None:
    background = build_background(LIBRARY)
    assert not set(background.process_ids.values()) & set(background.gas_ids.values())


def test_every_gas_of_the_library_has_an_id() -> None:
    assert set(LIBRARY.gases) <= set(build_background(LIBRARY).gas_ids)


def test_the_package_names_its_version_and_the_terms_of_its_sources() -> None:
    metadata = build_background(LIBRARY).datapackage.metadata
    assert metadata["library_version"] == LIBRARY.version
    licences = {licence["name"]: licence["title"] for licence in metadata["licenses"]}
    assert "Open Government Licence v3.0" in licences["desnz_2025"]
    assert "cpcd_2022" not in licences


def test_a_saved_background_gives_the_same_answers(saved: Path) -> None:
    loaded = load_background(saved)
    assert loaded.library_version == LIBRARY.version
    assert solve_all(loaded) == solve_all(build_background(LIBRARY))


def test_the_solution_is_kept_beside_the_matrices(saved: Path) -> None:
    held = load_background(saved)
    assert held.intensities.shape == (len(held.process_ids), len(held.gas_ids))
    for row, factor_id in zip(held.intensities, held.process_ids, strict=True):
        emitted = {gas: kg for gas, kg in zip(held.gas_ids, row, strict=True) if kg}
        published = {g: kg for g, kg in LIBRARY.factors[factor_id].gases.items() if kg}
        assert emitted == pytest.approx(published, rel=1e-12), factor_id


def test_a_library_without_factors_is_a_background_of_nothing(tmp_path: Path) -> None:
    save_background(make.library(), tmp_path / "empty.zip")
    assert load_background(tmp_path / "empty.zip").intensities.shape[0] == 0


def test_the_same_library_is_saved_as_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    save_background(LIBRARY, again)
    assert again.read_bytes() == saved.read_bytes()


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("biosphere_matrix.data.npy", (15.1,), (1.51,)),
        ("background.json", LIBRARY.version, "0" * 64),
    ],
)
def test_a_changed_background_is_refused(
    saved: Path, tmp_path: Path, member: str, old: str | tuple[float], new: str | tuple[float]
) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                before, after = to_bytes(old), to_bytes(new)
                assert before in content
                content = content.replace(before, after)
            target.writestr(name, content)
    with pytest.raises(FactsError) as caught:
        load_background(changed)
    told = caught.value.to_text()
    assert told.en == (
        "The file “changed.zip” was changed after it was written. Write it again from the library."
    )
    assert told.zh == "文件“changed.zip”保存后被改动。请由背景数据库重新生成该文件。"


def to_bytes(value: str | tuple[float]) -> bytes:
    return value.encode() if isinstance(value, str) else np.array(value).tobytes()


@pytest.mark.parametrize("content", [None, b"", b"not a zip"])
def test_another_file_is_no_background(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FactsError, match=r"“other\.zip” is no saved background"):
        load_background(path)
