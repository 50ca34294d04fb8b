"""Solving a chain as one linear system with `bw2calc`, the reference engine."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.elimination import factorise
from lca_models.calculation.matrices import Matrices
from lca_models.inventory.processes import Supplier

with warnings.catch_warnings():
    # At import it recommends pypardiso, which the house does without: docs/decisions/0001.
    warnings.filterwarnings("ignore", message="(?s).*pypardiso", category=UserWarning)
    import bw2calc


@dataclass(frozen=True, slots=True)
class Solution:
    """What one declared unit of each product sets in motion.

    Args:
        runs: How often each of the wanted processes runs, shape (products, processes).
        gas_kg: kg of each gas along the whole chain, shape (products, gases).
    """

    runs: NDArray[np.float64]
    gas_kg: NDArray[np.float64]


def solve(
    matrices: Matrices, products: Sequence[Supplier], processes: Sequence[Supplier]
) -> Solution:
    """Solve the chain forward for one declared unit of each product.

    The technosphere is factorised once; each product is one forward solve.

    Args:
        matrices: Chain and background.
        products: What to make one declared unit of.
        processes: Processes whose runs are wanted.
    """
    lca = bw2calc.LCA({matrices.nodes[products[0]]: 1.0}, data_objs=list(matrices.packages))
    lca.load_lci_data()
    lca.solver = factorise(lca.technosphere_matrix).solve
    lca.lci()
    columns = np.array([lca.dicts.activity[matrices.nodes[process]] for process in processes])
    nodes = list(matrices.gases.values())
    emitted = [n for n, node in enumerate(nodes) if node in lca.dicts.biosphere]
    rows = np.array([lca.dicts.biosphere[nodes[n]] for n in emitted], dtype=np.int64)
    runs = np.empty((len(products), len(processes)))
    gas_kg = np.zeros((len(products), len(nodes)))
    for position, product in enumerate(products):
        lca.lci(demand={matrices.nodes[product]: 1.0})
        runs[position] = lca.supply_array[columns]
        gas_kg[position, emitted] = (lca.biosphere_matrix @ lca.supply_array)[rows]
    return Solution(runs=runs, gas_kg=gas_kg)
