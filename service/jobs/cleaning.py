"""Cleans up once a day."""

from __future__ import annotations

from service.jobs.handling import Work
from service.use_cases.clean_up import clean_up


def clean(work: Work) -> None:
    """Remove what the service keeps for a while only."""
    with work.transaction() as session:
        clean_up(session, work.now)
        work.finish(session)
