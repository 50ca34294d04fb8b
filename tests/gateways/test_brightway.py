"""Databases in every form that is read give one and the same background."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lca_models.errors import UnknownGasError
from lca_models.facts.elementary_flows import ElementaryFlow, load_elementary_flows
from lca_models.facts.library import load_library
from lca_models.inventory.bringing import Terms
from lca_models.inventory.brought import BroughtBackground, load_brought_background
from service.domain.brightway_formats import BackgroundFormat
from service.domain.errors import BrightwayMissingError, UnusableDatabaseError
from service.formats.errors import UnreadableFileError, UnsupportedFileError
from service.gateways.brightway import read_database
from service.use_cases.import_background import import_background
from tests.brightway import brightway_python, run_with_brightway
from tests.gateways import databases

HERE = Path(__file__).parent
TERMS = Terms("small", "1", "the test", 2025, "made up for a test")


FORMS: dict[BackgroundFormat, Callable[[Path], Path]] = {
    BackgroundFormat.ECOSPOLD2: databases.write_ecospold2,
    BackgroundFormat.SIMAPRO_CSV: databases.write_simapro,
    BackgroundFormat.EXCEL: databases.write_excel,
    BackgroundFormat.CSV: databases.write_csv,
}


def brought(path: Path, kind: BackgroundFormat, output: Path) -> BroughtBackground:
    got = import_background(path, kind, TERMS, output, python=brightway_python())
    assert got.other_flows == 1  # the dust
    assert set(got.versions) == {"bw2data", "bw2io"}
    return load_brought_background(output)


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_gives_the_same_background(kind: BackgroundFormat, tmp_path: Path) -> None:
    check(brought(FORMS[kind](tmp_path), kind, tmp_path / "small.zip"))


def test_packages_of_brightway_give_it_too(tmp_path: Path) -> None:
    run_with_brightway(HERE / "write_packages.py", databases.write_csv(tmp_path), tmp_path)
    package, folder = BackgroundFormat.BW2PACKAGE, BackgroundFormat.DATAPACKAGE
    check(brought(tmp_path / "small.bw2package", package, tmp_path / "package.zip"))
    check(brought(tmp_path / "open", folder, tmp_path / "folder.zip"))


def check(background: BroughtBackground, rel: float = 1e-12) -> None:
    assert background.gases == ("CO2", "CO2_biogenic")
    solved = zip(background.processes, background.intensities.tolist(), strict=True)
    found = {process.name.en: (process, kg) for process, kg in solved}
    assert set(found) == set(databases.UNITS)
    for name, (process, kg) in found.items():
        wanted = [databases.KG_CO2[name], databases.KG_TAKEN_UP[name]]
        assert kg == pytest.approx(wanted, rel=rel)
        assert databases.WORDS[databases.UNITS[name]] == process.unit


@pytest.mark.parametrize(
    "kind",
    [
        BackgroundFormat.ECOSPOLD1,
        BackgroundFormat.SIMAPRO_BLOCK,
        BackgroundFormat.OPENLCA_JSONLD,
        BackgroundFormat.ILCD,
    ],
)
def test_what_bw2io_does_not_read_is_refused_with_the_reason(
    kind: BackgroundFormat, tmp_path: Path
) -> None:
    with pytest.raises(UnsupportedFileError, match=r"bw2io.* Open it in openLCA.*as ecospold2, "):
        read_database(tmp_path, kind, None)


@pytest.mark.parametrize("python", [Path(sys.executable), Path("nowhere/python")])
def test_without_brightway_the_cure_is_told(python: Path, tmp_path: Path) -> None:
    path = databases.write_csv(tmp_path)
    with pytest.raises(BrightwayMissingError, match=r"has no bw2io.*greenchain\[brightway\]"):
        read_database(path, BackgroundFormat.CSV, python)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.csv"):
        read_database(tmp_path / "nothing.csv", BackgroundFormat.CSV, None)


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = databases.write_csv(tmp_path)
    with pytest.raises(UnreadableFileError, match=r"bw2io cannot read “small.csv” as bw2package"):
        read_database(path, BackgroundFormat.BW2PACKAGE, brightway_python())


def test_loose_ends_formulas_and_unknown_gases_are_told_at_once(tmp_path: Path) -> None:
    table = databases.rows()
    steel = next(n for n, row in enumerate(table) if row[:2] == ["electricity", 2.0])
    table[steel][0] = "power"
    headings = next(n for n in range(steel, 0, -1) if table[n][:1] == ["name"])
    table[headings].append("formula")
    table[steel + 1].append("1 / 2")
    table[steel + 2][0] = "Chloroform"
    path = databases.write_csv(tmp_path, table)
    with pytest.raises(UnusableDatabaseError) as refused:
        brought(path, BackgroundFormat.CSV, tmp_path / "small.zip")
    reasons = [defect.reason.en for defect in refused.value.defects]
    assert reasons == [
        "1 exchanges draw on something that is not in the database: steel ← power.",
        "1 exchanges have a formula or no finite amount: steel ← transport.",
        "“Chloroform” (air) warms the climate, and we have no gas that fits.",
    ]
    assert not (tmp_path / "small.zip").exists()


def test_what_ipcc_2021_counts_counts_as_much_here_or_is_refused() -> None:
    flows, gwp = load_elementary_flows(), load_library().get_characterisation("AR6")
    counted = 0
    for name, compartment, cas, factor in run_with_brightway(HERE / "list_warming_flows.py"):
        flow = ElementaryFlow(name, compartment, cas, "kilogram")
        try:
            found = flows.find_gas(flow)
        except UnknownGasError:
            assert cas in flows.uncounted
            assert factor is not None
        else:
            kg_co2e = 0.0 if found is None else gwp.factor_of(found.gas) * found.kg_per_unit
            assert kg_co2e == pytest.approx(factor or 0.0), name
        counted += factor is not None
    assert counted == 226
