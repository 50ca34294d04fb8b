"""A database that somebody brings becomes a frozen background: solved once, under its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lca_models.errors import Text
from lca_models.inventory.brought import BackgroundProcess, BroughtBackground, refuse_bad_name
from lca_models.inventory.presolve import presolve


@dataclass(frozen=True, slots=True)
class Terms:
    """What a database is called, and under which terms it is here.

    Args:
        name: Name of the database.
        version: Its version, with its system model where it has several.
        publisher: Who publishes it.
        year: Year of publication.
        licence: Terms under which it may be used.
        redistributable: Whether its values may leave this house by an export.
    """

    name: str
    version: str
    publisher: str
    year: int
    licence: str
    redistributable: bool = False

    def __post_init__(self) -> None:
        """Refuse a name that cannot be used, before a long import."""
        refuse_bad_name(self.name, self.version)


def bring_background(
    terms: Terms,
    processes: Sequence[BackgroundProcess],
    made_less_taken: Sequence[tuple[int, int, float]],
    emitted_kg: Sequence[tuple[str, int, float]],
    left_out: Sequence[str] = (),
) -> BroughtBackground:
    """Solve a database, one product for each process, for kg of each gas behind every product.

    Args:
        terms: Its name and its terms.
        processes: What it holds.
        made_less_taken: Product, process and amount; above zero, and on the diagonal, what is made.
        emitted_kg: Gas, process and kg for one run.
        left_out: Names of flows that warm the climate and do not count.

    Raises:
        InventoryError: It has no solution, or a number is impossible.
    """
    gases = sorted({gas for gas, _, _ in emitted_kg})
    rows = {gas: row for row, gas in enumerate(gases)}
    emitted = [(rows[gas], process, kg) for gas, process, kg in emitted_kg]
    technosphere = _to_matrix(made_less_taken, (len(processes), len(processes)))
    biosphere = _to_matrix(emitted, (len(gases), len(processes)))
    return BroughtBackground(
        name=terms.name,
        version=terms.version,
        publisher=terms.publisher,
        year=terms.year,
        licence=Text(en=terms.licence, zh=terms.licence),
        processes=tuple(processes),
        gases=tuple(gases),
        technosphere=technosphere,
        biosphere=biosphere,
        intensities=presolve(technosphere, biosphere, [process.name.en for process in processes]),
        unknown_flows=tuple(sorted(left_out)),
        redistributable=terms.redistributable,
    )


def _to_matrix(
    cells: Sequence[tuple[int, int, float]], shape: tuple[int, int]
) -> sparse.csc_matrix:
    rows, columns, amounts = np.array(cells, dtype=np.float64).reshape(-1, 3).T
    indices = (rows.astype(np.int64), columns.astype(np.int64))
    return sparse.csc_matrix((amounts, indices), shape=shape)
