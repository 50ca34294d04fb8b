"""A background that a user brings: its processes solved once, frozen in a file of its own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.errors import InventoryError, Text, UnknownUnitError
from lca_models.facts.factors import NOT_STATED, PUBLISHED_CO2E, Factor, Use
from lca_models.facts.library import Library
from lca_models.facts.pedigree import geometric_sd
from lca_models.facts.sources import Citation, Source
from lca_models.facts.units import find_unit
from lca_models.inventory.frozen import (
    Frozen,
    add_matrix,
    create_package,
    open_sealed,
    refuse_malformed,
    seal,
)

_KIND = "brought"
_CATEGORY = "brought"
_BOUNDARY = "cradle_to_gate"
_CHARACTERISATION = "AR6"
# Nobody has rated these processes: 5 stands for the worst and for the unknown.
_UNRATED = (5, 5, 5, 5, 5)
# A colon ends the name in a factor's id, and a file is called by it.
_NO_NAME = re.compile(r"[:/\\]|^\W|^$")
# What moves a cursor or turns the direction of writing could pass one text off as another.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_CURE = Text(en="Import the background again.", zh="请重新导入背景数据。")


@dataclass(frozen=True, slots=True)
class BackgroundProcess:
    """One activity of a background, with the one product that it makes.

    Args:
        id: Its id in the background.
        name: What the background calls it.
        unit: Unit of its product, as the background writes it.
        geography: Where it applies, as the background codes it.
        product: What it makes.
        valid_year: Year that it describes; None if the background does not say.
    """

    id: str
    name: Text
    unit: str
    geography: str
    product: str
    valid_year: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BroughtBackground:
    """A background with its terms, its matrices and its solution.

    Args:
        name: Name of the database, such as `ecoinvent`.
        version: Its version, such as `3.10-cutoff`.
        publisher: Who publishes it.
        year: Year of publication.
        licence: Terms under which it may be used.
        processes: Its activities, in the order of the matrices.
        gases: Keys of our gases, in the order of the matrices.
        technosphere: Made (above zero, on the diagonal) less taken, shape (processes, processes).
        biosphere: kg of each gas for one run of each activity, shape (gases, processes).
        intensities: kg of each gas for one unit of each product: what `presolve` made of the
            matrices, shape (processes, gases).
        unknown_flows: Names of elementary flows that are no greenhouse gas of ours, left out.
        redistributable: Whether its terms let its values leave this house by an export.
    """

    name: str
    version: str
    publisher: str
    year: int
    licence: Text
    processes: tuple[BackgroundProcess, ...]
    gases: tuple[str, ...]
    technosphere: sparse.csc_matrix
    biosphere: sparse.csc_matrix
    intensities: NDArray[np.float64]
    unknown_flows: tuple[str, ...] = ()
    redistributable: bool = False

    def __post_init__(self) -> None:
        """Refuse parts that do not fit together."""
        activities, gases = len(self.processes), len(self.gases)
        shapes = (self.technosphere.shape, self.biosphere.shape, self.intensities.shape)
        if shapes != ((activities, activities), (gases, activities), (activities, gases)):
            raise _misfit(
                self.key, Text(en="parts of different sizes", zh="各部分大小不一致"), str(shapes)
            )
        for twice in (_first_twice(p.id for p in self.processes), _first_twice(self.gases)):
            if twice is not None:
                problem = Text(en="“{id}” twice", zh="重复的“{id}”").format(id=twice)
                raise _misfit(self.key, problem, twice)
        refuse_bad_name(self.name, self.version)
        unseen = _UNSEEN.search("".join(_list_texts(self)))
        if unseen is not None:
            problem = Text(en="a control character in a text", zh="含控制字符的文字")
            raise _misfit(self.key, problem, ascii(unseen.group()))
        for numbers in (self.technosphere.data, self.biosphere.data, self.intensities):
            if not np.isfinite(numbers).all():
                problem = Text(en="a number that is not finite", zh="非有限数值")
                raise _misfit(self.key, problem, "NaN")

    @property
    def key(self) -> str:
        """What its factors' ids begin with."""
        return f"{self.name}-{self.version}"


