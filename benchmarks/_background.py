"""A made-up background of the size and shape of a life-cycle database, for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass

import bw_processing as bwp
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

ACTIVITIES = 20_000
GASES = 8
INPUTS_PER_ACTIVITY = 11.5
EMISSIONS_PER_ACTIVITY = 3.0
HUBS = 300  # electricity, transport, steel: what nearly everybody draws on
SHARE_FROM_HUBS = 0.45
# Of the rest; an industry mostly buys within itself. So drawn, SuperLU fills in about nine million
# cells, as it does for ecoinvent.
SHARE_FROM_NEIGHBOURS = 0.993


@dataclass(frozen=True, slots=True)
class RandomBackground:
    """A background as matrices.

    Args:
        technosphere: Made less taken by one run, shape (activities, activities), square and with
            what is made on the diagonal.
        biosphere: kg of each gas that one run emits, shape (gases, activities).
    """

    technosphere: sparse.csc_array
    biosphere: sparse.csc_array


def random_background(
    size: int = ACTIVITIES,
    seed: int = 1,
    share: tuple[float, float] = (0.2, 0.75),
    gases: int = GASES,
) -> RandomBackground:
    """Draw a background: nearly all of it is one loop, in units six orders apart.

    Args:
        size: Number of activities.
        seed: The same seed gives the same background.
        share: Least and greatest part of an activity's worth that it passes on from its inputs;
            nearer to one, more goes round.
        gases: Number of gases.
    """
    chance = np.random.default_rng(seed)
    taker = np.repeat(np.arange(size), chance.poisson(INPUTS_PER_ACTIVITY, size))
    taken = _draw_suppliers(chance, taker, size)
    others = taken != taker
    taker, taken = taker[others], taken[others]
    amount = chance.gamma(0.4, size=len(taker)) + 1e-6
    total = np.bincount(taker, amount, minlength=size)
    amount *= (chance.uniform(*share, size) / np.where(total > 0, total, 1.0))[taker]
    unit = 10.0 ** chance.uniform(-3, 3, size)
    amount *= unit[taken] / unit[taker]
    made = np.arange(size)
    emitter = chance.integers(0, size, int(size * EMISSIONS_PER_ACTIVITY))
    gas = chance.integers(0, gases, len(emitter))
    kg = chance.lognormal(-3, 2, len(emitter)) / unit[emitter]
    return RandomBackground(
        technosphere=sparse.csc_array(
            (np.r_[np.ones(size), -amount], (np.r_[made, taken], np.r_[made, taker])),
            shape=(size, size),
        ),
        biosphere=sparse.csc_array((kg, (gas, emitter)), shape=(gases, size)),
    )


def background_package(
    background: RandomBackground, first_activity: int, first_gas: int
) -> bwp.Datapackage:
    """A background as `bw2calc` reads it.

    Args:
        background: The matrices.
        first_activity: Integer id of the first activity and its product; the others follow.
        first_gas: Integer id of the first gas; the others follow.
    """
    package = bwp.create_datapackage(name="background", sum_intra_duplicates=True)
    for name, matrix, first_row in (
        ("technosphere_matrix", background.technosphere, first_activity),
        ("biosphere_matrix", background.biosphere, first_gas),
    ):
        cells = matrix.tocoo()
        rows, columns = cells.coords
        package.add_persistent_vector(
            matrix=name,
            name=name,
            indices_array=as_indices(rows + first_row, columns + first_activity),
            data_array=cells.data,
        )
    return package


def as_indices(rows: NDArray[np.integer], columns: NDArray[np.integer]) -> NDArray[np.void]:
    """Ids of rows and columns in the form of a datapackage."""
    indices = np.empty(len(rows), dtype=bwp.INDICES_DTYPE)
    indices["row"], indices["col"] = rows, columns
    return indices


def _draw_suppliers(
    chance: np.random.Generator, taker: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    count, hubs = len(taker), min(HUBS, size)
    popularity = 1.0 / np.arange(1, hubs + 1)
    hub = chance.choice(hubs, count, p=popularity / popularity.sum())
    near = taker + np.rint(3 * chance.standard_cauchy(count).clip(-size, size)).astype(np.int64)
    anywhere = chance.integers(0, size, count)
    other = np.where(chance.random(count) < SHARE_FROM_NEIGHBOURS, near % size, anywhere)
    return np.where(chance.random(count) < SHARE_FROM_HUBS, hub, other)
