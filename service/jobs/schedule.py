"""What comes round by the clock: each time it is one job, however many workers see the hour."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from service.domain.job import JobKind
from service.store import jobs

_DAY = timedelta(days=1)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def add_what_comes_round(
    session: Session, now: datetime, *, kinds: Collection[JobKind], release_hours: int
) -> None:
    """Cause the jobs of the present day, and of the present hours of release.

    Args:
        session: The transaction.
        now: The present moment.
        kinds: Those that the worker can do.
        release_hours: How often new footprints are released to buyers.
    """
    due = {key: kind for key, kind in _list_rounds(now, release_hours) if kind in kinds}
    known = jobs.list_known(session, due)
    for key in due.keys() - known:
        jobs.add(session, due[key], {}, organisation_id=None, now=now, once=key)


def _list_rounds(now: datetime, release_hours: int) -> Iterator[tuple[str, JobKind]]:
    rounds = (
        (JobKind.REMIND, _DAY),
        (JobKind.CLEAN, _DAY),
        (JobKind.RELEASE_BATCH, timedelta(hours=release_hours)),
    )
    for kind, length in rounds:
        since = now - (now - _BEGIN) % length
        yield f"{kind}:{since:%Y-%m-%dT%H}", kind