def refuse_bad_name(name: str, version: str) -> None:
    """Refuse a name or a version that cannot begin an id or the name of a file.

    Raises:
        InventoryError: One is empty, or holds a colon, a slash or a control character.
    """
    for told in (name, version):
        if _NO_NAME.search(told) or _UNSEEN.search(told):
            raise InventoryError(
                Text(
                    en="A background cannot have {name} in its name.",
                    zh="背景数据的名称不能为{name}。",
                ).format(name=ascii(told)),
                Text(
                    en="Take letters, digits, spaces, dots and hyphens.",
                    zh="请使用字母、数字、空格、点和连字符。",
                ),
                value=told,
            )


def save_brought_background(path: Path, background: BroughtBackground) -> None:
    """Write all of it as one zip, sealed by the hash of every member.

    The file is a datapackage that `bw2calc` solves as it is: process and product n have the
    integer id n, counted from 1, and the gases follow.
    """
    licences = [{"name": background.key, "title": background.licence.en}]
    package = create_package(background.key, content_hash(background), licences, path)
    made = sparse.coo_matrix(background.technosphere)
    emitted = sparse.coo_matrix(background.biosphere)
    first_gas = len(background.processes) + 1
    add_matrix(package, "technosphere_matrix", made.row + 1, made.col + 1, made.data)
    add_matrix(package, "biosphere_matrix", emitted.row + first_gas, emitted.col + 1, emitted.data)
    register = {"kind": _KIND, **_description(background)}
    seal(package, path, register, background.intensities)


def load_brought_background(path: Path) -> BroughtBackground:
    """Read what `save_brought_background` wrote.

    Raises:
        FactsError: The file is no saved background, or was changed after it was written.
    """
    frozen = open_sealed(path, _KIND, _CURE)
    with refuse_malformed(path, _CURE):
        return _to_background(frozen)


def _to_background(frozen: Frozen) -> BroughtBackground:
    told = frozen.register
    processes, gases = len(told["processes"]), len(told["gases"])
    return BroughtBackground(
        name=told["name"],
        version=told["version"],
        publisher=told["publisher"],
        year=told["year"],
        licence=Text(**told["licence"]),
        processes=tuple(_to_process(each) for each in told["processes"]),
        gases=tuple(told["gases"]),
        technosphere=_read_matrix(frozen, "technosphere_matrix", (processes, processes), 1),
        biosphere=_read_matrix(frozen, "biosphere_matrix", (gases, processes), processes + 1),
        intensities=frozen.intensities,
        unknown_flows=tuple(told["unknown_flows"]),
        redistributable=told["redistributable"] is True,
    )


