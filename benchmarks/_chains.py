"""Made-up chains of any size as columns of numbers, and the same chains for `bw2calc`."""

from __future__ import annotations

import bw_processing as bwp
import numpy as np
from numpy.typing import NDArray

from benchmarks._background import GASES, as_indices
from lca_models.calculation.table import ChainTable

Numbers = NDArray[np.float64]

TIER_SHARES = (0.1, 0.2, 0.3, 0.4)  # of all products; each buys from tiers further up
LINKS_PER_BUYER = 4.0  # the last tier buys none, so 2.4 a product
DATASETS_PER_PRODUCT = 5.4
DATASETS = 600
LOOPED_SHARE = 0.01  # of products, in loops between two firms or three
GWP100 = (1.0, 29.8, 27.0, 273.0, 7380.0, 12400.0, 25200.0, 17400.0)  # any eight would do


def random_prices(datasets: int = DATASETS, gases: int = GASES, seed: int = 1) -> Numbers:
    """A presolved background: kg of each gas per unit of each dataset, shape (datasets, gases)."""
    chance = np.random.default_rng(seed)
    prices: Numbers = chance.lognormal(-1.0, 1.5, (datasets, gases)) / np.array(GWP100[:gases])
    return prices


def random_table(size: int, seed: int = 1, prices: Numbers | None = None) -> ChainTable:
    """A chain in four tiers, with about eight rows a product and a few loops between firms.

    Makers of raw materials emit a gas of their own. Runs make 1, 20 or 1000 declared units.

    Args:
        size: Number of products, the first ones nearest to the customer.
        seed: The same seed gives the same chain.
        prices: What one unit of each dataset carries, shape (datasets, gases); without it, random.
    """
    chance = np.random.default_rng(seed)
    priced = random_prices() if prices is None else prices
    datasets, gases = priced.shape
    bounds = np.rint(np.cumsum((0.0, *TIER_SHARES)) * size).astype(np.int64)
    buyer, seller = _draw_links(chance, bounds, size)
    user = np.repeat(np.arange(size), chance.poisson(DATASETS_PER_PRODUCT, size))
    popularity = 1.0 / np.arange(1, datasets + 1)
    used = size + chance.choice(datasets, len(user), p=popularity / popularity.sum())
    emitter = np.arange(bounds[-2], size)
    gas = size + datasets + chance.integers(0, gases, len(emitter))
    process = np.concatenate((buyer, user, emitter))
    source = np.concatenate((seller, used, gas))
    per_unit = chance.uniform(0.01, 0.2, len(process))
    made = chance.choice([1.0, 20.0, 1000.0], size)
    order = np.argsort(process, kind="stable")
    return ChainTable(
        made=made,
        process=process[order].astype(np.int32),
        source=source[order].astype(np.int32),
        amount=(per_unit * made[process])[order],
        prices=np.vstack((priced, np.eye(gases))),
        gwp=np.array(GWP100[:gases]),
    )


def chain_package(
    table: ChainTable, datasets: NDArray[np.int64], first_gas: int
) -> bwp.Datapackage:
    """A chain as `bw2calc` reads it, on top of a background.

    The products get the integer ids from 1 on.

    Args:
        table: The chain.
        datasets: Id of each dataset that the chain draws on, shape (datasets,).
        first_gas: Id of the first gas; the others follow.
    """
    products = np.arange(1, table.products + 1)
    gases = np.arange(first_gas, first_gas + len(table.gwp))
    ids = np.concatenate((products, datasets, gases))
    emits = table.source >= table.products + len(datasets)
    rows, columns = ids[table.source], products[table.process]
    takes = ~emits
    package = bwp.create_datapackage(name="chain", sum_intra_duplicates=True)
    package.add_persistent_vector(
        matrix="technosphere_matrix",
        name="technosphere_matrix",
        indices_array=as_indices(
            np.concatenate((products, rows[takes])), np.concatenate((products, columns[takes]))
        ),
        data_array=np.concatenate((table.made, table.amount[takes])),
        flip_array=np.arange(table.products + takes.sum()) >= table.products,
    )
    package.add_persistent_vector(
        matrix="biosphere_matrix",
        name="biosphere_matrix",
        indices_array=as_indices(rows[emits], columns[emits]),
        data_array=table.amount[emits],
    )
    return package


def _draw_links(
    chance: np.random.Generator, bounds: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who buys from whom: each from any tier further up, and a few of them both ways."""
    buyer = np.repeat(np.arange(bounds[-2]), chance.poisson(LINKS_PER_BUYER, bounds[-2]))
    further_up = bounds[np.searchsorted(bounds, buyer, side="right")]
    seller = chance.integers(further_up, size)
    both_ways = chance.choice(len(buyer), round(size * LOOPED_SHARE / 2), replace=False)
    return np.r_[buyer, seller[both_ways]], np.r_[seller, buyer[both_ways]]
