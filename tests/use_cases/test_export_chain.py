"""An exported chain gives the same footprints in Brightway, and leaves behind what must stay."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import bw2calc
import bw_processing as bwp
import pytest
from bw_processing.io_helpers import generic_zipfile_filesystem

from lca_models.errors import LicenceError
from lca_models.facts.library import Library
from service.domain.brightway_formats import ChainFormat
from service.domain.chain import Chain
from service.domain.submission import BackgroundSupply, DeclaredSupply, MemberProduct
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.export_chain import export_chain
from tests import make
from tests.brightway import run_with_brightway

OPEN_WORKBOOK = Path(__file__).parent / "open_workbook.py"
# cup: 1 of its own, 3 for brass, 2 for resin, and 2 kg of rod; rod: 1 of its own, 0.01 kg of
# methane (29.8 in AR6), and 0.1 cup. So cup = 6 + 2 rod, rod = 1.298 + 0.1 cup:
# 0.8 cup = 8.596, cup = 10.745, rod = 2.3725.
KG_CO2E = {"cup": 10.745, "rod": 2.3725}


def loop() -> Chain:
    cup = make.submission(
        "cup",
        make.line(MemberProduct("rod"), "2 kg", label="rod"),
        make.line(BackgroundSupply("brass"), "1 kg", label="=brass"),
        make.line(DeclaredSupply("resin"), "1 kg", label="resin"),
        make.own_emission("1 kg"),
    )
    rod = make.submission(
        "rod",
        make.line(MemberProduct("cup"), "0.1 kg", label="cup"),
        make.own_emission("1 kg"),
        make.own_emission("0.01 kg", "CH4_fossil"),
    )
    products = (make.product("cup", "1001"), make.product("rod", "mill::north"))
    resin = make.declaration("resin", gases={"CO2": 2.0})
    return make.chain_of(products, (cup, rod), declarations=(resin,))


def library(*, redistributable: bool = True) -> Library:
    brass = replace(make.factor("brass", 3.0), redistributable=redistributable)
    return make.library(brass, make.factor("unused", 7.0))


def test_a_datapackage_gives_the_same_in_three_lines(tmp_path: Path) -> None:
    path = tmp_path / "chain.zip"
    export_chain(loop(), library(), ChainFormat.DATAPACKAGE, path)
    held = generic_zipfile_filesystem(dirpath=tmp_path, filename=path.name, write=False)
    package = bwp.load_datapackage(held)
    calculated = calculate_footprints(loop(), library()).footprints
    for row in nodes_of(path):
        if row["kind"] == "product":
            lca = bw2calc.LCA({int(row["id"]): 1}, data_objs=[package])
            lca.lci()
            lca.lcia()
            assert lca.score == pytest.approx(KG_CO2E[row["key"]], rel=1e-9)
            assert lca.score == pytest.approx(calculated[row["key"]].impact.kg_co2e, rel=1e-9)


def test_only_what_the_chain_draws_on_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "chain.zip"
    export_chain(loop(), library(), ChainFormat.DATAPACKAGE, path)
    keys = {
        (row["kind"], row["key"], row["unit"]) for row in nodes_of(path) if row["kind"] != "gas"
    }
    assert keys == {
        ("background", "brass", "kg"),
        ("declared", "resin", "kg"),
        ("product", "cup", "kg"),
        ("product", "rod", "kg"),
    }


def test_the_same_chain_gives_the_same_bytes(tmp_path: Path) -> None:
    for kind in ChainFormat:
        written = [tmp_path / f"{kind}-{n}" for n in (1, 2)]
        for path in written:
            export_chain(loop(), library(), kind, path)
        assert written[0].read_bytes() == written[1].read_bytes()


def test_a_workbook_gives_the_same_when_brightway_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "chain.xlsx"
    export_chain(loop(), library(), ChainFormat.EXCEL, path)
    opened = run_with_brightway(OPEN_WORKBOOK, path)
    assert opened["unlinked"] == 0
    # Brightway keeps the amounts of its databases in single precision.
    assert opened["scores"] == pytest.approx(KG_CO2E, rel=1e-6)


@pytest.mark.parametrize("kind", ChainFormat)
def test_licensed_values_never_leave(kind: ChainFormat, tmp_path: Path) -> None:
    path = tmp_path / "chain"
    with pytest.raises(LicenceError, match=r"leave: cup › =brass \(brass\)\."):
        export_chain(loop(), library(redistributable=False), kind, path)
    assert not path.exists()


def test_a_licensed_library_that_is_not_drawn_on_stays_behind(tmp_path: Path) -> None:
    licensed = replace(make.factor("unused", 7.0), redistributable=False)
    path = tmp_path / "chain.zip"
    export_chain(make.chain(), library().with_factors(licensed), ChainFormat.DATAPACKAGE, path)
    assert {row["kind"] for row in nodes_of(path)} == {"gas", "product"}


def nodes_of(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read("nodes.csv").decode())))
