"""Cleans up once a day."""

from __future__ import annotations

from functools import partial

from service.jobs.handling import Work
from service.use_cases.clean_files import clean_files
from service.use_cases.clean_up import clean_up


def clean(work: Work) -> None:
    """Remove what the service keeps for a while only, and files that no row points to."""
    with work.transaction() as session:
        clean_up(session, work.now)
    clean_files(partial(work.transaction, reading=True), work.wiring.members.files, work.now)
    with work.transaction() as session:
        work.finish(session)
