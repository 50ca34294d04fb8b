"""What databases say in their own ways is read as it is meant, by a program that is held short."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from service.domain.brightway_formats import BackgroundFormat
from service.domain.brought_database import BroughtDatabase
from service.formats.errors import UnreadableFileError
from service.gateways.brightway import read_database
from tests.brightway import brightway_python
from tests.gateways import databases

SIMAPRO, CSV = BackgroundFormat.SIMAPRO_CSV, BackgroundFormat.CSV
HEAD = ("{SimaPro 9.5}", "{processes}", "{CSV separator: Semicolon}", "{Decimal separator: ,}", "")


def section(name: str, *products: str, category: str = "material", **parts: Sequence[str]) -> str:
    """One process of a SimaPro export; parts are called by their headings."""
    heading = "Waste treatment" if category == "waste treatment" else "Products"
    lines = ["", "Process", "", "Category type", category, "", "Process identifier", name, ""]
    lines += ["Type", "Unit process", "", "Process name", name, "", heading, *products, ""]
    for part, rows in parts.items():
        lines += [part.replace("_", " "), *rows, ""]
    return "\n".join([*lines, "End", ""])


def drawn(name: str, unit: str, amount: str) -> str:
    return f"{name};{unit};{amount};Undefined;0;0;0;"


def emitted(unit: str, amount: str, name: str = "Carbon dioxide, fossil") -> str:
    return f"{name};;{unit};{amount};Undefined;0;0;0;"


def read_simapro(folder: Path, *sections: str, encoding: str = "cp1252") -> BroughtDatabase:
    path = folder / "small.csv"
    path.write_bytes("\n".join([*HEAD, *sections]).encode(encoding))
    return read_database(path, SIMAPRO, brightway_python())


def test_units_formulas_wastes_and_avoided_products_of_simapro_are_read(tmp_path: Path) -> None:
    given = read_simapro(
        tmp_path,
        section("power", "power;MWh;2;100;not defined;E;", Emissions_to_air=[emitted("g", "500")]),
        section(
            "steel",
            "steel;t;1;100;not defined;M;",
            Avoided_products=[drawn("power", "kWh", "0,5")],
            Emissions_to_air=[emitted("kg", "q * 2")],
            Waste_to_treatment=[drawn("slag", "g", "250")],
            Input_parameters=["p;2;Undefined;0;0;0;No;"],
            Calculated_parameters=["q;p * 3;"],
        ),
        section("slag", "slag;kg;1;not defined;all;W;", category="waste treatment"),
    )
    assert [a.unit for a in given.activities] == ["kilowatt hour", "kilogram", "kilogram"]
    assert given.made == ((0, 0, 2000.0), (1, 1, 1000.0), (2, 2, 1.0))
    assert given.taken == ((1, 0, -0.5), (1, 2, 0.25))
    assert given.emitted == ((0, 0, 0.5), (1, 0, 12.0))  # 500 g; 2 · 3 · 2 kg
    assert (given.unlinked, given.without_amount) == ((), ())


def test_several_products_of_simapro_are_allocated_as_it_says(tmp_path: Path) -> None:
    products = ("petrol;kg;2;60;not defined;M;", "diesel;kg;3;40;not defined;M;")
    given = read_simapro(
        tmp_path, section("refinery", *products, Emissions_to_air=[emitted("kg", "10")])
    )
    made = {given.activities[n].product: amount for n, _, amount in given.made}
    kg = {given.activities[n].product: amount for n, _, amount in given.emitted}
    # 60 % of 10 kg for 2 kg of petrol, 40 % for 3 kg of diesel.
    assert kg["petrol"] / made["petrol"] == pytest.approx(3.0)
    assert kg["diesel"] / made["diesel"] == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("钢铁 喆", "gb18030"),
        ("钢铁", "utf-8"),
        ("钢铁", "utf-8-sig"),
        ("électricité – Zürich", "cp1252"),
        ("é", "latin-1"),
    ],
)
def test_names_are_read_in_the_encoding_of_their_computer(
    name: str, encoding: str, tmp_path: Path
) -> None:
    gas = "二氧化碳" if "铁" in name else "Carbon dioxide, fossil"
    rows = [emitted("kg", "1", gas)]
    only = section(name, f"{name};kg;1;100;not defined;M;", Emissions_to_air=rows)
    given = read_simapro(tmp_path, only, encoding=encoding)
    assert given.activities[0].name == name
    assert given.flows[0].name == gas


def test_a_process_of_an_unheard_of_type_is_not_left_out(tmp_path: Path) -> None:
    table = databases.rows()
    first = next(n for n, row in enumerate(table) if row == ["type", "process"])
    table[first] = ["type", "readonly process"]
    given = read_database(databases.write_csv(tmp_path, table), CSV, brightway_python())
    assert {activity.name for activity in given.activities} == set(databases.UNITS)
    assert given.unlinked == ()


def test_control_characters_of_a_database_are_taken_out(tmp_path: Path) -> None:
    table = [["coke\x1b[2J" if cell == "timber" else cell for cell in r] for r in databases.rows()]
    given = read_database(databases.write_csv(tmp_path, table), CSV, brightway_python())
    assert "coke [2J" in {activity.name for activity in given.activities}


def pretend_python(folder: Path, does: str) -> Path:
    """A program that says it has `bw2io`, and does something else when it is to read."""
    path = folder / "python"
    path.write_text(f'#!/bin/sh\n[ "$2" = -c ] && exit 0\n{does}\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("exec sleep 60", "it did not end within 0.5 s"),
        ("kill -9 $$", "it was ended by signal 9; memory may be short"),
        ('echo "Wrong:\x1b[2J $TOKEN." >&2; exit 1', r"Wrong: \[2J \.\."),
        ("exit 1", "as csv: —"),
    ],
    ids=["hangs", "is killed", "fails", "says nothing"],
)
def test_a_program_that_goes_wrong_is_ended_and_knows_no_secrets(
    does: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    python = pretend_python(tmp_path, does)
    with pytest.raises(UnreadableFileError, match=told):
        read_database(databases.write_csv(tmp_path), CSV, python, longest_seconds=0.5)


@pytest.mark.parametrize(
    "kind", [SIMAPRO, CSV, BackgroundFormat.EXCEL, BackgroundFormat.BW2PACKAGE]
)
def test_an_empty_file_is_refused(kind: BackgroundFormat, tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.touch()
    with pytest.raises(UnreadableFileError, match=r"cannot read “small\.csv”"):
        read_database(path, kind, brightway_python())
