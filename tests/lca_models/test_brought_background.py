"""A background that a user brings is verified, drawn on like the open one, and never let out."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing as bwp
import numpy as np
import pytest
from bw_processing.io_helpers import generic_zipfile_filesystem
from scipy import sparse

from lca_models.calculate import calculate
from lca_models.calculation.solution import Engine
from lca_models.errors import (
    FactsError,
    InventoryError,
    LicenceError,
    Text,
    UnknownGasError,
    UnknownUnitError,
)
from lca_models.facts.library import Library, load_library
from lca_models.facts.pedigree import geometric_sd
from lca_models.inventory.background import load_background, save_background
from lca_models.inventory.brought import (
    BackgroundProcess,
    BroughtBackground,
    add_background,
    load_brought_background,
    save_brought_background,
)
from lca_models.inventory.presolve import presolve
from tests import make

GASES = ("CO2", "CH4_fossil", "CO2_biogenic")
LICENCE = Text(en="for holders of a licence only", zh="仅限持证用户使用")


def brought(**changes: Any) -> BroughtBackground:
    """Power and coal feed each other, timber takes CO2 up, a bed for a night has no unit of ours.

    power: (5 + coal) / 10 kg CO2; coal: 1 + power / 2 kg CO2 and 0.2 kg CH4 of its own.
    """
    technosphere = sparse.csc_matrix(
        np.array(
            [
                [10.0, -0.5, -2.0, -3.0],
                [-1.0, 1.0, 0.0, 0.0],
                [0.0, 0.0, 1.0, 0.0],
                [0.0, 0.0, 0.0, 1.0],
            ]
        )
    )
    biosphere = sparse.csc_matrix(
        np.array([[5.0, 1.0, 0.0, 0.0], [0.0, 0.2, 0.0, 0.0], [0.0, 0.0, -1.5, 0.0]])
    )
    units = {"power": "kilowatt hour", "coal": "kilogram", "timber": "kg", "bed": "guest night"}
    background = BroughtBackground(
        name="licensed",
        version="3.1",
        publisher="the owner",
        year=2024,
        licence=LICENCE,
        processes=tuple(
            BackgroundProcess(name, make.text(f"making {name}"), unit, "GLO", name, None)
            for name, unit in units.items()
        ),
        gases=GASES,
        technosphere=technosphere,
        biosphere=biosphere,
        intensities=presolve(technosphere, biosphere, tuple(units)),
        unknown_flows=("Water", "Occupation, forest"),
    )
    return replace(background, **changes)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brought") / "licensed.zip"
    save_brought_background(path, brought())
    return path


@pytest.fixture(scope="module")
def library() -> Library:
    return add_background(load_library(), brought())


def test_a_saved_background_comes_back_whole(saved: Path) -> None:
    loaded, written = load_brought_background(saved), brought()
    for told in ("key", "publisher", "year", "licence", "processes", "gases", "unknown_flows"):
        assert getattr(loaded, told) == getattr(written, told)
    assert not loaded.redistributable
    assert np.array_equal(loaded.intensities, written.intensities)
    assert np.array_equal(loaded.technosphere.toarray(), written.technosphere.toarray())
    assert np.array_equal(loaded.biosphere.toarray(), written.biosphere.toarray())


def test_the_same_background_is_saved_as_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    save_brought_background(again, brought())
    assert again.read_bytes() == saved.read_bytes()


def test_a_change_of_any_member_is_refused(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as source:
        members = {name: source.read(name) for name in source.namelist()}
    assert len(members) == 7  # two of each matrix, the solution, and two that describe
    for changed in members:
        path = tmp_path / "changed.zip"
        with zipfile.ZipFile(path, "w") as target:
            for name, content in members.items():
                target.writestr(name, flipped(content) if name == changed else content)
        with pytest.raises(FactsError) as caught:
            load_brought_background(path)
        assert caught.value.to_text().en.endswith("Import the background again."), changed


def flipped(content: bytes) -> bytes:
    """One digit or bit of its last number changed; JSON stays JSON."""
    place = len(content) // 2
    while content[place : place + 1].isspace() or content[place : place + 1] in b'{}[]",:\\':
        place += 1
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("change", ["without", "with another"])
def test_a_member_more_or_less_is_refused(saved: Path, tmp_path: Path, change: str) -> None:
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if change == "with another" or name != "intensities.npy":
                target.writestr(name, source.read(name))
        if change == "with another":
            target.writestr("more.npy", b"")
    with pytest.raises(FactsError, match="was changed after it was written"):
        load_brought_background(path)


def test_the_open_background_is_not_a_brought_one(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "open.zip"
    save_background(make.library(make.factor()), path)
    with pytest.raises(FactsError, match="is no saved background"):
        load_brought_background(path)
    with pytest.raises(FactsError, match="is no saved background"):
        load_background(saved)


def test_each_process_becomes_a_factor_with_its_source_and_terms(library: Library) -> None:
    coal = library.get_supply_factor("licensed-3.1:coal")
    # power = (5 + coal) / 10, coal = 1 + power / 2: coal is 25 / 19 kg CO2; and CH4 by its loop,
    # 0.2 / (1 - 0.05) kg, of 29.8 kg CO2e each.
    assert coal.gases == pytest.approx({"CO2": 25 / 19, "CH4_fossil": 0.2 / 0.95})
    assert coal.kg_co2e == pytest.approx(25 / 19 + 29.8 * 0.2 / 0.95)
    assert (coal.unit, coal.boundary, coal.gwp_basis) == ("kg", "cradle_to_gate", "AR6")
    assert (coal.name.en, coal.geography, coal.valid_year) == ("making coal", "GLO", None)
    assert coal.citation.to_line() == "the owner (2024): licensed 3.1, coal"
    assert coal.citation.source.licence == LICENCE.en
    assert library.licences[coal.citation.source.key] == LICENCE
    assert not coal.redistributable


def test_what_nobody_rated_counts_as_the_worst(library: Library) -> None:
    coal = library.get_factor("licensed-3.1:coal")
    assert coal.pedigree == (5, 5, 5, 5, 5)
    assert coal.geometric_sd2 == geometric_sd((5, 5, 5, 5, 5)) ** 2


def test_timber_that_took_carbon_up_can_be_bought(library: Library) -> None:
    timber = library.get_supply_factor("licensed-3.1:timber")
    assert timber.gases["CO2_biogenic"] == pytest.approx(-1.5)
    assert timber.kg_co2e > 0  # biogenic CO2 stands beside the total


def test_a_process_in_a_unit_we_do_not_know_is_refused_by_name(library: Library) -> None:
    with pytest.raises(UnknownUnitError) as caught:
        library.get_supply_factor("licensed-3.1:bed")
    told = caught.value.to_text()
    assert told.en.startswith("“licensed-3.1:bed” is measured in “guest night”, which is not")
    assert "guest night" in told.zh


def test_the_version_of_the_library_is_a_hash_over_both(library: Library, saved: Path) -> None:
    loaded = load_brought_background(saved)
    assert add_background(load_library(), loaded).version == library.version
    others = [
        load_library(),
        add_background(make.library(), brought()),
        add_background(load_library(), brought(year=2025)),
        add_background(load_library(), brought(intensities=2 * brought().intensities)),
    ]
    assert library.version not in {other.version for other in others}


@pytest.mark.parametrize("engine", Engine)
def test_a_chain_gives_what_one_big_calculation_in_brightway_gives(
    library: Library, saved: Path, engine: Engine
) -> None:
    inventory = make.inventory(
        make.process(
            "chair",
            make.drawn("licensed-3.1:timber", 3.0),
            make.drawn("licensed-3.1:power", 4.0),
            make.bought("screw", 0.1),
            make.emission(0.5),
        ),
        make.process("screw", make.drawn("licensed-3.1:coal", 2.0), make.bought("chair", 0.01)),
    )
    found = calculate(inventory, library, engine=engine)
    assert found.impacts["chair"].kg_co2e == pytest.approx(score_of_the_chair(saved), rel=1e-9)


def score_of_the_chair(saved: Path) -> float:
    """The same chain on the whole file, solved at once: processes 1 to 4, gases 5 to 7."""
    fs = generic_zipfile_filesystem(dirpath=saved.parent, filename=saved.name, write=False)
    power, coal, timber, chair, screw = 1, 2, 3, 100, 101
    cells = [(chair, chair), (screw, screw), (timber, chair), (power, chair)]
    cells += [(screw, chair), (coal, screw), (chair, screw)]
    chain = bwp.create_datapackage(name="chain")
    chain.add_persistent_vector(
        matrix="technosphere_matrix",
        name="technosphere",
        indices_array=np.array(cells, dtype=bwp.INDICES_DTYPE),
        data_array=np.array([1.0, 1.0, -3.0, -4.0, -0.1, -2.0, -0.01]),
    )
    chain.add_persistent_vector(
        matrix="biosphere_matrix",
        name="biosphere",
        indices_array=np.array([(5, chair)], dtype=bwp.INDICES_DTYPE),
        data_array=np.array([0.5]),
    )
    warming = load_library().get_characterisation("AR6")
    chain.add_persistent_vector(
        matrix="characterization_matrix",
        name="characterisation",
        indices_array=np.array([(5, 0), (6, 0), (7, 0)], dtype=bwp.INDICES_DTYPE),
        data_array=np.array([warming.factor_of(gas) for gas in GASES]),
    )
    lca = bw2calc.LCA({chair: 1}, data_objs=[bwp.load_datapackage(fs), chain])
    lca.lci()
    lca.lcia()
    return float(lca.score)


def test_a_licensed_background_never_leaves_with_the_library(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "export.zip"
    with pytest.raises(LicenceError) as caught:
        save_background(library, path)
    assert caught.value.to_text().en == (
        "The library holds values that may not be passed on: licensed 3.1. "
        "Export the open library, without the background that you brought."
    )
    assert not path.exists()


def test_a_brought_background_that_is_open_may_leave(tmp_path: Path) -> None:
    library = add_background(make.library(), brought(redistributable=True))
    save_background(library, tmp_path / "export.zip")
    held = load_background(tmp_path / "export.zip")
    power = held.process_ids["licensed-3.1:power"] - 1
    assert held.intensities[power, held.gas_ids["CO2"] - len(held.process_ids) - 1] == (
        pytest.approx(12 / 19)
    )


def test_a_gas_of_no_known_key_is_refused_by_name() -> None:
    with pytest.raises(UnknownGasError, match="“flogiston”"):
        add_background(load_library(), brought(gases=("CO2", "CH4_fossil", "flogiston")))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"gases": ("CO2", "CO2", "N2O")}, "holds “CO2” twice"),
        ({"processes": (brought().processes[0],) * 4}, "holds “power” twice"),
        ({"gases": ("CO2",)}, "holds parts of different sizes"),
        ({"intensities": np.ones((4, 2))}, "holds parts of different sizes"),
    ],
)
def test_parts_that_do_not_fit_are_refused(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(InventoryError, match=problem):
        brought(**changes)
