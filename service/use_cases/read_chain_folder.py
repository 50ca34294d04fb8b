"""Read a folder with a chain sheet and bills of materials as one chain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lca_models.errors import Defect, GreenchainError, Place, Text
from lca_models.facts.library import Library
from service.domain.chain import Chain
from service.domain.errors import InvalidChainError, MissingFileError
from service.domain.submission import Submission
from service.formats.bom.reading import read_bom
from service.formats.chain.sheet import ChainSheet, read_chain_sheet
from service.formats.chain.sheet_columns import SECTIONS
from service.formats.errors import UnsupportedFileError
from service.formats.sheets.file import read_content, read_tables
from service.formats.sheets.headings import fold_heading

CHAIN_SHEETS = ("chain.xlsx", "chain.csv", "供应链.xlsx", "供应链.csv")


def read_chain_folder(folder: Path, library: Library) -> Chain:
    """Read the chain sheet of a folder, and every bill of materials that it names.

    Args:
        folder: Holds one chain sheet and the files that its products name.
        library: What fuels, modes, treatments and factors are held against.

    Raises:
        InvalidChainError: Everything that is wrong, with file, row, column and cure.
        GreenchainError: The chain sheet itself is missing or not readable.
    """
    return _read(_find_sheet(folder), library)


def read_chain_from_sheet(path: Path, library: Library) -> Chain:
    """Read a chain sheet of any name, and the bills of materials beside it.

    Raises:
        InvalidChainError: Everything that is wrong, with file, row, column and cure.
        GreenchainError: The file is a sheet of another kind, or not readable.
    """
    if path.name not in CHAIN_SHEETS and not _is_chain_sheet(path):
        raise UnsupportedFileError(
            Text(
                en="“{name}” is a sheet, but not a chain sheet.",
                zh="“{name}”是表格文件，但不是供应链表。",
            ).format(name=path.name),
            Text(
                en="Check a bill of materials with greenchain bom check. To calculate it, name it "
                "in a chain sheet beside it (greenchain template chain) and give the folder.",
                zh="物料清单可用greenchain bom check核查；如需计算，请在同一文件夹的供应链表中"
                "列出该文件（greenchain template chain可生成模板），再指定该文件夹。",
            ),
            value=path.name,
        )
    return _read(path, library)


def _is_chain_sheet(path: Path) -> bool:
    """Whether it has a table of a chain sheet, or in a CSV file a line with the name of one."""
    tables = read_tables(_read_file(path), path.name).tables
    titles = [table.name for table in tables]
    for row in tables[0].rows if tables else ():
        filled = [str(value) for value in row.values if value is not None]
        titles += filled if len(filled) == 1 else []
    return any(fold_heading(title) in section.names for title in titles for section in SECTIONS)


def _read(path: Path, library: Library) -> Chain:
    sheet, folder = _read_sheet(path), path.parent
    defects: list[Defect] = []
    submissions = []
    for product_id, file_name in sheet.bom_files.items():
        try:
            submissions.append(_read_submission(folder, file_name, product_id, sheet, library))
        except GreenchainError as error:
            owners = {p.id: p.organisation_id for p in sheet.products}
            place = Place(owners.get(product_id), product_id, sheet=file_name)
            defects += error.at(place).defects
    if defects:
        raise InvalidChainError(*defects)
    return Chain(
        id=sheet.id,
        name=sheet.name,
        lead_id=sheet.lead_id,
        period=sheet.period,
        organisations=sheet.organisations,
        products=sheet.products,
        submissions=tuple(submissions),
        declarations=sheet.declarations,
        certificates=sheet.certificates,
        remark=sheet.remark,
    )


def _find_sheet(folder: Path) -> Path:
    found = [folder / name for name in CHAIN_SHEETS if (folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise MissingFileError(
            Text(
                en="The folder “{folder}” has {count} chain sheets instead of one.",
                zh="文件夹“{folder}”中应有一个供应链表，实际有{count}个。",
            ).format(folder=folder, count=len(found)),
            Text(
                en="Keep one of {names}, or name the file itself.",
                zh="请只保留其中一个：{names}，或直接指定文件。",
            ).format(names=", ".join(path.name for path in found)),
            value=folder,
        )
    raise MissingFileError(
        Text(
            en="The folder “{folder}” has no chain sheet.",
            zh="文件夹“{folder}”中没有供应链表。",
        ).format(folder=folder),
        Text(
            en="Give one of: {names} (greenchain template chain writes one).",
            zh="请提供以下文件之一：{names}（greenchain template chain可生成模板）。",
        ).format(names=", ".join(CHAIN_SHEETS)),
        value=folder,
    )


def _read_sheet(path: Path) -> ChainSheet:
    reading = read_chain_sheet(_read_file(path), path.name)
    if reading.sheet is None:
        raise InvalidChainError(*reading.defects).at(Place(sheet=path.name))
    return reading.sheet


def _read_submission(
    folder: Path, file_name: str, product_id: str, sheet: ChainSheet, library: Library
) -> Submission:
    path = folder / file_name
    if path.parent != folder or not path.is_file():
        raise MissingFileError(
            Text(en="There is no file “{name}”.", zh="没有文件“{name}”。").format(name=file_name),
            Text(
                en="Put it beside the chain sheet, or correct its name there.",
                zh="请将该文件与供应链表放在同一文件夹，或更正文件名。",
            ),
            value=file_name,
        )
    reading = read_bom(
        _read_file(path), file_name, library, product_id=product_id, default_period=sheet.period
    )
    if reading.submission is None:
        raise InvalidChainError(*(_in_file(defect, file_name) for defect in reading.defects))
    return reading.submission


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return read_content(file)


def _in_file(defect: Defect, file_name: str) -> Defect:
    """The same defect, its sheet named together with the file that it is in."""
    sheet = defect.place.sheet
    named = file_name if sheet in {None, file_name} else f"{file_name} › {sheet}"
    return replace(defect, place=replace(defect.place, sheet=named))
