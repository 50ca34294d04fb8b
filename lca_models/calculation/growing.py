"""A sparse matrix that grows by rows, without being copied each time."""

from __future__ import annotations

import numpy as np
from scipy import sparse

# Some 1.2 GB: a chain in which everything reaches everything is quadratic by nature.
MOST_ENTRIES = 100_000_000
_FEWEST_ENTRIES = 1024


class GrowingRows:
    """Rows that are known so far; those to come are empty.

    Args:
        shape: Rows and columns in the end.
        most: Most entries to hold.
    """

    def __init__(self, shape: tuple[int, int], most: int = MOST_ENTRIES) -> None:
        self._shape, self._most = shape, most
        self._known = 0
        self._starts = np.zeros(shape[0] + 1, dtype=np.int32)
        self._columns = np.empty(_FEWEST_ENTRIES, dtype=np.int32)
        self._numbers = np.empty(_FEWEST_ENTRIES)

    def append(self, rows: sparse.csr_array) -> None:
        """Add rows below the known ones.

        Raises:
            MemoryError: The entries would be too many to hold.
        """
        used = int(self._starts[self._known])
        end, known = used + rows.nnz, self._known + rows.shape[0]
        refuse_too_many(end, self._most)
        if end > len(self._numbers):
            room = max(end, 2 * len(self._numbers))
            self._columns = np.resize(self._columns, room)
            self._numbers = np.resize(self._numbers, room)
        self._columns[used:end], self._numbers[used:end] = rows.indices, rows.data
        self._starts[self._known : known + 1] = used + rows.indptr
        self._starts[known:] = end
        self._known = known

    def padded(self) -> sparse.csr_array:
        """All rows, sharing their numbers with this."""
        used = self._starts[self._known]
        parts = (self._numbers[:used], self._columns[:used], self._starts)
        return sparse.csr_array(parts, shape=self._shape)


def refuse_too_many(entries: int, most: int = MOST_ENTRIES) -> None:
    """Refuse to hold more entries than memory is meant for.

    Raises:
        MemoryError: There are too many.
    """
    if entries > most:
        message = f"more than {most} parts: ask for some products instead of all"
        raise MemoryError(message)
