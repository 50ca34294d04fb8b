"""The published processes as a frozen Brightway datapackage, in memory or in a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import bw_processing as bwp
import numpy as np
import stats_arrays
from numpy.typing import NDArray
from scipy import sparse

from lca_models.errors import LicenceError, Text
from lca_models.facts.factors import BIOGENIC_CO2, PUBLISHED_CO2E, Factor, Use
from lca_models.facts.library import Library
from lca_models.inventory.frozen import (
    Frozen,
    add_matrix,
    create_package,
    open_sealed,
    refuse_malformed,
    seal,
)
from lca_models.inventory.presolve import presolve

_KIND = "library"
_CURE = Text(en="Write it again from the library.", zh="请由背景数据库重新生成该文件。")


@dataclass(frozen=True, slots=True)
class Background:
    """The processes behind the footprint factors, one for each, and what they emit.

    Args:
        library_version: Version of the library that it was made from.
        datapackage: Technosphere and biosphere for `bw2calc`; nobody changes it.
        process_ids: Integer id of each process by factor id; its product has the same.
        gas_ids: Integer id of each gas of the library; none is the id of a process.
        intensities: kg of each gas for one unit of each process, shape (processes, gases).
    """

    library_version: str
    datapackage: bwp.Datapackage
    process_ids: Mapping[str, int]
    gas_ids: Mapping[str, int]
    intensities: NDArray[np.float64]


@lru_cache(maxsize=4)
def build_background(library: Library) -> Background:
    """One process for each factor that may enter a footprint; the others are left out."""
    return _lay_out(library, None)


def save_background(library: Library, path: Path) -> None:
    """Write the background as a zip, with a register of its version, ids, licences and hashes.

    Raises:
        LicenceError: The library holds values that may not be passed on.
    """
    _refuse_licensed(library)
    background = _lay_out(library, path)
    register = {
        "kind": _KIND,
        "library_version": library.version,
        "licences": _list_licences(library),
        "process_ids": background.process_ids,
        "gas_ids": background.gas_ids,
    }
    seal(background.datapackage, path, register, background.intensities)


def load_background(path: Path) -> Background:
    """Read what `save_background` wrote.

    Raises:
        FactsError: The file is no saved background, or was changed after it was written.
    """
    frozen = open_sealed(path, _KIND, _CURE)
    with refuse_malformed(path, _CURE):
        return _to_background(frozen)


def _to_background(frozen: Frozen) -> Background:
    register = frozen.register
    version = cast("str", register["library_version"])
    package = create_package(_name(version), version, register["licences"])
    for matrix in ("technosphere_matrix", "biosphere_matrix"):
        add_matrix(package, matrix, *frozen.cells_of(matrix), frozen.distributions_of(matrix))
    return Background(
        library_version=version,
        datapackage=package,
        process_ids=register["process_ids"],
        gas_ids=register["gas_ids"],
        intensities=frozen.intensities,
    )


def _lay_out(library: Library, path: Path | None) -> Background:
    factors = _list_factors(library)
    gases = {PUBLISHED_CO2E, BIOGENIC_CO2, *library.gases}
    gases.update(gas for factor in factors for gas in factor.gases)
    ordered = {gas: position for position, gas in enumerate(sorted(gases))}
    size = len(factors)
    emitted = [(ordered[g], n, kg) for n, f in enumerate(factors) for g, kg in f.gases.items()]
    rows, columns, kg = np.array(emitted, dtype=np.float64).reshape(-1, 3).T
    gas_rows, runs = rows.astype(np.int64), columns.astype(np.int64)
    made, biosphere = (
        sparse.csc_matrix(sparse.identity(size)),
        sparse.csc_matrix((kg, (gas_rows, runs)), shape=(len(ordered), size)),
    )
    ids = np.arange(1, size + 1)
    package = create_package(_name(library.version), library.version, _list_licences(library), path)
    add_matrix(package, "technosphere_matrix", ids, ids, np.ones(size), _distributions(factors))
    add_matrix(package, "biosphere_matrix", gas_rows + size + 1, runs + 1, kg)
    return Background(
        library_version=library.version,
        datapackage=package,
        process_ids={f.id: number for number, f in enumerate(factors, start=1)},
        gas_ids={gas: position + size + 1 for gas, position in ordered.items()},
        intensities=presolve(made, biosphere, [factor.id for factor in factors]),
    )


def _distributions(factors: Sequence[Factor]) -> NDArray[np.void]:
    """How far each factor may be off, as what one run of its process makes.

    One over a lognormal number of median 1 has the same distribution as the number: so all gases of
    a factor are off by one and the same.
    """
    found = np.zeros(len(factors), dtype=bwp.UNCERTAINTY_DTYPE)
    found["scale"] = [math.log(factor.geometric_sd2) / 2 for factor in factors]
    certain = found["scale"] == 0
    found["uncertainty_type"] = stats_arrays.LognormalUncertainty.id
    found["uncertainty_type"][certain] = stats_arrays.NoUncertainty.id
    found["loc"][certain] = 1.0
    for unused in ("shape", "minimum", "maximum"):
        found[unused] = np.nan
    return found


def _list_factors(library: Library) -> list[Factor]:
    usable = (f for f in library.factors.values() if f.use is Use.FOOTPRINT)
    return sorted(usable, key=lambda factor: factor.id)


def _name(version: str) -> str:
    return f"background_{version}"


def _list_licences(library: Library) -> list[dict[str, str]]:
    sources = {f.citation.source.key: f.citation.source for f in _list_factors(library)}
    return [
        {"name": key, "title": f"{s.title} ({s.publisher}, {s.year}): {s.licence}"}
        for key, s in sorted(sources.items())
    ]


def _refuse_licensed(library: Library) -> None:
    licensed = {f.citation.source for f in library.factors.values() if not f.redistributable}
    if not licensed:
        return
    titles = ", ".join(sorted(source.title for source in licensed))
    raise LicenceError(
        Text(
            en="The library holds values that may not be passed on: {titles}.",
            zh="数据库含有不得转让的数值：{titles}。",
        ).format(titles=titles),
        Text(
            en="Export the open library, without the background that you brought.",
            zh="请导出不含自带背景数据的开放数据库。",
        ),
        value=titles,
    )
