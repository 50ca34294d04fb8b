"""Whose turn it is: only so many heavy requests run at once, and only so many wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import BoundedSemaphore

from fastapi import HTTPException

RETRY_AFTER = {"Retry-After": "5"}


class Turns:
    """Gives out turns.

    Args:
        at_once: How many may run at once.
        waiting: How many more may wait. Each waits in a thread of its own, so that together they
            must stay below the forty threads that routes share.
    """

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._places = BoundedSemaphore(at_once + waiting)
        self._running = BoundedSemaphore(at_once)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn and hold it.

        Raises:
            HTTPException: 503, all places are taken.
        """
        if not self._places.acquire(blocking=False):
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, headers=RETRY_AFTER)
        try:
            with self._running:
                yield
        finally:
            self._places.release()