def content_hash(background: BroughtBackground) -> str:
    """SHA-256 over everything that its factors say."""
    told = json.dumps(_description(background), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(told.encode())
    digest.update(np.ascontiguousarray(background.intensities).tobytes())
    return digest.hexdigest()


def add_background(library: Library, background: BroughtBackground) -> Library:
    """A library on whose chains may draw on a brought background, with a version of its own.

    Each process becomes the factor `NAME-VERSION:PROCESS`, from cradle to gate. Its pedigree is
    unrated, which counts as the worst; its CO2e is counted with AR6. A process whose unit is not
    in the closed list stays within the background: drawing on it is refused by name.

    Raises:
        UnknownGasError: A gas of the background is none of ours.
        InventoryError: The library has a background of this name already.
    """
    if background.key in library.licences:
        raise _called_twice(background.key)
    units = [_symbol_of(process.unit) for process in background.processes]
    ids = [f"{background.key}:{process.id}" for process in background.processes]
    version = hashlib.sha256(f"{library.version} {content_hash(background)}".encode())
    unlisted = {
        factor_id: process.unit
        for factor_id, process, unit in zip(ids, background.processes, units, strict=True)
        if unit is None
    }
    return replace(
        library,
        version=version.hexdigest(),
        factors={**library.factors, **_list_factors(library, background, ids, units)},
        licences={**library.licences, background.key: background.licence},
        unlisted_units={**library.unlisted_units, **unlisted},
    )


def _list_factors(
    library: Library, background: BroughtBackground, ids: list[str], units: list[str | None]
) -> dict[str, Factor]:
    """Factors by id, of the processes that have a unit of ours."""
    warming = library.get_characterisation(_CHARACTERISATION)
    kg_co2e = background.intensities @ [warming.factor_of(gas) for gas in background.gases]
    values = zip(background.intensities.tolist(), kg_co2e.tolist(), strict=True)
    make, source = _factor_maker(background), _source_of(background)
    return {
        factor_id: make(
            id=factor_id,
            name=process.name,
            subcategory=process.product,
            unit=unit,
            kg_co2e=total,
            gases={g: kg for g, kg in zip(background.gases, gas_kg, strict=True) if kg},
            geography=process.geography,
            valid_year=process.valid_year,
            citation=Citation(source, process.id),
        )
        for factor_id, process, unit, (gas_kg, total) in zip(
            ids, background.processes, units, values, strict=True
        )
        if unit is not None
    }


def _factor_maker(background: BroughtBackground) -> partial[Factor]:
    """What all factors of a background have in common."""
    return partial(
        Factor,
        category=_CATEGORY,
        boundary=_BOUNDARY,
        gwp_basis=NOT_STATED if PUBLISHED_CO2E in background.gases else _CHARACTERISATION,
        pedigree=_UNRATED,
        geometric_sd2=geometric_sd(_UNRATED) ** 2,
        use=Use.FOOTPRINT,
        caveats=(),
        redistributable=background.redistributable,
    )


def _source_of(background: BroughtBackground) -> Source:
    return Source(
        key=background.key,
        title=f"{background.name} {background.version}",
        publisher=background.publisher,
        year=background.year,
        licence=background.licence.en,
    )


@cache
def _symbol_of(unit: str) -> str | None:
    try:
        return find_unit(unit).symbol
    except UnknownUnitError:
        return None


def _list_texts(background: BroughtBackground) -> Iterator[str]:
    yield from (background.publisher, background.licence.en, background.licence.zh)
    for each in background.processes:
        yield from (each.id, each.name.en, each.name.zh, each.unit, each.geography, each.product)


def _description(background: BroughtBackground) -> dict[str, object]:
    return {
        "name": background.name,
        "version": background.version,
        "publisher": background.publisher,
        "year": background.year,
        "licence": {"en": background.licence.en, "zh": background.licence.zh},
        "redistributable": background.redistributable,
        "gases": background.gases,
        "unknown_flows": background.unknown_flows,
        "processes": [
            [p.id, p.name.en, p.name.zh, p.unit, p.geography, p.product, p.valid_year]
            for p in background.processes
        ],
    }


def _to_process(told: list[Any]) -> BackgroundProcess:
    process_id, english, chinese, unit, geography, product, year = told
    return BackgroundProcess(
        id=process_id,
        name=Text(en=english, zh=chinese),
        unit=unit,
        geography=geography,
        product=product,
        valid_year=year,
    )


def _read_matrix(
    frozen: Frozen, matrix: str, shape: tuple[int, int], first_row: int
) -> sparse.csc_matrix:
    rows, columns, amounts = frozen.cells_of(matrix)
    return sparse.csc_matrix((amounts, (rows - first_row, columns - 1)), shape=shape)


def _first_twice(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            return each
        seen.add(each)
    return None


def _called_twice(key: str) -> InventoryError:
    return InventoryError(
        Text(
            en="There are two backgrounds called “{key}”.", zh="有两个名为“{key}”的背景数据。"
        ).format(key=key),
        Text(
            en="Name a file once, in GREENCHAIN_BACKGROUNDS or with --background; import the other "
            "under another name.",
            zh="每个文件只在GREENCHAIN_BACKGROUNDS或--background中填写一次；另一个请以其他名称导入。",
        ),
        value=key,
    )


def _misfit(key: str, problem: Text, value: str) -> InventoryError:
    return InventoryError(
        Text(
            en="The background “{key}” holds {problem}.", zh="背景数据“{key}”含有{problem}。"
        ).format(key=key, problem=problem),
        _CURE,
        value=value,
    )
