"""Removes what the service keeps for a while only."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from service.domain.answered_post import KEPT_FOR
from service.domain.throttle import MEMORY
from service.store import cleaning

# Who comes with a link or session of last month is told that it ran out, not that there is none.
_EXPIRED_KEPT_FOR = timedelta(days=30)


def clean_up(session: Session, now: datetime) -> None:
    """Remove it; done again, it finds nothing more."""
    cleaning.remove_answered(session, now - KEPT_FOR)
    cleaning.remove_attempts(session, now - MEMORY)
    cleaning.remove_expired(session, now - _EXPIRED_KEPT_FOR)
