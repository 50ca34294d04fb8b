"""How long a background of the size of ecoinvent takes to be solved once, and to be used.

The reference is the quicker of the direct solvers that `bw2calc` would use: SuperLU on Aᵀ, and
pypardiso where it is installed. All solve for the same eight gases.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg as sparse_linalg

from benchmarks._background import RandomBackground, random_background
from lca_models.errors import Text
from lca_models.facts.library import load_library
from lca_models.inventory.brought import (
    BackgroundProcess,
    BroughtBackground,
    add_background,
    load_brought_background,
    save_brought_background,
)
from lca_models.inventory.presolve import presolve

BENCH = "engine.background"
REPEATS = 3
# What an activity passes on from its inputs: as in a usual database, and with much in loops.
CASES = {"usual loops": (0.2, 0.75), "strong loops, spectral radius 0.97": (0.95, 0.999)}
GASES = ("CO2", "CH4_fossil", "CH4_nonfossil", "N2O", "SF6", "CF4", "C2F6", "HFC134a")

Array = NDArray[np.float64]
Result = TypeVar("Result")
Solver = Callable[[sparse.csc_matrix, sparse.csc_matrix], Array]


def main() -> None:
    """Print one measurement a line."""
    for case, share in CASES.items():
        background = random_background(share=share)
        technosphere = sparse.csc_matrix(background.technosphere)
        biosphere = sparse.csc_matrix(background.biosphere)
        ours, found = seconds(partial(presolve, technosphere, biosphere))
        timed = {}
        for name, solver in direct_solvers().items():
            timed[name], expected = seconds(partial(solver, technosphere, biosphere), repeats=1)
            off = float((np.abs(found - expected).max(axis=0) / found.max(axis=0)).max())
            sys.stderr.write(f"{case}: {name} {timed[name]:.3f} s, differs by {off:.1e}\n")
        best = min(timed, key=lambda name: timed[name])
        report(f"presolve, {case}, against {best}", ours, timed[best])
    measure_use(bring(background, found))


def measure_use(background: BroughtBackground) -> None:
    """From the file to a library that chains draw on; there is nothing to compare it with."""
    library = load_library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "background.zip"
        save_brought_background(path, background)
        loading, loaded = seconds(partial(load_brought_background, path))
    report("load and verify", loading, None)
    report("add to the library", seconds(partial(add_background, library, loaded))[0], None)


def bring(background: RandomBackground, intensities: Array) -> BroughtBackground:
    """The matrices under names."""
    processes = tuple(
        BackgroundProcess(f"{n:032x}", Text(en=f"making {n}", zh=f"生产{n}"), "kg", "GLO", f"{n}")
        for n in range(len(intensities))
    )
    return BroughtBackground(
        name="made-up",
        version="1",
        publisher="nobody",
        year=2025,
        licence=Text(en="none needed", zh="无需许可"),
        processes=processes,
        gases=GASES,
        technosphere=sparse.csc_matrix(background.technosphere),
        biosphere=sparse.csc_matrix(background.biosphere),
        intensities=intensities,
    )


def direct_solvers() -> dict[str, Solver]:
    """Those that can be imported here, by name."""
    found: dict[str, Solver] = {"SuperLU": superlu}
    try:
        solver = importlib.import_module("pypardiso")
    except ImportError:
        return found
    return {**found, "pypardiso": partial(pardiso, solver.spsolve)}


def superlu(technosphere: sparse.csc_matrix, biosphere: sparse.csc_matrix) -> Array:
    """As `bw2calc` does for scores: Aᵀ, columns ordered by COLAMD."""
    factorised = sparse_linalg.splu(sparse.csc_matrix(technosphere.T))
    solved: Array = factorised.solve(biosphere.T.toarray())
    return solved


def pardiso(
    spsolve: Callable[..., Array], technosphere: sparse.csc_matrix, biosphere: sparse.csc_matrix
) -> Array:
    """The solver of Intel, where there is one."""
    return spsolve(sparse.csr_matrix(technosphere.T), np.asfortranarray(biosphere.T.toarray()))


def seconds(work: Callable[[], Result], repeats: int = REPEATS) -> tuple[float, Result]:
    """Median wall time, and what came of it."""
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), result


def report(case: str, ours: float, reference: float | None) -> None:
    """Print one measurement as JSON."""
    row = {
        "bench": BENCH,
        "case": case,
        "value": ours,
        "unit": "s",
        "reference": reference,
        "ratio": None if reference is None else ours / reference,
        "peak_mb": None,
    }
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
