"""The published processes as a frozen Brightway datapackage, in memory or in a file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import bw_processing as bwp
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem

from lca_models.errors import FactsError, Text
from lca_models.facts.factors import BIOGENIC_CO2, PUBLISHED_CO2E, Factor, Use
from lca_models.facts.library import Library

_REGISTER = "background.json"
_HASH = "sha256"


@dataclass(frozen=True, slots=True)
class Background:
    """The processes behind the footprint factors, one for each, and what they emit.

    Args:
        library_version: Version of the library that it was made from.
        datapackage: Technosphere and biosphere for `bw2calc`; nobody changes it.
        process_ids: Integer id of each process by factor id; its product has the same.
        gas_ids: Integer id of each gas of the library; none is the id of a process.
    """

    library_version: str
    datapackage: bwp.Datapackage
    process_ids: Mapping[str, int]
    gas_ids: Mapping[str, int]


@lru_cache(maxsize=4)
def build_background(library: Library) -> Background:
    """One process for each factor that may enter a footprint; the others are left out."""
    background = _number(library)
    _fill(background.datapackage, background, _list_factors(library))
    return background


def save_background(library: Library, path: Path) -> None:
    """Write the datapackage as a zip, with a register of its version, ids and hashes."""
    fs = generic_zipfile_filesystem(dirpath=path.parent, filename=path.name)
    background = _number(library, fs)
    _fill(background.datapackage, background, _list_factors(library))
    background.datapackage.finalize_serialization()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        register: dict[str, object] = {
            "library_version": library.version,
            "licences": _list_licences(library),
            "process_ids": background.process_ids,
            "gas_ids": background.gas_ids,
            "members": {name: _hash(archive.read(name)) for name in archive.namelist()},
        }
        content = json.dumps(_sealed(register), ensure_ascii=False, indent=1)
        # A `ZipInfo` carries no time of day: the same library gives the same bytes.
        archive.writestr(zipfile.ZipInfo(_REGISTER), content)


def load_background(path: Path) -> Background:
    """Read what `save_background` wrote.

    Raises:
        FactsError: The file is no saved background, or was changed after it was written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            register = json.loads(archive.read(_REGISTER))
            held = {
                name: _hash(archive.read(name)) for name in archive.namelist() if name != _REGISTER
            }
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _unusable(
            path, Text(en="is no saved background", zh="不是已保存的背景数据")
        ) from error
    if register != _sealed(register) or register["members"] != held:
        raise _unusable(path, Text(en="was changed after it was written", zh="保存后被改动"))
    fs = generic_zipfile_filesystem(dirpath=path.parent, filename=path.name, write=False)
    return Background(
        library_version=cast("str", register["library_version"]),
        datapackage=bwp.load_datapackage(fs),
        process_ids=cast("dict[str, int]", register["process_ids"]),
        gas_ids=cast("dict[str, int]", register["gas_ids"]),
    )


def _list_factors(library: Library) -> list[Factor]:
    usable = (f for f in library.factors.values() if f.use is Use.FOOTPRINT)
    return sorted(usable, key=lambda factor: factor.id)


def _number(library: Library, fs: object = None) -> Background:
    factors = _list_factors(library)
    gases = {PUBLISHED_CO2E, BIOGENIC_CO2, *library.gases}
    gases.update(gas for factor in factors for gas in factor.gases)
    package = bwp.create_datapackage(
        fs=fs,
        name=f"background_{library.version}",
        id_=library.version,
        metadata={"licenses": _list_licences(library), "library_version": library.version},
        sum_intra_duplicates=False,
    )
    del package.metadata["created"]
    return Background(
        library_version=library.version,
        datapackage=package,
        process_ids={f.id: number for number, f in enumerate(factors, start=1)},
        gas_ids={g: number for number, g in enumerate(sorted(gases), start=1 + len(factors))},
    )


def _fill(package: bwp.Datapackage, background: Background, factors: list[Factor]) -> None:
    processes = list(background.process_ids.values())
    _add(package, "technosphere_matrix", [(p, p) for p in processes], [1.0] * len(processes))
    emitted = [
        (background.gas_ids[gas], background.process_ids[factor.id], kg)
        for factor in factors
        for gas, kg in factor.gases.items()
    ]
    cells = [(gas, process) for gas, process, _ in emitted]
    _add(package, "biosphere_matrix", cells, [kg for _, _, kg in emitted])


def _add(
    package: bwp.Datapackage, matrix: str, cells: list[tuple[int, int]], amounts: list[float]
) -> None:
    indices = np.array(cells, dtype=bwp.INDICES_DTYPE)
    values = np.array(amounts, dtype=np.float64)
    indices.setflags(write=False)
    values.setflags(write=False)
    package.add_persistent_vector(
        matrix=matrix, name=matrix, indices_array=indices, data_array=values
    )


def _list_licences(library: Library) -> list[dict[str, str]]:
    sources = {f.citation.source.key: f.citation.source for f in _list_factors(library)}
    return [
        {"name": key, "title": f"{s.title} ({s.publisher}, {s.year}): {s.licence}"}
        for key, s in sorted(sources.items())
    ]


def _sealed(register: Mapping[str, object]) -> dict[str, object]:
    content = {key: value for key, value in register.items() if key != _HASH}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return {**content, _HASH: _hash(canonical.encode())}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unusable(path: Path, problem: Text) -> FactsError:
    return FactsError(
        Text(en="The file “{name}” {problem}.", zh="文件“{name}”{problem}。").format(
            name=path.name, problem=problem
        ),
        Text(en="Write it again from the library.", zh="请由背景数据库重新生成该文件。"),
        value=path.name,
    )
