"""Factorising what firms make and take of each other, so that neither units nor scale matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg as sparse_linalg

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Factorised:
    """A factorised system, solved for one right-hand side or for several columns."""

    parts: sparse_linalg.SuperLU

    def solve(self, right: Numbers) -> Numbers:
        """Solve for x in A x = right."""
        return np.asarray(self.parts.solve(right))

    def solve_transposed(self, right: Numbers) -> Numbers:
        """Solve for x in Aᵀ x = right."""
        solve: Any = self.parts.solve  # scipy's stubs leave out its second argument
        return np.asarray(solve(right, "T"))


def factorise(system: sparse.spmatrix) -> Factorised:
    """Factorise a system whose diagonal holds what is made and whose rest is what is taken of it.

    Eliminating along the diagonal, such a system never subtracts like from like: every result
    keeps its digits, and what is not reached stays exactly 0. SuperLU by itself would look for the
    largest entry of a column and so mix tonnes with pieces: with units a million apart, results
    were off by 1e-9 and unrelated firms appeared by rounding.

    Args:
        system: Made less taken, shape (n, n), in any units; made stands on the diagonal.

    Raises:
        RuntimeError: SuperLU's word for an exactly singular matrix.
    """
    return _along_the_diagonal(system, "MMD_AT_PLUS_A")


def factorise_in_order(system: sparse.spmatrix) -> Factorised:
    """The same, for a system whose products already stand after all that they draw on.

    In that order nothing fills up but loops.
    """
    return _along_the_diagonal(system, "NATURAL")


def _along_the_diagonal(
    system: sparse.spmatrix, ordering: Literal["MMD_AT_PLUS_A", "NATURAL"]
) -> Factorised:
    return Factorised(
        sparse_linalg.splu(
            sparse.csc_matrix(system),
            permc_spec=ordering,
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
    )
