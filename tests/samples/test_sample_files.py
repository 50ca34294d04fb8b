"""The files of the sample chain say the same as its document, in both languages."""

import io
import zipfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from lca_models.errors import Language
from lca_models.facts.library import load_library
from lca_models.inventory.processes import Process
from samples.write_bom_files import (
    CHAIN_SHEET,
    DOCUMENT,
    FOLDER,
    HERE,
    STYLES,
    build_files,
    read_document,
)
from service.domain.chain_inventory import lay_out
from service.formats.bom.reading import read_bom
from service.formats.chain.reading import read_chain
from service.formats.chain.sheet import read_chain_sheet
from service.formats.sheets.file import read_tables
from service.use_cases.calculate_footprints import calculate_footprints
from service.use_cases.explain_change import GivenVersion, explain_chain_change
from service.use_cases.read_chain_folder import read_chain_folder

LIBRARY = load_library()
PERIOD = read_chain(DOCUMENT.read_bytes()).period
BOM_FILES = sorted(path for path in FOLDER.iterdir() if path.name != CHAIN_SHEET)
ILLUSTRATIVE = {"zh": "示例数据", "en": "Illustrative data"}


def parts_of(content: bytes) -> dict[str, bytes]:
    """A file's content, a workbook's by its parts: compressors differ between machines."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_folder_is_what_the_script_writes() -> None:
    written = build_files(read_document())
    assert written.keys() == {path.name for path in FOLDER.iterdir()}
    differing = [
        name
        for name, content in written.items()
        if parts_of(content) != parts_of((FOLDER / name).read_bytes())
    ]
    assert not differing, "run python -m samples.write_bom_files"


@pytest.mark.parametrize("path", BOM_FILES, ids=lambda path: path.name)
def test_every_file_reads_without_defects_and_says_that_it_is_illustrative(path: Path) -> None:
    product_id, language, _ = path.name.split(".")
    content = path.read_bytes()
    reading = read_bom(content, path.name, LIBRARY, product_id=product_id, default_period=None)
    assert reading.defects == ()
    assert not reading.proposals
    assert reading.submission is not None
    assert reading.submission.period == PERIOD
    assert any(ILLUSTRATIVE[language] in text for text in texts_of(content, path.name))


def texts_of(content: bytes, file_name: str) -> list[str]:
    """What stands in the cells of the table that is read, row by row."""
    rows = read_tables(content, file_name).tables[0].rows
    return [value for row in rows for value in row.values if isinstance(value, str)]


def test_the_chain_sheet_reads_on_its_own() -> None:
    content = (FOLDER / CHAIN_SHEET).read_bytes()
    reading = read_chain_sheet(content, CHAIN_SHEET)
    assert reading.defects == ()
    assert reading.sheet is not None
    assert len(reading.sheet.bom_files) == len(BOM_FILES)
    assert reading.sheet.remark is not None
    assert ILLUSTRATIVE["zh"] in reading.sheet.remark.zh
    assert ILLUSTRATIVE["en"] in reading.sheet.remark.zh


def test_half_of_the_files_are_chinese_and_every_way_of_writing_occurs() -> None:
    languages = Counter(style.language for style in STYLES.values())
    assert languages == {Language.ZH: 10, Language.EN: 9}
    ways = {
        (style.csv.encoding, style.csv.delimiter) if style.csv else ("xlsx", "")
        for style in STYLES.values()
    }
    assert {encoding for encoding, _ in ways} == {"xlsx", "gb18030", "utf-8", "utf-8-sig"}
    assert {delimiter for _, delimiter in ways} == {"", ",", ";", "\t"}


def test_folder_and_document_are_the_same_inventory() -> None:
    by_document = lay_out(read_chain(DOCUMENT.read_bytes()), LIBRARY).inventory
    by_folder = lay_out(read_chain_folder(FOLDER, LIBRARY), LIBRARY).inventory
    assert by_folder.declared == by_document.declared
    for given, read in zip(by_document.processes, by_folder.processes, strict=True):
        assert without_labels(read) == without_labels(given)


def without_labels(process: Process) -> dict[str, object]:
    """A process with its lines in any order and by any name."""
    said = asdict(process)
    for key in ("exchanges", "emissions", "gaps", "needs"):
        said[key] = sorted(repr({**part, "line": ""}) for part in said[key])
    return said


def test_between_folder_and_document_nothing_changed() -> None:
    chains = read_chain(DOCUMENT.read_bytes()), read_chain_folder(FOLDER, LIBRARY)
    compared = explain_chain_change(*(GivenVersion(chain, LIBRARY) for chain in chains))
    for change in compared.changes:
        assert sum(map(abs, change.causes.values())) < 1e-9 * change.kg_co2e_before


def test_folder_and_document_give_the_same_result() -> None:
    by_document = calculate_footprints(read_chain(DOCUMENT.read_bytes()), LIBRARY)
    by_folder = calculate_footprints(read_chain_folder(FOLDER, LIBRARY), LIBRARY)
    for product_id, expected in by_document.footprints.items():
        found = by_folder.footprints[product_id]
        assert found.impact.kg_co2e == pytest.approx(expected.impact.kg_co2e, rel=1e-12)
        assert found.impact.primary_data_share == pytest.approx(
            expected.impact.primary_data_share, rel=1e-12
        )
        assert len(found.gaps) == len(expected.gaps)


def test_the_table_of_the_page_shows_the_results() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    result = calculate_footprints(read_chain(DOCUMENT.read_bytes()), LIBRARY)
    rows = {cells[2].strip(" `"): cells[4].strip() for cells in table_rows(page)}
    for product_id, footprint in result.footprints.items():
        if footprint.is_known:
            assert float(rows[product_id]) == float(f"{footprint.impact.kg_co2e:.3e}")
        else:
            assert rows[product_id] == "—"


def table_rows(page: str) -> list[list[str]]:
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    return [cells for cells in rows if len(cells) == 6 and cells[2].strip().startswith("`")]
