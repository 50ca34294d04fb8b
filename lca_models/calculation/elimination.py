"""Factorising what firms make and take of each other, so that neither units nor scale matter."""

from __future__ import annotations

from scipy import sparse
from scipy.sparse import linalg as sparse_linalg


def factorise(system: sparse.csc_matrix | sparse.csr_matrix) -> sparse_linalg.SuperLU:
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
    return sparse_linalg.splu(
        sparse.csc_matrix(system),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
