"""The service sweeps up files that no row points to: what failed transactions left behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlmodel import Session

from service.gateways.files import Files
from service.store import evidence

# Longer than any transaction lives: a file is kept before the row that points to it is committed.
_GRACE = timedelta(days=1)


def clean_files(
    open_session: Callable[[], AbstractContextManager[Session]], files: Files, now: datetime
) -> int:
    """Remove unreferenced files, those of the last day left alone. Returns how many.

    Args:
        open_session: Opens a transaction that sees the whole store; none is held while files go.
        files: The file store.
        now: The present moment.
    """
    removed = 0
    for keys in files.list_before(now - _GRACE):
        with open_session() as session:
            kept = evidence.find_kept(session, keys)
        for key in set(keys) - kept:
            files.remove(key)
            removed += 1
    return removed
